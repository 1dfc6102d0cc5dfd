//! Typed values beside their raw text: each reader takes the text of one cell and gives a value, or says that
//! there is none. Reading does not judge: a malformed figure is read and named so, and the proofs decide.
pub mod blank;
pub mod date;
pub mod decimal;
pub mod exact;
pub mod figure;
pub mod form;
pub mod number;
mod piece;
pub mod repair;
pub mod score;
pub mod target;
mod token;
mod unit;

#[cfg(test)]
mod tests;
