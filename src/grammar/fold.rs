//! Folding: how printed text is made comparable.
//!
//! Names and labels are compared, grouped and joined in their NFKC form without inner white space, because
//! the same template prints `（万元）`, `(万元)` and `( 万 元 )`. Prose is never folded.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// White space as dumps have it: Unicode white space (U+3000 and U+00A0 among it), the zero-width space and
/// joiners, the byte-order mark, and the control characters that some extractors leave.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        || (c.is_control() && c != '\u{fffd}')
}

/// Whether white space may stand in `text`, told by its bytes many at once; `false` is certain.
pub fn may_hold_space(text: &str) -> bool {
    // ASCII graphics, and of longer characters ideographs: their first bytes, and all bytes but the first.
    let odd = |byte: u8| !matches!(byte, b'!'..=b'~' | 0x80..=0xbf | 0xe4..=0xe9);
    text.bytes().fold(false, |any, byte| any | odd(byte))
}

/// `text` without white space at its two ends.
#[inline]
pub fn trim(text: &str) -> &str {
    let (start, end) = trimmed(text, 0, text.len());
    &text[start..end]
}

/// Where bytes `start..end` of `text` begin and end without the white space at their two ends; both are the same where they hold
/// nothing else.
#[inline]
pub fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    // Most cells are empty, or begin and end with an ASCII graphic or an ideograph.
    let begins = |byte: u8| matches!(byte, b'!'..=b'~' | 0xe4..=0xe9);
    match text.as_bytes()[start..end] {
        [] => (start, end),
        [first, .., b'!'..=b'~'] if begins(first) => (start, end),
        [first, .., 0xe4..=0xe9, _, _] if begins(first) => (start, end),
        [b'!'..=b'~'] | [0xe4..=0xe9, _, _] => (start, end),
        _ => trimmed_by_bytes(text, start, end),
    }
}

/// As [`trimmed`], byte by byte.
fn trimmed_by_bytes(text: &str, start: usize, end: usize) -> (usize, usize) {
    let bytes = &text.as_bytes()[start..end];
    let (mut from, mut to) = (0, bytes.len());
    // Byte by byte while the ends are ASCII, U+3000 or of East Asia, which is what cells begin and end with; anything else is
    // left to the slow way.
    while from < to {
        match bytes[from] {
            b'!'..=b'~' | 0xe4..=0xe9 => break,
            b' ' | b'\t' | b'\n' | b'\r' => from += 1,
            0xe3 if bytes[from..].starts_with(WIDE_SPACE) => from += WIDE_SPACE.len(),
            _ if bytes[from..to].first_chunk().is_some_and(is_east_asian) => break,
            _ => return trimmed_slowly(text, start + from, start + to),
        }
    }
    while from < to {
        match bytes[to - 1] {
            b'!'..=b'~' => break,
            b' ' | b'\t' | b'\n' | b'\r' => to -= 1,
            0x80 if bytes[from..to].ends_with(WIDE_SPACE) => to -= WIDE_SPACE.len(),
            _ if bytes[from..to].last_chunk().is_some_and(is_east_asian) => break,
            _ => return trimmed_slowly(text, start + from, start + to),
        }
    }
    (start + from, start + to)
}

/// U+3000.
const WIDE_SPACE: &[u8] = "\u{3000}".as_bytes();

/// As [`trimmed`], for any character.
#[cold]
fn trimmed_slowly(text: &str, start: usize, end: usize) -> (usize, usize) {
    let bare = text[start..end].trim_matches(is_space);
    let from = bare.as_ptr() as usize - text.as_ptr() as usize;
    (from, from + bare.len())
}

/// Whether three bytes are an ideograph, a full-width sign, one of the signs beside U+3000, or a mathematical one such as
/// `≥`: no white space is among them.
fn is_east_asian(bytes: &[u8; 3]) -> bool {
    match *bytes {
        [0xe4..=0xe9, ..] | [0xef, 0xbc | 0xbd, _] | [0xe2, 0x89, _] => true,
        [0xe3, 0x80, third] => third > 0x80,
        _ => false,
    }
}

const MARKS: [&str; 3] = ["[bookmark:", "[image:", REFERENCE];

/// The sign of a footnote, whose words Tika writes behind it: `90.00[footnoteRef:2] [2: words]`.
const REFERENCE: &str = "[footnoteRef:";

