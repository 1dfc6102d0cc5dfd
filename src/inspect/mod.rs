//! Looking at one converted document: its forms as they go into the dataset, and what became of a line.
//!
//! A [`View`] gives plain data, which the command line prints: [`View::sheet`] what the dataset gets of the document, as
//! JSON can say it; [`View::matrices`] the money tables as they are laid out; [`View::account`] the whole story of one
//! line. Everything is made on demand, and conversion pays nothing for it.

mod account;
mod because;
mod entry;
mod figure;
mod label;
mod matrix;
mod place;
mod pointing;
mod reader;
mod rows;
mod scored;
mod sheet;

pub use account::{Account, FormSpan, NoLine};
pub use entry::{Entry, Landing};
pub use figure::{FigureAccount, Reading, Said, SaidOf};
pub use matrix::{MatrixFigure, MatrixRow, MatrixTable};
pub use place::Span;
pub use rows::{FormRows, Row};
pub use sheet::{FormSheet, Sheet, SourceLine, Total};

use crate::grammar::Grammars;
use crate::pipeline::{Converted, Converter, Mask};
use crate::source::Document;
use crate::table::{DocumentContext, Personal};
use place::Lines;
use std::borrow::Cow;

/// A converted document to look at.
pub struct View<'a> {
    document: &'a Document,
    converter: &'a Converter<'a>,
    converted: &'a Converted<'a>,
    context: DocumentContext<'a>,
    lines: Lines<'a>,
    /// What may not show; nothing where personal values are kept.
    mask: Option<Mask>,
}

impl<'a> View<'a> {
    /// A view of what `converter` made of `document`.
    pub fn new(document: &'a Document, converter: &'a Converter<'a>, converted: &'a Converted<'a>) -> Self {
        let context = converter.context(document, converted);
        let mask = (context.personal == Personal::Drop)
            .then(|| Mask::of(&converted.forms, [], converter.grammars()));
        View { document, converter, converted, context, lines: Lines::of(&document.text), mask }
    }

    /// The document.
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// What was made of it.
    pub fn converted(&self) -> &'a Converted<'a> {
        self.converted
    }

    /// The grammars it was read with.
    pub fn grammars(&self) -> &'a Grammars {
        self.converter.grammars()
    }

    /// How many lines the document has, blank ones among them.
    pub fn line_count(&self) -> u32 {
        self.lines.count()
    }

    /// A line (from 1) without its line end and without personal values; `None` beyond the last.
    pub fn line(&self, number: u32) -> Option<Cow<'a, str>> {
        Some(self.shown(self.lines.text(number)?))
    }

    /// `text`, a piece of the document, without personal values where they are to be dropped.
    fn shown<'s>(&self, text: &'s str) -> Cow<'s, str> {
        let Some(mask) = &self.mask else { return Cow::Borrowed(text) };
        // A second signature line, or one outside forms, has values that no form has.
        let own = Mask::of(&[], text.lines(), self.grammars());
        match own.over(text) {
            Cow::Borrowed(text) => mask.over(text),
            Cow::Owned(text) => Cow::Owned(mask.over(&text).into_owned()),
        }
    }
}
