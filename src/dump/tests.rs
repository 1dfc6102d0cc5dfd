mod boxes;
mod frames;

use super::*;

/// Rows as `cell/cell/cell`, a cell's own lines parted by `+`.
fn rows(text: &str, dialect: Dialect) -> Vec<String> {
    let kept = Kept::new();
    let grid = read(text, dialect, &kept);
    let mut rows: Vec<String> = Vec::new();
    for cell in &grid.cells {
        let said = grid.text_of(cell).replace('\n', "+");
        match rows.last_mut() {
            Some(row) if cell.opens == Opens::Next => *row = format!("{row}/{said}"),
            _ => rows.push(said),
        }
    }
    rows
}

fn cells(text: &str, dialect: Dialect) -> Vec<(String, Opens)> {
    let kept = Kept::new();
    let grid = read(text, dialect, &kept);
    grid.cells.iter().map(|cell| (grid.text_of(cell).to_owned(), cell.opens)).collect()
}

fn texts(text: &str, dialect: Dialect) -> Vec<String> {
    cells(text, dialect).into_iter().map(|(text, _)| text).collect()
}

#[test]
fn a_cell_keeps_its_paragraphs_and_empty_lines() {
    let text = "\tA\nB\n\n(50)\n\tC\n\n\tD\n\n\n\tE\n";
    let found = cells(text, Dialect::CellLines);
    assert_eq!(found[0], ("A\nB\n\n(50)".into(), Opens::Row));
    assert_eq!(found[1], ("C".into(), Opens::Next));
    assert_eq!(found[2], ("D".into(), Opens::Row));
    assert_eq!(found[3], ("E".into(), Opens::Row));
}

#[test]
fn a_cell_may_begin_with_an_empty_paragraph() {
    let kept = Kept::new();
    let grid = read("\t\nA\n\tB\n", Dialect::CellLines, &kept);
    assert_eq!(grid.text_of(&grid.cells[0]), "\nA");
    assert_eq!((grid.cells[0].line, grid.cells[0].last_line), (0, 1));
    assert_eq!(grid.cells[1].opens, Opens::Next);
}

#[test]
fn text_before_the_first_table_is_body() {
    let found = cells("Title\n\n Head: x\n\tA\n\tB\n", Dialect::CellLines);
    assert_eq!(found[0], ("Title".into(), Opens::Body));
    assert_eq!(found[1], (" Head: x".into(), Opens::Body));
    assert_eq!(found[2], ("A".into(), Opens::Row));
}

#[test]
fn rows_on_lines_open_at_every_line() {
    let found = cells("\tA\tB\n\tC\nc\tD\n", Dialect::RowLines);
    let opens: Vec<_> = found.iter().map(|(_, opens)| *opens).collect();
    assert_eq!(opens, [Opens::Row, Opens::Next, Opens::Row, Opens::Next]);
    assert_eq!(found[2].0, "C\nc");
}

#[test]
fn quoted_cells_span_lines() {
    let found = texts("a\t\"b\nb\"\"q\"\"\"\tc\nd\t\te\n", Dialect::Tsv);
    assert_eq!(found, ["a", "b\nb\"\"q\"\"", "c", "d", "", "e"]);
}

#[test]
fn a_stray_quotation_mark_is_text() {
    assert_eq!(texts("\"a\" b\tc\n\"d\te\n", Dialect::Tsv), ["\"a\" b", "c", "\"d", "e"]);
}

#[test]
fn carriage_returns_change_nothing() {
    for dialect in Dialect::ALL {
        let text = "T\n\tA\nB\n\tC\n\n\tD\tE\n";
        let with_returns = text.replace('\n', "\r\n");
        let plain: Vec<String> = texts(text, dialect);
        let returned: Vec<String> =
            texts(&with_returns, dialect).iter().map(|t| t.replace('\r', "")).collect();
        assert_eq!(plain, returned, "{dialect}");
    }
}