/// `text` without the marks an extractor wrote into it (`[bookmark: …]`, `[image: …]`, `[footnoteRef:2]` and the footnote
/// itself). A mark that is never closed stays: it is then the document's own text.
pub fn strip_marks(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'[', text.as_bytes()).is_none() || !MARKS.iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let noted = text.contains(REFERENCE);
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, mark) = rest.split_at(at);
        kept.push_str(before);
        let known = MARKS.iter().any(|known| mark.starts_with(known));
        let is_mark = known || (noted && is_footnote(mark));
        if !is_mark {
            kept.push('[');
            rest = &mark[1..];
            continue;
        }
        rest = mark;
        // Without a bracket left no later mark can be closed either: looking again would be quadratic.
        let Some(end) = mark.find(']') else { break };
        rest = &mark[end + 1..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Whether a text begins as a footnote does: `[2: words]`.
fn is_footnote(text: &str) -> bool {
    let behind = text[1..].trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() + 1 < text.len() && behind.starts_with(':')
}

/// Whether a bracket opens in `text`: `(`, `[`, or a wide one.
pub fn opens_bracket(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The wide ones by their last bytes, which few characters share.
    let wide = |bracket: &str, last: u8| {
        memchr::memchr_iter(last, bytes).any(|at| bytes[..=at].ends_with(bracket.as_bytes()))
    };
    memchr::memchr2(b'(', b'[', bytes).is_some() || wide("（", 0x88) || wide("【", 0x90)
}

/// `text` behind the marks that an extractor wrote before it.
pub fn behind_marks(text: &str) -> &str {
    let mut rest = text;
    while rest.starts_with('[') && MARKS.iter().any(|mark| rest.starts_with(mark)) {
        let Some(end) = rest.find(']') else { break };
        rest = trim(&rest[end + 1..]);
    }
    rest
}

/// `text` as labels are looked up: see [`key_into`].
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    key_into(text, &mut key);
    key
}

/// Appends `text`, NFKC-folded and without any white space, to `out`.
pub fn key_into(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        let plain = plain_prefix(rest.as_bytes());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { return };
        push_folded(c, out);
        rest = &rest[c.len_utf8()..];
    }
}

/// How many bytes `text` begins with that folding leaves as they are: ASCII graphics and CJK ideographs, none of which
/// has a compatibility form below U+F900.
fn plain_prefix(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'!'..=b'~' => at += 1,
            // U+4000 to U+9FFF: ideographs and Yijing symbols, all their own NFKC.
            0xe4..=0xe9 => at += 3,
            _ => break,
        }
    }
    at
}

/// Whether a name stands as it is: nothing to fold in it and no bracket that might begin a mark.
fn is_plain_name(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'!'..=b'Z' | b'\\'..=b'~' => at += 1,
            0xe4..=0xe9 => at += 3,
            _ => return false,
        }
    }
    true
}

/// Whether a character, made narrow, is one that folds to itself: an ASCII graphic or an ideograph. A bracket that may begin
/// an extractor's mark is none of them.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c, '!'..='Z' | '\\'..='~' | '\u{4000}'..='\u{9fff}')
}

fn push_folded(c: char, out: &mut String) {
    match c {
        // Full-width ASCII, the bulk of what NFKC changes in these forms.
        '\u{ff01}'..='\u{ff5e}' => out.push(narrow(c)),
        // Converters that write Markdown make quotation marks straight.
        '\u{201c}'..='\u{201f}' => out.push('"'),
        c if is_space(c) => {}
        c => out.extend(std::iter::once(c).nfkc().filter(|&c| !is_space(c))),
    }
}

/// As [`key_into`]; `places` gets, for every byte of the key, the offset in `text` of the character it came from.
pub fn key_with_places(text: &str, key: &mut String, places: &mut Vec<usize>) {
    let mut at = 0;
    while at < text.len() {
        let plain = &text[at..at + plain_prefix(&text.as_bytes()[at..])];
        let mut character = at;
        places.extend(plain.bytes().zip(at..).map(|(byte, place)| {
            if byte & 0xc0 != 0x80 {
                character = place;
            }
            character
        }));
        key.push_str(plain);
        at += plain.len();
        let Some(c) = text[at..].chars().next() else { return };
        push_folded(c, key);
        places.resize(key.len(), at);
        at += c.len_utf8();
    }
}

