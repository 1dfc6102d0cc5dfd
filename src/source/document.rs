//! A document: the text of one input, and where it came from.

use super::{Encoding, Kept, ReadOptions, decode, name};
use crate::finding::Finding;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::path::Path;

/// The `doc_id` of a document: the first 16 bytes of the SHA-256 of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId([u8; 16]);

impl DocId {
    /// The id of a document with these bytes, as they are before decoding.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        DocId::of_hash(Sha256::new_with_prefix(bytes))
    }

    /// The id of a document of which no bytes could be read: its source's name is hashed instead, behind a
    /// prefix that no document has, so that such ids differ from each other and from those of bytes.
    pub fn of_unread(source: &str) -> Self {
        DocId::of_hash(Sha256::new_with_prefix(b"biaodan unread document\0").chain_update(source))
    }

    fn of_hash(hash: Sha256) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&hash.finalize()[..16]);
        DocId(id)
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without a formatter a byte: every document has one, and so has every form.
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        self.0.iter().try_for_each(|byte| {
            f.write_char(digit(byte >> 4))?;
            f.write_char(digit(byte & 0xf))
        })
    }
}

/// The text of one input, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What its raw bytes hash to.
    pub id: DocId,
    /// The name of its source.
    pub source: String,
    /// How many bytes it has, before decoding.
    pub bytes: u64,
    /// How its bytes spell characters.
    pub encoding: Encoding,
    /// Its characters, without a byte-order mark; line ends and everything else are as the bytes say.
    pub text: String,
    /// What decoding it brought to light.
    pub findings: Vec<Finding>,
    /// Texts made from it that its cells are slices of, where they are none of its own.
    pub kept: Kept,
}

/// An input that gave no text: a failed document, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// [`DocId::of_bytes`] if its bytes were read, else [`DocId::of_unread`].
    pub id: DocId,
    /// The name of its source.
    pub source: String,
    /// How many bytes it has, as far as that is known.
    pub bytes: u64,
    /// The encoding the run asked for; without one, none was recognised.
    pub encoding: Option<Encoding>,
    /// Why it gave no text: one sentence a person can act on.
    pub reason: String,
}

impl Document {
    /// A document of text that is at hand. Its id is that of the text in UTF-8; a byte-order mark at its start
    /// is taken for one. The name is made fit as [`collect`](super::collect) does, but is not known to be unique.
    pub fn from_text(name: impl AsRef<Path>, text: impl Into<String>) -> Self {
        let text: String = text.into();
        let (id, bytes) = (DocId::of_bytes(text.as_bytes()), text.len() as u64);
        let decode::Decoded { text, encoding, findings } = decode::utf8(text);
        Document {
            id,
            source: name::of_path(name.as_ref()),
            bytes,
            encoding,
            text,
            findings,
            kept: Kept::new(),
        }
    }

    /// A document of bytes that are at hand, decoded as [`read`](fn@super::read) would.
    ///
    /// # Errors
    /// The bytes are too many, or no text.
    pub fn from_bytes(
        name: impl AsRef<Path>,
        bytes: Vec<u8>,
        options: &ReadOptions,
    ) -> Result<Self, Refusal> {
        let source = name::of_path(name.as_ref());
        let size = bytes.len() as u64;
        if size > options.max_bytes {
            let reason = options.too_large(&format!("{size} bytes"));
            return Err(Refusal::unread(source, size, reason, options));
        }
        Document::decoded(source, bytes, options)
    }

    /// A document of the bytes of the source with this (stored) name.
    pub(super) fn decoded(source: String, bytes: Vec<u8>, options: &ReadOptions) -> Result<Self, Refusal> {
        let (id, size) = (DocId::of_bytes(&bytes), bytes.len() as u64);
        match decode::decode(bytes, options.encoding) {
            Ok(decode::Decoded { text, encoding, findings }) => {
                Ok(Document { id, source, bytes: size, encoding, text, findings, kept: Kept::new() })
            }
            Err(reason) => Err(Refusal { id, source, bytes: size, encoding: options.encoding, reason }),
        }
    }
}

impl Refusal {
    /// Of a source whose bytes were not read.
    pub(super) fn unread(source: String, bytes: u64, reason: String, options: &ReadOptions) -> Self {
        Refusal { id: DocId::of_unread(&source), source, bytes, encoding: options.encoding, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_first_half_of_sha_256() {
        // The hash of the empty message as FIPS 180-4 gives it.
        assert_eq!(DocId::of_bytes(b"").to_string(), "e3b0c44298fc1c149afbf4c8996fb924");
        assert_ne!(DocId::of_unread("a"), DocId::of_unread("b"));
        assert_ne!(DocId::of_unread("a"), DocId::of_bytes(b"a"));
    }

    #[test]
    fn text_and_its_bytes_are_one_document() {
        for text in ["", "春眠不觉晓\r\n1,234.50\t\r", "\u{feff}春"] {
            let document = Document::from_text("./a/../b.txt", text);
            let options = ReadOptions::default();
            assert_eq!(Ok(&document), Document::from_bytes("b.txt", text.into(), &options).as_ref());
            assert_eq!(document.text, text.trim_start_matches('\u{feff}'));
            assert_eq!(document.bytes, text.len() as u64);
        }
    }

    #[test]
    fn the_id_is_that_of_the_raw_bytes() {
        let raw = b"\xb4\xba\xc3\xdf\xb2\xbb\xbe\xf5\xcf\xfe\n".to_vec();
        let document = Document::from_bytes("a", raw.clone(), &ReadOptions::default()).unwrap();
        assert_eq!((document.id, document.text.as_str()), (DocId::of_bytes(&raw), "春眠不觉晓\n"));
    }

    #[test]
    fn bytes_beyond_the_limit_are_refused() {
        let options = ReadOptions { max_bytes: 3, ..ReadOptions::default() };
        assert!(Document::from_bytes("a", b"abc".to_vec(), &options).is_ok());
        let refusal = Document::from_bytes("a", b"abcd".to_vec(), &options).unwrap_err();
        assert!(refusal.reason.contains("--max-bytes") && refusal.bytes == 4, "{refusal:?}");
    }
}