#[test]
fn dialects_are_told_by_their_lines() {
    assert_eq!(detect("x\n\tA\n\tB\n\n\tC\n"), Some(Dialect::CellLines));
    assert_eq!(detect("x\n\tA\tB\tC\n\tD\tE\tF\n"), Some(Dialect::RowLines));
    assert_eq!(detect("A\tB\tC\n\tE\tF\nG\tH\tI\n"), Some(Dialect::Tsv));
    assert_eq!(detect("no tabs\nat all\n"), None);
    // A stray TAB in prose speaks for nothing, a table behind a thousand lines of prose for itself.
    assert_eq!(
        detect(&format!("| a | b |\n|---|---|\n| c\t | d |\n{}", "| e | f |\n".repeat(9))),
        Some(Dialect::Markdown)
    );
    // A rule below one column is a placeholder where every line holds one cell.
    let cells = format!("{}| ---\n", "| a\n".repeat(9));
    assert_eq!(detect(&cells), Some(Dialect::PipeCells));
    assert_eq!(detect(&format!("| title |\n| --- |\n{}", "| a | b |\n".repeat(9))), Some(Dialect::Markdown));
    let prose = "no table here\n".repeat(1_500);
    assert_eq!(detect(&format!("{prose}\tA\n\tB\n\n\tC\n")), Some(Dialect::CellLines));
    let far = format!("{}\tA\n\tB\n\n\tC\n", "no table here\n".repeat(990));
    assert_eq!(detect(&far), Some(Dialect::CellLines));
}

/// Copied from Word, a table whose first label is broken behind it begins with a TAB as those do in which TABs lead every cell.
#[test]
fn a_copy_whose_first_label_is_broken_has_tabs_between_cells() {
    let copied = "x表（2023年度）\nA\n\tB\nC\tD\tE\n\tF\t1\t2\n\tG\t1\t2\n\tH\t1\t2\nI\tJ\tK\n\tL\tM\n";
    assert_eq!(detect(copied), Some(Dialect::Tsv));
    // What follows the broken cell of a row fills it up to the width of the others.
    let led = "x表（2023年度）\nA\n\tB\tC\tD\n\tF\t1\t2\n\tG\t1\t2\n\tH\nh\t1\t2\n\tL\tM\tN\n";
    assert_eq!(detect(led), Some(Dialect::RowLines));
    // A heading's colon is no cell's, a cell's own is.
    let header = "x表（2023年度）\nA\n\tB\nC\tx：1\t1\t2\n\tF\t1\n\tG\t1\nI\tJ\n\tL\tM\n";
    assert_eq!(detect(header), Some(Dialect::Tsv));
}

#[test]
fn a_table_on_one_line_is_told_from_rows() {
    let table = "|a|b|c|d|1|2|e|3|4|f|5|6|g|7|8|\n";
    assert_eq!(detect(&format!("title\nhead\n{table}")), Some(Dialect::PipeRun));
    assert_eq!(detect(&format!("title\n{}", table.repeat(3))), Some(Dialect::PipeRows));
}

#[test]
fn short_lines_are_cells_and_long_ones_prose() {
    let cells = "label\n\nvalue\n\n".repeat(8);
    assert_eq!(detect(&format!("{cells}12.00\n\n")), Some(Dialect::SpacedCells));
    assert_eq!(detect(&cells), None);
    let prose = "a line of prose that is as long as any other one in here\n".repeat(16);
    assert_eq!(detect(&format!("{prose}12.00\n")), None);
}

#[test]
fn blank_cells_between_blank_lines() {
    assert_eq!(texts("a\n\n\n\nb\n\nc\nd\n\n", Dialect::SpacedCells), ["a", "", "b", "c\nd"]);
    // Where two blank lines stand anywhere, four mean nothing.
    assert_eq!(texts("a\n\n\n\nb\n\n\nc\n", Dialect::SpacedCells), ["a", "b", "c"]);
}

/// Columns that are too narrow for their figures break them; what stands below makes one figure with what fills its column up.
#[test]
fn figures_that_a_column_broke_are_one_cell() {
    let broken = "label   2021    2022    note\nab      123456  12,345  x\n        78      ,678\nother   10.00   20.00   z\n";
    let cells = texts(broken, Dialect::Layout);
    assert!(cells.contains(&"12345678".to_owned()) && cells.contains(&"12,345,678".to_owned()), "{cells:?}");
    // Figures that leave room, that end with their cents, or that are as wide as the column below a label begin rows.
    for (upper, lower) in [("12345", "78"), ("100.25", "20.50"), ("123456", "123456")] {
        let text =
            format!("l       2021    2022\nabc     {upper:<8}1\nghi     {lower:<8}2\nmn      5       6\n");
        let cells = texts(&text, Dialect::Layout);
        assert!(cells.contains(&upper.to_owned()) && cells.contains(&lower.to_owned()), "{cells:?}");
    }
}
