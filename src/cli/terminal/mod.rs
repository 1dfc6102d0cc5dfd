//! Text laid out for a terminal: widths, colours, columns, pieces of source with a caret below.

mod columns;
mod paint;
mod snippet;
mod width;

pub use columns::{Align, Column, Columns, Piece};
pub use paint::{Paint, Style, mark};
pub use snippet::snippet;
pub use width::shortened;
