//! What the items and headers of forms of one shape were called last: forms of one kind print the same labels in the same
//! places, so that one comparison a label tells what its line, its path and its code are called.

use super::memory::{NameId, Span};

/// The names of a form's items and headers.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub items: Vec<KnownItem>,
    /// Those of all sections, behind each other.
    pub headers: Vec<KnownHeader>,
}

/// What tells forms of one shape from others: the grammar, how many items and how many headers there are.
pub(super) type ShapeKey = (u16, usize, usize);

/// What a line of a matrix is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemName {
    pub name: NameId,
    pub path: NameId,
    pub code: Option<NameId>,
}

/// Whatever an item's name follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemFrom {
    pub block: u8,
    pub row: Option<u16>,
    pub has_unit: bool,
    /// Whether it is called by what its label was meant to be.
    pub is_meant: bool,
    /// The path of the item it is a part of.
    pub parent: Option<NameId>,
}

/// An item with the name it had.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownItem {
    pub printed: Span,
    pub from: ItemFrom,
    pub named: ItemName,
}

/// A header with the name it had.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownHeader {
    pub printed: Span,
    /// The label that spans it.
    pub above: Option<Span>,
    pub named: NameId,
}
