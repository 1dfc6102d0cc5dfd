//! The encodings that dumps come in.

use std::{error, fmt, str};

/// How a document's bytes spell its characters; the `encoding` column and the `--encoding` option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8 without a byte-order mark, ASCII among it.
    Utf8,
    /// UTF-8 behind a byte-order mark.
    Utf8Bom,
    /// UTF-16, low byte first, with or without a byte-order mark.
    Utf16Le,
    /// UTF-16, high byte first, with or without a byte-order mark.
    Utf16Be,
    /// GB 18030, with GBK and GB 2312 in it.
    Gb18030,
}

impl Encoding {
    /// Every encoding that is read.
    pub const ALL: [Encoding; 5] =
        [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];

    /// The name in the `encoding` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-bom",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
        }
    }

    /// The byte-order mark, U+FEFF as this encoding spells it.
    pub(super) const fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => b"\xef\xbb\xbf",
            Encoding::Utf16Le => b"\xff\xfe",
            Encoding::Utf16Be => b"\xfe\xff",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
        }
    }

    /// The encoding that the mark at the start of `bytes` declares.
    pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
        [Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030]
            .into_iter()
            .find(|encoding| bytes.starts_with(encoding.mark()))
    }

    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        let decoding = match self {
            Encoding::Utf8 | Encoding::Utf8Bom => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
        };
        decoding.new_decoder_without_bom_handling()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no encoding that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEncoding(String);

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Encoding::ALL.map(Encoding::as_str).join(", ");
        write!(f, "unknown encoding `{}` (known: {known}; gbk and gb2312 are read as gb18030)", self.0)
    }
}

impl error::Error for UnknownEncoding {}

impl str::FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Takes the names of the `encoding` column and what else they are called, in either case.
    fn from_str(text: &str) -> Result<Self, UnknownEncoding> {
        match text.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Ok(Encoding::Utf8),
            "utf-8-bom" | "utf-8-sig" => Ok(Encoding::Utf8Bom),
            "utf-16le" | "utf-16-le" | "utf16le" => Ok(Encoding::Utf16Le),
            "utf-16be" | "utf-16-be" | "utf16be" => Ok(Encoding::Utf16Be),
            "gb18030" | "gbk" | "gb2312" | "gb-2312" | "cp936" => Ok(Encoding::Gb18030),
            _ => Err(UnknownEncoding(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for encoding in Encoding::ALL {
            assert_eq!(encoding.as_str().parse(), Ok(encoding));
        }
        assert_eq!("GBK".parse(), Ok(Encoding::Gb18030));
        assert_eq!("gb2312".parse(), Ok(Encoding::Gb18030));
        let message = "big5".parse::<Encoding>().unwrap_err().to_string();
        assert!(message.contains("big5") && message.contains("utf-16le"), "{message}");
    }

    #[test]
    fn marks_are_their_own_spelling_of_one_character() {
        for encoding in Encoding::ALL {
            let mut text = String::with_capacity(16);
            let _ = encoding.decoder().decode_to_string(encoding.mark(), &mut text, true);
            assert_eq!(text, "\u{feff}", "{encoding}");
        }
    }
}
