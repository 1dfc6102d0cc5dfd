//! What texts begin with: the first two characters of each of a set of labels, so that most texts that are none of them are
//! told by six bytes, before anything in them is folded.

/// Bits of the set; a few hundred labels fill a fiftieth of it.
const BITS: usize = 1 << 15;
const WORDS: usize = BITS / 64;

/// The first two characters of labels, as a set that may hold a few pairs too many.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings {
    /// None where there is no label.
    bits: Option<Box<[u64; WORDS]>>,
}

/// What stands in a pair behind a character that anything may follow, or behind every first character of a label.
const ANYTHING: u32 = 0;
const SOMETHING: u32 = 1;

/// What stands in a pair behind the first character of a number.
const NUMBER: u32 = 2;

/// What a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Perhaps a label.
    Label,
    /// Perhaps a number before a label.
    Number,
    /// Neither.
    Other,
}

/// What the second character of a text may differ from that of its label: in place of a year or a bracket stands another.
const LOOSE: [char; 3] = ['{', '(', '/'];

impl Openings {
    /// Takes in a label (folded).
    pub fn add(&mut self, label: &str) {
        let mut chars = label.chars();
        let Some(first) = chars.next().map(u32::from) else { return };
        self.insert(first, SOMETHING);
        match chars.next().filter(|second| !LOOSE.contains(second)) {
            Some(second) => self.insert(first, u32::from(second)),
            None => self.insert(first, ANYTHING),
        }
    }

    /// Lets labels stand behind a number that begins with a character.
    pub fn allow_number(&mut self, first: char) {
        self.insert(u32::from(first), NUMBER);
    }

    /// What a text begins with once it is folded; [`Opening::Label`] where that is not told at a glance.
    pub fn of(&self, text: &str) -> Opening {
        let Some(bits) = self.bits.as_deref() else { return Opening::Other };
        let Some((first, length)) = plain(text.as_bytes()) else { return Opening::Label };
        let label = match plain(&text.as_bytes()[length..]) {
            Some((second, _)) => contains(bits, first, second) || contains(bits, first, ANYTHING),
            None => contains(bits, first, SOMETHING),
        };
        if label {
            Opening::Label
        } else if contains(bits, first, NUMBER) {
            Opening::Number
        } else {
            Opening::Other
        }
    }

    fn insert(&mut self, first: u32, second: u32) {
        let bits = self.bits.get_or_insert_with(|| Box::new([0; WORDS]));
        let bit = bit_of(first, second);
        bits[bit / 64] |= 1 << (bit % 64);
    }
}

fn contains(bits: &[u64; WORDS], first: u32, second: u32) -> bool {
    let bit = bit_of(first, second);
    bits[bit / 64] & (1 << (bit % 64)) != 0
}

fn bit_of(first: u32, second: u32) -> usize {
    let mixed = first.wrapping_mul(0x9e37_79b1) ^ second.wrapping_mul(0x85eb_ca77);
    (mixed >> 15) as usize % BITS
}

/// The character that bytes begin with, as folding leaves it, and its length in bytes, where it is one of those that fold to one
/// character: ASCII, full-width ASCII, ideographs, and the commonest signs. A bracket that may begin an extractor's mark is none of them.
#[inline(always)]
fn plain(bytes: &[u8]) -> Option<(u32, usize)> {
    match *bytes {
        [b'[', ..] => None,
        [byte @ b'!'..=b'~', ..] => Some((u32::from(byte), 1)),
        [lead @ 0xe4..=0xe9, second, third, ..] => Some((three(lead, second, third), 3)),
        [0xef, second, third, ..] => match three(0xef, second, third) {
            wide @ 0xff01..=0xff5e => Some((wide - 0xfee0, 3)),
            _ => None,
        },
        // Dashes and quotation marks, `≤` and `≥`, and the signs beside U+3000.
        [0xe2, second @ (0x80 | 0x89), third, ..] => match char::from_u32(three(0xe2, second, third))? {
            '“' | '”' => Some((u32::from('"'), 3)),
            c @ ('—' | '‘' | '’' | '≤' | '≥') => Some((u32::from(c), 3)),
            _ => None,
        },
        [0xe3, 0x80, third @ 0x81..=0x91, ..] => Some((three(0xe3, 0x80, third), 3)),
        _ => None,
    }
}

/// The character that three bytes of UTF-8 are.
fn three(lead: u8, second: u8, third: u8) -> u32 {
    u32::from(lead & 0xf) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_begin_as_they_do_however_they_are_printed() {
        let mut openings = Openings::default();
        assert_eq!(openings.of("甲乙"), Opening::Other);
        for label in ["甲乙丙", "丁", "{year}年数", "戊{year}年", "己/庚", "OA数"] {
            openings.add(label);
        }
        openings.allow_number('(');
        for text in [
            "甲乙丙",
            "甲 乙",
            "甲\n乙",
            "甲[bookmark: a]乙",
            "丁(元)",
            "丁",
            "戊2021年",
            "己(元)/庚",
            "Ｏ\u{ff21}数",
            "[x]",
        ] {
            assert_eq!(openings.of(text), Opening::Label, "{text}");
        }
        assert_eq!(openings.of("（二）丁"), Opening::Number);
        for text in ["甲丙", "乙甲", "≥95%", "“甲”", "、甲", "辛", "O数", "95%", "％甲"] {
            assert_eq!(openings.of(text), Opening::Other, "{text}");
        }
    }
}