/// The ASCII character of a full-width one (U+FF01 to U+FF5E); any other character unchanged.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A name as the dataset gives it: without marks, NFKC-folded, white space and line breaks taken out but for
/// one space between two Latin words. Borrowed where nothing had to change.
pub fn name(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    if is_plain_name(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let stripped = strip_marks(text);
    let bare = trim(&stripped);
    let mut out = String::with_capacity(bare.len());
    if !spaced_simply(bare, &mut out) {
        out.clear();
        spaced(bare.nfkc(), &mut out);
    }
    Cow::Owned(out)
}

/// As [`spaced`], run by run, for what NFKC leaves alone, full-width ASCII and white space; `false` where anything else
/// stands in `text`, and then `out` is not to be used.
fn spaced_simply(text: &str, out: &mut String) -> bool {
    let (mut gap, mut rest) = (false, text);
    while let Some(first) = rest.chars().next() {
        let (c, run) = match first {
            '!'..='~' | '\u{4000}'..='\u{9fff}' => (first, plain_prefix(rest.as_bytes())),
            '\0'..=' ' | '\u{3000}' => {
                gap = true;
                rest = &rest[first.len_utf8()..];
                continue;
            }
            // CJK commas, stops and brackets, and the dashes and quotation marks that prose has.
            '\u{3001}'..='\u{301b}' | '\u{2013}'..='\u{2016}' | '\u{2018}'..='\u{201f}' => {
                (first, first.len_utf8())
            }
            '\u{ff01}'..='\u{ff5e}' => (narrow(first), 0),
            _ => return false,
        };
        if gap && is_latin(c) && out.chars().next_back().is_some_and(is_latin) {
            out.push(' ');
        }
        gap = false;
        if run > 0 {
            out.push_str(&rest[..run]);
            rest = &rest[run..];
        } else {
            out.push(c);
            rest = &rest[first.len_utf8()..];
        }
    }
    true
}

/// Appends folded characters; of white space only one space between two Latin words is left.
fn spaced(chars: impl Iterator<Item = char>, out: &mut String) {
    let (mut gap, mut last) = (false, None);
    for c in chars {
        if is_space(c) {
            gap = true;
            continue;
        }
        if gap && is_latin(c) && last.is_some_and(is_latin) {
            out.push(' ');
        }
        out.push(c);
        (gap, last) = (false, Some(c));
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_found_wherever_they_open() {
        for text in ["a(b", "甲（乙", "【甲", "甲[", "（"] {
            assert!(opens_bracket(text), "{text}");
        }
        for text in ["", "甲乙）", "昈昐", "a)b]", "】"] {
            assert!(!opens_bracket(text), "{text}");
        }
    }

    #[test]
    fn trimming_leaves_what_is_no_white_space() {
        for (text, bare) in [
            ("", ""),
            ("\u{3000}\u{3000}", ""),
            (" \u{3000}甲 \u{a0}", "甲"),
            ("\u{feff}\u{3000}1,024\u{3000}\t", "1,024"),
            ("。≥5%　", "。≥5%"),
            ("\u{2003}a\r", "a"),
            ("一\u{e3}\u{80}", "一\u{e3}"),
        ] {
            assert_eq!(trim(text), bare, "{text:?}");
            let within = format!("甲{text}乙");
            let (start, end) = trimmed(&within, 3, 3 + text.len());
            assert_eq!(&within[start..end], bare, "{text:?}");
        }
    }

    #[test]
    fn names_group_and_join() {
        assert_eq!(name("　市（本级）\n２０２２ 年 "), "市(本级)2022年");
        assert_eq!(name("OA  System 升 级"), "OA System升级");
        assert!(matches!(name("部门名称"), Cow::Borrowed(_)));
    }

    #[test]
    fn names_are_the_same_folded_by_runs() {
        let texts = [
            "1、办公（含 水 电）费",
            "ＯＡ A\u{3000}b「甲」——“乙” 丙",
            "其中：\n 一般 2022 年",
            "a　１ b",
            "。，",
        ];
        for text in texts {
            let (mut by_runs, mut by_characters) = (String::new(), String::new());
            assert!(spaced_simply(text, &mut by_runs), "{text}");
            spaced(text.nfkc(), &mut by_characters);
            assert_eq!(by_runs, by_characters);
        }
        assert!(!spaced_simply("①", &mut String::new()));
    }

    #[test]
    fn marks_are_no_part_of_a_value() {
        assert_eq!(strip_marks("[bookmark: _GoBack]694.08　"), "694.08　");
        assert_eq!(strip_marks("a[image: 图1]b[x]"), "ab[x]");
        assert_eq!(strip_marks("90.00[footnoteRef:2] [2: 含追加]"), "90.00 ");
        assert_eq!(strip_marks("[2: 含追加][]:"), "[2: 含追加][]:");
        assert_eq!(strip_marks("[bookmark: never closed"), "[bookmark: never closed");
        assert_eq!(behind_marks("[bookmark: _GoBack] [image: 图1]　甲[x]"), "甲[x]");
        assert_eq!(behind_marks("[bookmark: never closed"), "[bookmark: never closed");
        assert_eq!(name("[bookmark: _a]某 局"), "某局");
    }

    #[test]
    fn trims_what_dumps_call_blank() {
        assert_eq!(trim("\u{3000}\u{a0} 12\u{200b}\n"), "12");
        assert_eq!(trim("\u{3000}"), "");
        assert_eq!(trim(" \u{3000}表\u{3000}\r\n"), "表");
        for text in [
            "",
            " ",
            "（甲）",
            "\u{3000}≥5。\u{3000}",
            "\u{feff}（",
            "甲\u{feff}",
            "é\u{3000}",
            "\u{3000}。",
            "\u{a0}表x\u{2003}",
            "\u{3000}\u{feff}a",
            "\t\u{3000}\t",
        ] {
            assert_eq!(trim(text), text.trim_matches(is_space), "{text:?}");
        }
    }

    #[test]
    fn keys_lose_all_white_space() {
        let mut key = String::new();
        key_into("项目 资金\n（万 元）", &mut key);
        assert_eq!(key, "项目资金(万元)");
    }

    #[test]
    fn keys_have_straight_quotation_marks_and_names_their_own() {
        assert_eq!(super::key("“三公”经费"), super::key("\"三公\"经费"));
        assert_eq!(name("“三公” 经费"), "“三公”经费");
    }
}
