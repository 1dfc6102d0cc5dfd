//! Bytes of a known encoding become text, and what could not be decoded is counted.

use super::{Decoded, Encoding};
use crate::finding::{Code, Finding};
use encoding_rs::{Decoder, DecoderResult};

const MARK: char = '\u{feff}';

/// The text of `bytes` in `encoding`, without a byte-order mark. Every sequence that is no character becomes
/// one U+FFFD.
pub(super) fn transcode(bytes: Vec<u8>, encoding: Encoding) -> Decoded {
    let mut loss = Loss::default();
    let mut decoded = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => match String::from_utf8(bytes) {
            Ok(text) => utf8(text),
            Err(error) => utf8(lossy_utf8(error.as_bytes(), &mut loss)),
        },
        Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Gb18030 => {
            let unmarked = bytes.strip_prefix(encoding.mark()).unwrap_or(&bytes);
            let text = from_wide(encoding.decoder(), unmarked, &mut loss);
            Decoded { text, encoding, findings: Vec::new() }
        }
    };
    decoded.findings.extend(loss.finding(decoded.encoding));
    decoded
}

/// Text that is UTF-8 already, taken over as it stands but for a byte-order mark.
pub(in crate::source) fn utf8(mut text: String) -> Decoded {
    let encoding = if text.starts_with(MARK) { Encoding::Utf8Bom } else { Encoding::Utf8 };
    if encoding == Encoding::Utf8Bom {
        text.remove(0);
    }
    Decoded { text, encoding, findings: Vec::new() }
}

fn lossy_utf8(bytes: &[u8], loss: &mut Loss) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut read = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        read += chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            loss.replace(chunk.invalid().len(), read == bytes.len(), &mut text);
        }
    }
    text
}

fn from_wide(mut decoder: Decoder, bytes: &[u8], loss: &mut Loss) -> String {
    // A Chinese character takes two bytes here and three in UTF-8; the rest is elbow room for the decoder.
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 64);
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return text,
            DecoderResult::OutputFull => text.reserve(rest.len() + 64),
            DecoderResult::Malformed(length, _) => {
                loss.replace(usize::from(length), rest.is_empty(), &mut text);
            }
        }
    }
}

/// What could not be decoded.
#[derive(Default)]
struct Loss {
    bytes: usize,
    /// The line of the first sequence, from 1; 0 before there is one.
    line: usize,
    /// Whether the first sequence is also the end of the document.
    only_the_end: bool,
}

impl Loss {
    fn replace(&mut self, bytes: usize, at_end: bool, text: &mut String) {
        if self.bytes == 0 {
            self.line = 1 + memchr::memchr_iter(b'\n', text.as_bytes()).count();
            self.only_the_end = at_end;
        }
        self.bytes += bytes;
        text.push(char::REPLACEMENT_CHARACTER);
    }

    fn finding(&self, encoding: Encoding) -> Option<Finding> {
        let Loss { bytes, line, only_the_end } = *self;
        let message = match (bytes, only_the_end) {
            (0, _) => return None,
            (_, true) => format!(
                "the document ends in the middle of a {encoding} character ({bytes} of its bytes, replaced by \
                 U+FFFD); the dump may have been cut"
            ),
            _ => format!(
                "{bytes} bytes are no {encoding} and were replaced by U+FFFD, first on line {line}; compare with the \
                 original, or say --encoding if the text is garbled"
            ),
        };
        Some(Finding::new(Code::EncodingLossy, message).line(u32::try_from(line).unwrap_or(u32::MAX)))
    }
}
