//! 部门整体支出绩效自评表: a department's money in one year, in two lists side by side, label and sum in one cell (Hunan).

use super::draft::{BUDGET, Draft, EXECUTED, FINAL, INITIAL, Line, short, split};
use super::heads;
use super::scoring::{Column, Scoring};
use crate::corpus::sheet::{Cell, Holds, Table};
use crate::corpus::truth;
use crate::corpus::words::sentence;

pub fn write(draft: &mut Draft<'_>, columns: bool) {
    let mut table = Table::new(9);
    let annex = draft.one_in(2).then_some("附件3");
    heads::heading(draft, &mut table, "部门整体支出绩效自评表", annex);
    let department = draft.subject.department.clone();
    draft.truth.heads.department = vec![department.clone()];
    let score = if columns {
        in_columns(draft, &mut table, &department)
    } else {
        in_one_line(draft, &mut table, &department)
    };
    let duties = sentence(draft.random);
    let goal = sentence(draft.random);
    let label = draft.narrow("部门职能职责概述").columns(2);
    let text = draft.text("responsibilities", &duties).wide();
    table.row(vec![label, text]);
    let label = draft.narrow("整体绩效目标").columns(2);
    let text = draft.text("objective", &goal).wide();
    table.row(vec![label, text]);
    scoring(draft).write(draft, &mut table, (10, score));
    draft.sheet.table(table);
    heads::signature(draft);
}

fn scoring(draft: &mut Draft<'_>) -> Scoring {
    Scoring {
        corner: "部门整体支出年度绩效指标",
        level3: "三级指标",
        levels: vec![
            ("产出指标", 50, &["重点任务完成", "履职目标实现"]),
            ("效益指标", 40, &["社会效益指标", "服务对象满意度指标"]),
        ],
        columns: vec![
            Column::Target("年度指标值"),
            Column::Actual("实际完成值"),
            Column::Weight("分值"),
            Column::Score("得分"),
            Column::Reason("偏差原因分析及改进措施"),
        ],
        level_weights: draft.one_in(2),
        numbered: false,
        fillers: false,
        total: Some("总分"),
        headless: None,
    }
}

/// What a department had, by source and by use, and what it spent.
struct Sums {
    budget: u64,
    executed: u64,
    income: Vec<u64>,
    uses: Vec<u64>,
}

impl Sums {
    fn new(draft: &mut Draft<'_>) -> Self {
        let power = 10_u64.pow(draft.subject.scale.decimals);
        let high = if draft.subject.scale.unit == "yuan" { 80_000_000 } else { 8_000 };
        let budget = draft.random.between(high * power / 50, high * power);
        let executed = if draft.one_in(3) { budget * draft.random.between(70, 99) / 100 } else { budget };
        let other = if draft.one_in(2) { budget / draft.random.between(8, 30) } else { 0 };
        let uses = split(draft.random, budget, 2);
        Sums { budget, executed, income: vec![budget - other, 0, 0, other], uses }
    }

    fn score(&self) -> u64 {
        (u128::from(self.executed) * 1_000 / u128::from(self.budget)) as u64
    }
}

fn execution(draft: &mut Draft<'_>, score: u64) -> usize {
    draft.truth.indicators.push(truth::Indicator {
        kind: "execution",
        level3: Some("预算执行率".into()),
        weight: Some("10".into()),
        score: Some(short(score)),
        ..Default::default()
    });
    draft.truth.indicators.len() - 1
}

/// Half of a row: a label and its sum in one cell; a sum of nothing leaves the label alone.
fn inline(draft: &mut Draft<'_>, code: &'static str, label: &str, n: u64) -> Cell {
    let scale = draft.subject.scale;
    let item = label.trim_start_matches("其中：");
    let zero = draft.subject.nothing == "0";
    let figure = if n > 0 || zero { scale.printed(n) } else { String::new() };
    let line = Line { code: Some(code), item, part: true };
    let holds = draft.known(line, BUDGET, draft.subject.year, n, &figure);
    let unit = if holds.is_some() && draft.defect.is_none() && draft.one_in(3) { scale.word } else { "" };
    Cell::new(format!("{label}：{figure}{unit}"), holds.map_or(Holds::Label, Holds::Inline))
}

