//! What a form looks like, as data: grammars and the lexicon are loaded from files, checked and compiled.

mod compile;
mod every_label;
mod file;
mod files;
pub mod fold;
mod form;
mod found;
mod labels;
pub mod lexicon;
mod load;
mod mistake;
mod near;
mod openings;
pub mod spellings;
mod titles;
pub mod vocabulary;
mod year;

pub use every_label::EveryLabel;
pub use file::About;
pub use files::Files;
pub use form::{
    Annex, Block, BlockKind, Column, FieldColumn, Grammar, Holds, Identity, Inline, Law, Level, Measure,
    Part, Relation, RelationKind, Role, Row, Stated, Sublevel, Term,
};
pub use found::Found;
pub use labels::{Guess, Kinds, Labelling, Labels, Spot};
pub use load::{GrammarError, Grammars};
pub use mistake::{Mistake, Mistakes};
pub use titles::Titles;
pub(crate) use titles::lead_but_one;
pub use year::{in_digits, is_year};
