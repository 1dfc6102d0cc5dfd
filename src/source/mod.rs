//! Hop 1: from paths and standard input to text with a note of where it came from.

mod decode;
mod encoding;

pub use encoding::{Encoding, UnknownEncoding};
