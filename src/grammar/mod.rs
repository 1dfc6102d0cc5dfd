//! What a form looks like, as data: grammars and the lexicon are loaded from files, checked and compiled.
pub mod fold;
