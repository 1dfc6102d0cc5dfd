//! Hop 2: from the text of a dump to a grid of cells, each with its place in the source.
//!
//! A reader of a dialect only says where cells begin and where a row *may* begin. Which of those places are
//! rows in truth is for the form to say (`crate::form`), because an empty paragraph inside a cell and the end
//! of a row are the same bytes in the commonest dialect.

mod absent;
mod boxes;
mod breaks;
mod cells;
mod copy;
mod detect;
mod dialect;
mod escapes;
mod grid;
mod html;
mod layout;
mod markdown;
mod numbered;
#[cfg(test)]
pub(crate) mod steps;
mod tab_cells;
mod tsv;
mod width;

pub(crate) use cells::holds_its_label;
pub use detect::detect;
pub(crate) use detect::is_glued;
pub use dialect::Dialect;
pub use grid::{Cell, Grid, Opens};

use crate::source::Kept;

/// Cuts `text` into cells as `dialect` writes them; a text that had to be made of it for that is kept in `kept`.
pub fn read<'t>(text: &'t str, dialect: Dialect, kept: &'t Kept) -> Grid<'t> {
    match dialect {
        Dialect::CellLines | Dialect::RowLines => tab_cells::read(text, dialect),
        Dialect::Tsv | Dialect::Csv => framed(tsv::read(text, dialect)),
        Dialect::Markdown | Dialect::PipeRows => framed(markdown::read(text, dialect, kept)),
        Dialect::Boxes | Dialect::Grid => boxes::read(text, dialect, kept),
        Dialect::Html => html::read(text, kept),
        Dialect::PipeCells | Dialect::PipeRun | Dialect::SpacedCells | Dialect::Lines | Dialect::Words => {
            cells::read(text, dialect, kept)
        }
        Dialect::Layout => layout::read(text, kept),
    }
}

/// A grid without what programs over data frames print beside its cells.
fn framed(mut grid: Grid<'_>) -> Grid<'_> {
    absent::blank(&mut grid);
    numbered::strip(&mut grid);
    grid
}

/// The line at the start of `input` without its line end, and what follows it: a nom parser that every reader
/// is built on. A lone carriage return is left in the line, where it counts as white space.
fn line(input: &str) -> nom::IResult<&str, &str> {
    if input.is_empty() {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Eof)));
    }
    let (end, next) = match memchr::memchr(b'\n', input.as_bytes()) {
        Some(at) => (at, at + 1),
        None => (input.len(), input.len()),
    };
    let line = &input[..end];
    Ok((&input[next..], line.strip_suffix('\r').unwrap_or(line)))
}

#[cfg(test)]
mod tests;
