//! A look at a stretch of a document as one encoding reads it.

use super::Encoding;
use std::sync::LazyLock;

/// How many bytes are looked at: enough for some twenty thousand characters, and no cost in a large document.
const BYTES: usize = 1 << 16;

/// How many bytes of what is valid UTF-8 are looked at: binary files show their nature at once.
const PLAIN_BYTES: usize = 1 << 12;

/// What the characters of a sample are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sample {
    /// How many there are.
    pub(super) chars: usize,
    /// Those outside ASCII that GB 2312 has: nearly every character of a Chinese text, and few of any other
    /// encoding's bytes read as this one.
    pub(super) usual: usize,
    /// All others outside plain ASCII.
    pub(super) unusual: usize,
    /// Those of the unusual ones that no text has: control characters and what could not be decoded.
    pub(super) broken: usize,
    /// Those of the broken ones that are ASCII control characters.
    controls: usize,
}

impl Sample {
    /// The start of `bytes`, from the first that is no ASCII character, read in `encoding`.
    pub(super) fn of(bytes: &[u8], encoding: Encoding) -> Self {
        let first = bytes.iter().position(|&byte| byte == 0 || !byte.is_ascii()).unwrap_or(0);
        // Both halves of a UTF-16 unit; to the other encodings the byte before is a character of its own.
        let stretch = &bytes[first & !1..];
        let stretch = &stretch[..stretch.len().min(BYTES)];
        let mut decoder = encoding.decoder();
        let most = decoder.max_utf8_buffer_length(stretch.len()).unwrap_or(BYTES * 4);
        let mut text = String::with_capacity(most);
        // Not the last bytes of the text, so that a character cut in two does not count.
        let _ = decoder.decode_to_string(stretch, &mut text, false);
        let mut sample = Sample::default();
        text.chars().for_each(|c| sample.count(c));
        sample
    }

    /// The start of what is known to be valid UTF-8: all that can be wrong with it are control characters.
    pub(super) fn of_plain(bytes: &[u8]) -> Self {
        let stretch = &bytes[..bytes.len().min(PLAIN_BYTES)];
        let controls = stretch.iter().filter(|&&byte| is_odd_control(byte)).count();
        Sample { chars: stretch.len(), usual: 0, unusual: controls, broken: controls, controls }
    }

    fn count(&mut self, c: char) {
        self.chars += 1;
        if c.is_ascii() {
            let odd = usize::from(is_odd_control(c as u8));
            self.controls += odd;
            self.broken += odd;
            self.unusual += odd;
        } else if is_usual(c) {
            self.usual += 1;
        } else {
            self.unusual += 1;
            self.broken += usize::from(c == char::REPLACEMENT_CHARACTER || c.is_control());
        }
    }

    /// Whether this can be text: a few stray NULs or damaged characters can be, however short it is.
    pub(super) fn is_text(&self) -> bool {
        let many_controls = self.controls > 4 && self.controls > self.chars / 20;
        let mostly_broken = self.broken > 8 && self.broken > self.chars / 4;
        !many_controls && !mostly_broken
    }

    /// Whether the characters are so unusual that the encoding may well be another.
    pub(super) fn is_doubtful(&self) -> bool {
        self.unusual > self.usual / 2
    }
}

/// Control characters but white space and those that word processors and old systems leave in text: the cell
/// mark (bell), backspace, end of file, escape, and the unit separators of Word's hyphens.
fn is_odd_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, 0x07..=0x0d | 0x1a | 0x1b | 0x1e | 0x1f)
}

fn is_usual(c: char) -> bool {
    let code = c as usize;
    // General punctuation and symbols are typed from any keyboard; a mark or a no-break space comes from Word.
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{206f}' | '\u{feff}')
        || GB2312.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
}

/// The characters of GB 2312, one bit each: the rows and cells of its table, 94 by 94, decoded once.
static GB2312: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let table: Vec<u8> =
        (0xa1..=0xf7u8).flat_map(|row| (0xa1..=0xfe).flat_map(move |cell| [row, cell])).collect();
    let (chars, _) = encoding_rs::GB18030.decode_without_bom_handling(&table);
    let mut bits = vec![0; 0x1_0000 / 64];
    // Cells that GB 2312 leaves empty are private to the user in GB 18030, or were filled later.
    for c in chars.chars().filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}'..)) {
        bits[c as usize / 64] |= 1 << (c as usize % 64);
    }
    bits
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_characters_are_those_of_gb_2312() {
        assert!("春眠不觉晓，处处闻啼鸟。①（２％）　—".chars().all(is_usual));
        assert!(!"\u{fffd}\u{e000}瑆가ڲ\u{1f600}".chars().any(is_usual));
        let hanzi = ('\u{4e00}'..='\u{9fff}').filter(|&c| is_usual(c)).count();
        assert_eq!(hanzi, 6763);
    }

    #[test]
    fn a_sample_counts_what_its_encoding_makes_of_it() {
        let gb = b"12\xb4\xba\xc3\xdf\n";
        let sample = Sample::of(gb, Encoding::Gb18030);
        assert_eq!((sample.usual, sample.unusual, sample.broken), (2, 0, 0));
        let sample = Sample::of(gb, Encoding::Utf8);
        assert_eq!((sample.usual, sample.broken), (0, 4));
    }

    #[test]
    fn a_character_cut_by_the_end_does_not_count() {
        let cut = &"春眠".as_bytes()[..4];
        assert_eq!(Sample::of(cut, Encoding::Utf8).unusual, 0);
    }

    #[test]
    fn a_few_stray_controls_are_text_and_many_are_not() {
        assert!(Sample::of(b"a\0b\x01", Encoding::Utf8).is_text());
        assert!(Sample::of_plain(b"\x07\x07\x0c\x0b\x1a a").is_text());
        assert!(!Sample::of_plain(&[1; 40]).is_text());
        assert!(!Sample::of(&[0xff; 40], Encoding::Utf8).is_text());
    }
}
