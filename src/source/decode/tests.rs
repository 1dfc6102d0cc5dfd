use super::*;
use crate::finding::{Code, Severity};
use proptest::prelude::*;

const POEM: &str = "春眠不觉晓，处处闻啼鸟。\r\n夜来风雨声\t花落知多少\r\n1,234.50　（2022年）一\n";

fn gb(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn read(bytes: &[u8]) -> Decoded {
    decode(bytes.to_vec(), None).unwrap()
}

fn codes(decoded: &Decoded) -> Vec<Code> {
    decoded.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn utf_8_is_taken_over_as_it_stands() {
    let decoded = read(POEM.as_bytes());
    assert_eq!((decoded.text.as_str(), decoded.encoding), (POEM, Encoding::Utf8));
    assert!(decoded.findings.is_empty());
    // What is large is not even copied.
    let bytes = POEM.repeat(COPIED_BYTES / POEM.len() + 1).into_bytes();
    let place = bytes.as_ptr();
    assert_eq!(decode(bytes, None).unwrap().text.as_ptr(), place);
    assert_eq!(read(b"").text, "");
}

#[test]
fn a_mark_declares_the_encoding_and_is_no_text() {
    let (le, be) = (utf16(POEM, u16::to_le_bytes), utf16(POEM, u16::to_be_bytes));
    let marked = [
        (Encoding::Utf8Bom, POEM.as_bytes().to_vec()),
        (Encoding::Utf16Le, le),
        (Encoding::Utf16Be, be),
        (Encoding::Gb18030, gb(POEM)),
    ];
    for (encoding, bytes) in marked {
        let bytes = [encoding.mark(), &bytes].concat();
        for asked in [None, Some(encoding)] {
            let decoded = decode(bytes.clone(), asked).unwrap();
            assert_eq!(decoded, Decoded { text: POEM.into(), encoding, findings: Vec::new() });
        }
    }
}

#[test]
fn encodings_that_are_not_declared_are_guessed() {
    let unmarked = [
        (Encoding::Gb18030, gb(POEM)),
        (Encoding::Utf16Le, utf16(POEM, u16::to_le_bytes)),
        (Encoding::Utf16Be, utf16(POEM, u16::to_be_bytes)),
        (Encoding::Utf16Le, utf16("1,234.50\r\n", u16::to_le_bytes)),
        (Encoding::Utf16Be, utf16("a\n", u16::to_be_bytes)),
        (Encoding::Utf16Le, utf16("春眠不觉晓，处处闻啼鸟。", u16::to_le_bytes)),
    ];
    for (encoding, bytes) in unmarked {
        let decoded = read(&bytes);
        assert_eq!(decoded.encoding, encoding);
        assert_eq!(codes(&decoded), [Code::EncodingGuessed]);
        assert_eq!(decoded.findings[0].severity, Severity::Info, "{:?}", decoded.findings);
        assert!(decoded.findings[0].proof.as_ref().unwrap().contains("gb18030 "));
    }
}

#[test]
fn the_guess_looks_where_the_text_is_not_ascii() {
    let mut bytes = vec![b'.'; 100_001];
    bytes.extend(gb("春眠不觉晓"));
    assert!(read(&bytes).text.ends_with(".春眠不觉晓"));
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    let mut bytes = format!("{POEM}春\n").repeat(3).into_bytes();
    let second = POEM.len() + 4 + 1;
    bytes[second] = 0xff;
    let decoded = read(&bytes);
    assert_eq!((decoded.encoding, codes(&decoded)), (Encoding::Utf8, vec![Code::EncodingLossy]));
    assert_eq!(decoded.findings[0].line, Some(5));
    assert!(decoded.findings[0].message.starts_with("3 bytes are no utf-8"), "{:?}", decoded.findings);
}

#[test]
fn a_last_character_cut_in_two_is_a_small_loss() {
    let whole = [
        (Encoding::Utf8, POEM.as_bytes().to_vec(), "晓".len()),
        (Encoding::Gb18030, gb(POEM), 2),
        (Encoding::Utf16Le, utf16(POEM, u16::to_le_bytes), 2),
    ];
    for (encoding, mut bytes, width) in whole {
        let last = if encoding == Encoding::Utf16Le { &b"\x53\x66"[..1] } else { &"晓".as_bytes()[..1] };
        bytes.extend(&last[..width.min(1)]);
        let decoded = read(&bytes);
        assert_eq!((decoded.encoding, decoded.text), (encoding, format!("{POEM}\u{fffd}")));
        let lossy = decoded.findings.last().unwrap();
        assert_eq!((lossy.code, lossy.line), (Code::EncodingLossy, Some(4)));
        assert!(lossy.message.contains("cut"), "{}", lossy.message);
    }
}

#[test]
fn what_is_asked_for_is_obeyed() {
    let decoded = decode(POEM.into(), Some(Encoding::Gb18030)).unwrap();
    assert_eq!((decoded.encoding, codes(&decoded)), (Encoding::Gb18030, vec![Code::EncodingLossy]));
    let decoded = decode(gb("春\n眠"), Some(Encoding::Utf8)).unwrap();
    assert_eq!((decoded.encoding, codes(&decoded)), (Encoding::Utf8, vec![Code::EncodingLossy]));
    let decoded = decode(vec![0; 100], Some(Encoding::Utf8Bom)).unwrap();
    assert_eq!((decoded.encoding, decoded.text.len()), (Encoding::Utf8, 100));
    assert!(decode(b"%PDF-1.7".to_vec(), Some(Encoding::Utf8)).is_err());
}

#[test]
fn a_few_stray_nuls_are_text() {
    for text in ["春眠\0不觉晓\n\0", "a plain line of text\0 and another\n"] {
        let decoded = read(text.as_bytes());
        assert_eq!(decoded, Decoded { text: text.into(), encoding: Encoding::Utf8, findings: Vec::new() });
    }
    let decoded = read(&gb("春眠\0不觉晓\n"));
    assert_eq!((decoded.encoding, decoded.text.as_str()), (Encoding::Gb18030, "春眠\0不觉晓\n"));
}

#[test]
fn what_is_no_text_is_refused() {
    for bytes in [vec![0; 100], vec![0xff; 100], vec![5; 100], noise(4096)] {
        let reason = decode(bytes, None).unwrap_err();
        assert!(reason.contains("no text") && reason.contains("--encoding"), "{reason}");
    }
}

/// A fixed sequence without pattern, as compressed or encrypted bytes are.
fn noise(length: usize) -> Vec<u8> {
    let step = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    std::iter::successors(Some(7), step).map(|state| (state >> 56) as u8).take(length).collect()
}

#[test]
fn another_encoding_read_as_the_best_one_is_a_warning() {
    let bytes = encoding_rs::BIG5.encode("春眠不覺曉，處處聞啼鳥。夜來風雨聲，花落知多少。").0.into_owned();
    let decoded = read(&bytes);
    assert_eq!(decoded.findings[0].severity, Severity::Warning, "{decoded:?}");
}

/// Characters that a dump in any of the encodings may hold: common ideographs, punctuation, ASCII.
fn text() -> impl Strategy<Value = String> {
    let ideographs = gb2312_ideographs();
    let common = prop::sample::select(ideographs);
    let piece = prop_oneof![4 => common, 1 => prop::sample::select(vec!['，', '　', '（', '％', '一', '\n', '7', 'a'])];
    // Long enough that its bytes are no valid UTF-8 by chance, and with a line end as every dump has.
    prop::collection::vec(piece, 16..200).prop_map(|text| text.into_iter().collect::<String>() + "\n")
}

/// The 3755 ideographs of the first level, rows 16 to 55.
fn gb2312_ideographs() -> Vec<char> {
    let table: Vec<u8> =
        (0xb0..=0xd7).flat_map(|row| (0xa1..=0xfe).flat_map(move |cell| [row, cell])).collect();
    let (chars, _) = encoding_rs::GB18030.decode_without_bom_handling(&table);
    chars.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_text_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), asked in 0usize..6) {
        let asked = Encoding::ALL.get(asked).copied();
        let once = decode(bytes.clone(), asked);
        prop_assert_eq!(once, decode(bytes, asked));
    }

    #[test]
    fn any_text_in_utf_8_is_taken_as_it_is(text in "[^\0\\p{Cc}\u{feff}][^\0\\p{Cc}]{0,50}") {
        prop_assume!(signature::refused(text.as_bytes()).is_none());
        prop_assert_eq!(read(text.as_bytes()).text, text);
    }

    #[test]
    fn chinese_text_comes_back_from_every_encoding(text in text(), lead in 0usize..40) {
        let text = "1".repeat(lead) + &text;
        prop_assert_eq!(&read(&gb(&text)).text, &text);
        prop_assert_eq!(&read(&utf16(&text, u16::to_le_bytes)).text, &text);
        prop_assert_eq!(&read(&utf16(&text, u16::to_be_bytes)).text, &text);
    }

    #[test]
    fn a_cut_loses_no_more_than_its_last_character(text in text(), cut in 20usize..400) {
        for bytes in [text.clone().into_bytes(), gb(&text), utf16(&(String::from("\n") + &text), u16::to_le_bytes)] {
            let decoded = read(&bytes[..cut.min(bytes.len())]);
            let kept = decoded.text.trim_end_matches(char::REPLACEMENT_CHARACTER).trim_start_matches('\n');
            prop_assert!(text.trim_start_matches('\n').starts_with(kept), "{:?}", decoded);
        }
    }
}
