//! Dumps that are hard to read rather than to prove: of one thing over and over.

use crate::dump::Dialect;

const TITLE: &str = "项目支出绩效自评表\n";
const HEADED: &str = "项目支出绩效自评表\n项目名称\t水渠\t主管部门\t甲局\n";

/// A kind of dump by its name: the dialect it is read in, and its text for so many things.
pub type Kind = (&'static str, Dialect, fn(usize) -> String);

/// Each begins with a form's title or labels, where what follows could be of that form.
pub const KINDS: [Kind; 14] = [
    ("empty cells of one row", Dialect::Tsv, |count| format!("{HEADED}{}\n", "\t".repeat(count))),
    ("empty cells", Dialect::CellLines, |count| format!("{TITLE}\n\t项目名称\n{}", "\n\t".repeat(count))),
    ("one label", Dialect::CellLines, |count| format!("{TITLE}{}", "\n\t项目名称\n".repeat(count))),
    ("one label of a header", Dialect::CellLines, |count| {
        format!("{TITLE}{}", "\n\t一级指标\n".repeat(count))
    }),
    ("one label a line", Dialect::Lines, |count| format!("{TITLE}{}", "项目名称\n".repeat(count))),
    ("titles", Dialect::CellLines, |count| TITLE.repeat(count)),
    ("a title begun again and again", Dialect::CellLines, |count| "部门整体支出绩效".repeat(count)),
    ("brackets", Dialect::CellLines, |count| format!("{TITLE}\n\t{}\n", "（".repeat(count))),
    ("bars of one line", Dialect::Markdown, |count| {
        format!("|项目名称|甲|\n|---|---|\n{}\n", "|".repeat(count))
    }),
    ("tables in tables", Dialect::Html, |count| format!("{TITLE}{}", "<table><tr><td>".repeat(count))),
    ("headers in a stream", Dialect::PipeRun, |count| {
        format!("{TITLE}{}", "一级指标|二级指标|三级指标|1|2|3|".repeat(count / 6))
    }),
    ("headers in lines", Dialect::PipeCells, |count| {
        format!("{TITLE}{}", "一级指标 |\n二级指标 |\n三级指标 |\n1 |\n".repeat(count / 4))
    }),
    ("headers of words", Dialect::Words, |count| {
        format!("{TITLE}{}", "一级指标 二级指标 三级指标 1 2 3\n".repeat(count / 6))
    }),
    ("a number's digits", Dialect::Tsv, |count| format!("{HEADED}得分\t{}\n", "7".repeat(count))),
];

/// A sound project form with so many scored lines, a cell a line.
pub fn sound(count: usize) -> String {
    let cells = |row: &str| row.split('|').map(|cell| format!("\n\t{cell}\n")).collect::<String>();
    let mut text = format!("{TITLE}（2022年度）\n{}", cells("项目名称|水渠|主管部门|甲局"));
    text += &cells("一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施");
    for nth in 0..count {
        text += &cells(&format!("产出指标|数量指标|修渠{nth}|{nth}米|{nth}米|1|1|无"));
    }
    text
}
