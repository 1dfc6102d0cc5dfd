//! Cells that programs over sheets and data frames print although nothing stands in them: `NaN` and `None` where a cell is empty,
//! `Unnamed: 3` where a header is. They are blank, as the cells were.

use super::grid::Grid;

/// With which bytes the words for an empty cell begin.
const FIRST: [u8; 5] = [b'N', b'n', b'<', b'U', b'C'];

/// What programs call a header that is empty, before its column's number.
const HEADERS: [&str; 2] = ["Unnamed: ", "Col"];

/// Whether a trimmed text is what a program prints for an empty cell.
pub(super) fn is_absent(text: &str) -> bool {
    let header = |name: &str| {
        let number = text.strip_prefix(name).filter(|number| !number.is_empty());
        number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(text, "NaN" | "nan" | "None" | "NaT" | "<NA>") || HEADERS.into_iter().any(header)
}

/// Blanks the cells of a grid in which nothing else stands. Where rows are lost nothing would be left of such a cell.
pub(super) fn blank(grid: &mut Grid<'_>) {
    if grid.dialect.loses_rows() {
        return;
    }
    for cell in &mut grid.cells {
        let (start, end) = cell.trimmed;
        // Most cells are Chinese, or figures.
        let may = grid.text.as_bytes().get(start as usize).is_some_and(|byte| FIRST.contains(byte));
        if may && is_absent(&grid.text[start as usize..end as usize]) {
            (cell.start, cell.end, cell.trimmed) = (start, start, (start, start));
        }
    }
}

/// Whether a table of Markdown holds cells that are padded and printed with a word for an empty one, as data frames are.
pub(super) fn of_markdown(text: &str) -> bool {
    ["| nan ", "| NaN ", "| None "]
        .iter()
        .any(|cell| memchr::memmem::find(text.as_bytes(), cell.as_bytes()).is_some())
}
