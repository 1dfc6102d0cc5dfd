//! From bytes to text: which encoding, and the characters it spells.
//!
//! In this order: what the run asks for; what a byte-order mark declares; UTF-8, if the bytes are all valid;
//! else the encoding in which the fewest characters are unusual for a Chinese text. Bytes that are no text in
//! any of them are refused, with a guess at what they are. Text is only decoded, never rewritten.

mod guess;
mod sample;
mod signature;
mod transcode;

use super::Encoding;
use crate::finding::Finding;
use sample::Sample;
use transcode::transcode;
pub(super) use transcode::utf8;

/// The text of a document and what decoding it brought to light.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
    pub(super) findings: Vec<Finding>,
}

/// The text that `bytes` spell, in `asked` if it is given.
///
/// # Errors
/// The bytes are no text; the sentence says what they look like.
pub(super) fn decode(bytes: Vec<u8>, asked: Option<Encoding>) -> Result<Decoded, String> {
    if let Some(refused) = signature::refused(&bytes) {
        return Err(refused);
    }
    if let Some(encoding) = asked {
        return Ok(transcode(bytes, encoding));
    }
    if let Some(encoding) = Encoding::declared(&bytes) {
        text_or_refused(&Sample::of(&bytes, encoding))?;
        return Ok(transcode(bytes, encoding));
    }
    match plain_utf8(bytes) {
        Ok(text) => {
            text_or_refused(&Sample::of_plain(text.as_bytes()))?;
            Ok(utf8(text))
        }
        Err(bytes) => guessed(bytes),
    }
}

/// Documents up to this size are copied once they are known to be UTF-8: checking with SIMD and copying takes a fifth of
/// the time of the standard library's check, which alone can take bytes over as they are.
const COPIED_BYTES: usize = 1 << 20;

/// `bytes` as UTF-8; large ones without copying them. NULs are valid in UTF-8, but as a rule they are half a UTF-16 unit.
fn plain_utf8(bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if memchr::memchr(0, &bytes).is_some() {
        return Err(bytes);
    }
    if bytes.len() > COPIED_BYTES {
        return String::from_utf8(bytes).map_err(|error| error.into_bytes());
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(bytes),
    }
}

fn guessed(bytes: Vec<u8>) -> Result<Decoded, String> {
    let guess = guess::guess(&bytes);
    text_or_refused(guess.sample())?;
    let mut decoded = transcode(bytes, guess.encoding());
    // UTF-8 is what is expected, so it is no news.
    if guess.encoding() != Encoding::Utf8 {
        decoded.findings.insert(0, guess.finding());
    }
    Ok(decoded)
}

fn text_or_refused(sample: &Sample) -> Result<(), String> {
    if sample.is_text() {
        return Ok(());
    }
    let (broken, chars) = (sample.broken, sample.chars);
    Err(format!(
        "the bytes are no text: {broken} of the first {chars} characters looked at are NULs, control characters or \
         unreadable; extract the text first, or say --encoding if it is text"
    ))
}

#[cfg(test)]
mod tests;
