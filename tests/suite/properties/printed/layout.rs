//! A form on paper, and the paper as extractors dump it. Written from the rules of the dumps, not from their readers.

use super::model::{Form, LEVELS};

/// A cell: its paragraphs, a newline between two.
pub type Cell = String;

/// Lines above the table, its rows, lines below.
pub struct Page {
    pub above: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    pub below: Vec<String>,
}

/// How sums and blanks are written.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    /// 1,234.00 instead of 1234.00.
    pub grouped: bool,
    /// U+3000 before each value.
    pub indented: bool,
    /// Whether columns are so narrow that names break behind their first character.
    pub narrow: bool,
    /// What stands in a blank cell.
    pub blank: &'static str,
}

impl Hand {
    pub fn sum(self, hundredths: u64) -> String {
        let whole = (hundredths / 100).to_string();
        let mut shown = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if self.grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        format!("{shown}.{:02}", hundredths % 100)
    }

    fn name(self, name: &str) -> Cell {
        let second = name.char_indices().nth(1).map_or(name.len(), |(at, _)| at);
        let (first, rest) = name.split_at(second);
        if self.narrow { format!("{first}\n{rest}") } else { name.to_owned() }
    }

    fn cell(self, text: Option<String>) -> Cell {
        match text {
            Some(text) if self.indented => format!("\u{3000}{text}"),
            Some(text) => text,
            None => self.blank.to_owned(),
        }
    }
}

pub fn tenths(score: u32) -> String {
    if score.is_multiple_of(10) { (score / 10).to_string() } else { format!("{}.{}", score / 10, score % 10) }
}

/// The form as it is printed.
pub fn page(form: &Form, hand: Hand) -> Page {
    let text = |text: &str| text.to_owned();
    let value = |value: String| hand.cell(Some(value));
    let unit = if form.in_yuan { "元" } else { "万元" };
    let above = vec![
        text("附件4"),
        text("项目支出绩效自评表"),
        format!("填报单位： （盖章）        （{}年度）        单位：{unit}", form.year),
    ];
    let mut rows = vec![
        vec![text("项目支\n出名称"), value(hand.name(&form.project))],
        vec![
            text("主管部门"),
            value(form.department.clone()),
            text("实施单位"),
            value(form.organisation.clone()),
        ],
        [
            &format!("项目资金\n（{unit}）"),
            "",
            "年初\n预算数",
            "全年\n预算数",
            "全年\n执行数",
            "分值",
            "执行率",
            "得分",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let sums = |sums: [Option<u64>; 3]| sums.map(|sum| hand.cell(sum.map(|sum| hand.sum(sum))));
    let (weight, score) = form.execution;
    let mut total = vec![text(""), text("年度资金总额")];
    total.extend(sums(form.totals()));
    total.extend([value(weight.to_string()), hand.cell(form.rate()), value(tenths(score))]);
    rows.push(total);
    for (label, row) in ["其中：当年财政拨款", "上年结转资金", "其他资金"].iter().zip(form.funds)
    {
        let mut cells = vec![text(""), text(label)];
        cells.extend(sums(row));
        cells.extend([hand.cell(None), hand.cell(None), hand.cell(None)]);
        rows.push(cells);
    }
    rows.push(["年度总\n体目标", "预期目标", "实际完成情况"].map(str::to_owned).to_vec());
    rows.push(vec![text(""), form.goals[0].clone(), form.goals[1].clone()]);
    rows.push(
        [
            "绩\n效\n指\n标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度\n指标值",
            "实际\n完成值",
            "分值",
            "得分",
            "偏差原因\n分析及\n改进措施",
        ]
        .map(str::to_owned)
        .to_vec(),
    );
    let mut last = None;
    for line in &form.lines {
        let (level1, level2) = LEVELS[line.level];
        let (first, second) = if last == Some(line.level) {
            (text(""), text(""))
        } else {
            (format!("{level1}\n（{}分）", form.level_weight(line.level)), text(level2))
        };
        last = Some(line.level);
        rows.push(vec![
            text(""),
            first,
            second,
            hand.name(&line.name),
            value(line.target.clone()),
            value(line.actual.clone()),
            value(line.weight.to_string()),
            value(tenths(line.score)),
            hand.cell(line.reason.clone()),
        ]);
    }
    rows.push(vec![
        text("总分"),
        value(form.weight_total().to_string()),
        value(tenths(form.score_total())),
        text(""),
    ]);
    Page {
        above, rows, below: vec![text("填表人：某甲  填报日期：20230329  联系电话：0000-0000000")]
    }
}

/// Word through Tika 1.2 to 3: a TAB before a cell, a newline behind each paragraph, one more behind a row and two
/// behind the table.
pub fn cell_lines(page: &Page) -> String {
    let row = |row: &Vec<Cell>| row.iter().map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n";
    let table: String = page.rows.iter().map(row).collect();
    format!("{}\n{table}\n\n{}\n", page.above.join("\n"), page.below.join("\n"))
}

/// Word through Tika 4: as before, but a cell of one paragraph has no newline behind it.
pub fn row_lines(page: &Page) -> String {
    let cell = |cell: &Cell| if cell.contains('\n') { format!("\t{cell}\n") } else { format!("\t{cell}") };
    let row = |row: &Vec<Cell>| row.iter().map(cell).collect::<String>() + "\n";
    let table: String = page.rows.iter().map(row).collect();
    format!("{}\n{table}\n\n{}\n", page.above.join("\n"), page.below.join("\n"))
}

/// Copied out of Excel: TABs between cells, a cell of several paragraphs or with quotation marks in quotation marks.
pub fn quoted(page: &Page) -> String {
    let cell = |cell: &Cell| match cell.contains(['\n', '"']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    tsv(page, cell)
}

/// Copied out of Word: TABs between cells, a cell of several paragraphs broken over lines.
pub fn broken(page: &Page) -> String {
    tsv(page, Cell::clone)
}

fn tsv(page: &Page, cell: impl Fn(&Cell) -> String) -> String {
    let row = |row: &Vec<Cell>| row.iter().map(&cell).collect::<Vec<_>>().join("\t") + "\n";
    let table: String = page.rows.iter().map(row).collect();
    format!("{}\n{table}{}\n", page.above.join("\n"), page.below.join("\n"))
}
