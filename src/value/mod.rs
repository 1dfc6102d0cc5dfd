//! Typed values beside their raw text.
pub mod decimal;
