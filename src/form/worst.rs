//! How much work hostile dumps make while they are read: cells looked at, not seconds. Four times the dump may cost
//! little more than four times the work, and no cell is looked at more than forty times (four times in a sound dump).

use crate::dump::{self, Dialect, steps};
use crate::grammar::Grammars;
use crate::source::Kept;
use std::sync::LazyLock;

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars::built_in().unwrap());

/// Reads a dump; how often a cell's text or label was looked at, and the cells.
fn work(text: &str, dialect: Dialect) -> (usize, usize) {
    let kept = Kept::default();
    steps::take();
    let grid = dump::read(text, dialect, &kept);
    let _ = super::read(&grid, &GRAMMARS);
    (steps::take(), grid.cells.len())
}

/// A project form with so many scored lines, a cell a line.
fn sound(count: usize) -> String {
    let cells = |row: &str| row.split('|').map(|cell| format!("\n\t{cell}\n")).collect::<String>();
    let mut text = format!("项目支出绩效自评表\n（2022年度）\n{}", cells("项目名称|水渠|主管部门|甲局"));
    text += &cells("一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施");
    for nth in 0..count {
        text += &cells(&format!("产出指标|数量指标|修渠{nth}|{nth}米|{nth}米|1|1|无"));
    }
    text
}

#[test]
fn the_work_on_hostile_dumps_grows_as_they_do() {
    const TITLE: &str = "项目支出绩效自评表\n";
    const HEADED: &str = "项目支出绩效自评表\n项目名称\t水渠\t主管部门\t甲局\n";
    type Hostile = (&'static str, Dialect, fn(usize) -> String);
    let hostile: [Hostile; 14] = [
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
    let (ordinary, cells) = work(&sound(500), Dialect::CellLines);
    println!("{cells} cells of a sound form: {ordinary} looks");
    assert!(cells >= 4_000 && ordinary >= cells);
    for (name, dialect, text) in hostile {
        let (few, few_cells) = work(&text(4_000), dialect);
        let (steps, cells) = work(&text(16_000), dialect);
        println!("{name}: {few_cells} cells, {few} looks; {cells} cells, {steps} looks");
        assert!(steps <= few * 5, "{name}: {few} looks become {steps}");
        assert!(steps <= cells * 40, "{name}: {steps} looks at {cells} cells");
    }
}