fn lists(draft: &mut Draft<'_>, table: &mut Table, sums: &Sums) {
    let half = (table.columns - 1) / 2;
    table.row(vec![Cell::label("按收入性质分：").columns(half), Cell::label("按支出性质分：").wide()]);
    let income = [
        ("income.public", "其中：一般公共预算收入"),
        ("income.fund", "政府性基金拨款"),
        ("income.fiscal_account", "纳入专户管理的非税收入拨款"),
        ("income.other", "其他资金"),
    ];
    let uses = [("expenditure.basic", "其中：基本支出"), ("expenditure.project", "项目支出")];
    for (nth, (code, label)) in income.into_iter().enumerate() {
        let left = inline(draft, code, label, sums.income[nth]).columns(half);
        let right = match uses.get(nth) {
            Some((code, label)) => inline(draft, code, label, sums.uses[nth]),
            None => Cell::blank(),
        };
        table.row(vec![left, right.wide()]);
    }
}

/// The first edition: the department's name stands in the header of the money line.
fn in_one_line(draft: &mut Draft<'_>, table: &mut Table, department: &str) -> u64 {
    let sums = Sums::new(draft);
    let name = draft.narrow("部门名称");
    table.row(vec![
        name,
        Cell::words(department).wide(),
        Cell::header("执行数"),
        Cell::header("资金执行率"),
        Cell::header("分值"),
        Cell::header("得分"),
    ]);
    let label = format!("年度预算申请（{}）", draft.subject.scale.word);
    let corner = draft.narrow(&label).rows(6);
    let line = Line { code: Some("funds.total"), item: "资金总额", part: false };
    let printed = draft.subject.scale.printed(sums.budget);
    let year = draft.subject.year;
    let holds = draft.known(line, BUDGET, year, sums.budget, &printed);
    let total = Cell::new(format!("资金总额：{printed}"), holds.map_or(Holds::Label, Holds::Inline)).wide();
    let executed = draft.amount(line, EXECUTED, year, sums.executed);
    let rate = draft.rate("资金执行率", sums.executed, sums.budget);
    let score = sums.score();
    let at = execution(draft, score);
    let (weight, scored) = (Cell::new("10", Holds::Weight(at)), Cell::new(short(score), Holds::Score(at)));
    table.row(vec![corner, total, executed, rate, weight, scored]);
    lists(draft, table, &sums);
    score
}

/// The later edition: the budget's stages in columns.
fn in_columns(draft: &mut Draft<'_>, table: &mut Table, department: &str) -> u64 {
    let sums = Sums::new(draft);
    heads::named(draft, table, "部门名称", department);
    let label = format!("年度预算资金（{}）", draft.subject.scale.word);
    let corner = draft.narrow(&label).rows(7);
    let mut header = vec![corner, Cell::blank().wide()];
    for label in ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"] {
        header.push(draft.header(label));
    }
    table.row(header);
    let line = Line { code: Some("funds.total"), item: "年度资金总额", part: false };
    let year = draft.subject.year;
    let initial = if draft.one_in(3) { sums.budget / 10 * 9 } else { sums.budget };
    let mut cells = vec![Cell::label("年度资金总额").wide()];
    cells.push(draft.amount(line, INITIAL, year, initial));
    cells.push(draft.amount(line, FINAL, year, sums.budget));
    cells.push(draft.amount(line, EXECUTED, year, sums.executed));
    let score = sums.score();
    let at = execution(draft, score);
    cells.push(Cell::new("10", Holds::Weight(at)));
    cells.push(draft.rate("执行率", sums.executed, sums.budget));
    cells.push(Cell::new(short(score), Holds::Score(at)));
    table.row(cells);
    lists(draft, table, &sums);
    score
}
