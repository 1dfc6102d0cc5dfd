//! Markdown's escapes outside tables: converters that write a cell a paragraph put a backslash before every sign that might be
//! taken for markup (`736\\.41`, mammoth).

/// Whether a text is written with escapes: it holds backslashes, and each stands before a sign.
pub(super) fn holds(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    let mut any = false;
    while let Some(at) = memchr::memchr(b'\\', bytes) {
        if !bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) {
            return false;
        }
        any = true;
        bytes = &bytes[at + 2..];
    }
    any
}

/// A text with escapes as it was before: each sign for itself, and no marks of bold type. Lines stay as they are.
pub(super) fn undone(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'\\', b'_', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (taken, said) = match rest.as_bytes() {
            [b'\\', _, ..] => (2, &rest[1..2]),
            [b'_', b'_', ..] => (2, ""),
            _ => (1, &rest[..1]),
        };
        out.push_str(said);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_lines_stay() {
        let text = "__甲\\_乙__\n\n736\\.41\n\n\\-\n";
        assert!(holds(text));
        assert_eq!(undone(text), "甲_乙\n\n736.41\n\n-\n");
    }

    #[test]
    fn a_backslash_before_anything_but_a_sign_is_no_escape() {
        assert!(!holds("736.41 a_b"));
        assert!(!holds("C:\\dir\\a \\."));
        assert!(!holds("1\\.5 \\"));
    }
}
