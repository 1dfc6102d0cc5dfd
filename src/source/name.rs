//! Names as the `source` column holds them.
//!
//! A file's name may be any bytes; a stored name is one line of UTF-8, relative, `/`-separated and without white
//! space at its ends. What does not fit is percent-encoded byte by byte, as in a URL: bytes that are no UTF-8,
//! control characters and line separators, `\`, white space at either end, and a `%` that two hexadecimal
//! digits follow. Nothing else is touched (`100%.txt` stays), so decoding gives the file's name back.

use crate::grammar::fold::is_space;
use std::path::{Component, Path};

/// The stored name of a relative, `/`-separated path.
pub(super) fn stored(raw: &[u8]) -> String {
    let mut name = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        let valid = chunk.valid();
        for (at, c) in valid.char_indices() {
            if is_unfit(c) || (c == '%' && starts_with_hex_pair(&valid[at + 1..])) {
                encode(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut name);
            } else {
                name.push(c);
            }
        }
        encode(chunk.invalid(), &mut name);
    }
    without_open_ends(name)
}

/// The stored name of a path as someone wrote it: `.` and `..` are resolved by the text alone, and a leading
/// `/` or `..` is dropped. A path of which nothing is left then is called `.`.
pub(super) fn of_path(path: &Path) -> String {
    let mut parts: Vec<&[u8]> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.as_encoded_bytes()),
            Component::ParentDir => drop(parts.pop()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    if parts.is_empty() { ".".to_owned() } else { stored(&parts.join(&b'/')) }
}

/// The stored name of a folder itself, looked up in the file system where the path does not say it (`.`, `..`).
pub(super) fn of_folder(path: &Path) -> Option<String> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    match path.file_name() {
        Some(name) => Some(stored(name.as_encoded_bytes())),
        None => path.canonicalize().ok()?.file_name().map(|name| stored(name.as_encoded_bytes())),
    }
}

fn is_unfit(c: char) -> bool {
    c == '\\' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn starts_with_hex_pair(text: &str) -> bool {
    text.as_bytes().get(..2).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
}

fn encode(bytes: &[u8], name: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for &byte in bytes {
        name.extend(['%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
}

/// `name` with the white space at its two ends encoded.
fn without_open_ends(name: String) -> String {
    let from_core = name.trim_start_matches(is_space);
    let core = from_core.trim_end_matches(is_space);
    if core.len() == name.len() {
        return name;
    }
    let start = name.len() - from_core.len();
    let mut closed = String::with_capacity(name.len() * 3);
    encode(&name.as_bytes()[..start], &mut closed);
    closed.push_str(core);
    encode(&name.as_bytes()[start + core.len()..], &mut closed);
    closed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in ["a.txt", "2022/某 局(1).txt", "-v", "100%.txt", "50% off", "%zz"] {
            assert_eq!(stored(name.as_bytes()), name);
        }
    }

    #[test]
    fn what_does_not_fit_is_encoded() {
        assert_eq!(stored(b"a\\b\nc"), "a%5Cb%0Ac");
        assert_eq!(stored(b"\xb2\xbf.txt"), "%B2%BF.txt");
        assert_eq!(stored("\u{3000} a b ".as_bytes()), "%E3%80%80%20a b%20");
        assert_eq!(stored(b"%41"), "%2541");
        assert_eq!(stored(b" "), "%20");
    }

    #[test]
    fn paths_become_relative() {
        let name = |path: &str| of_path(Path::new(path));
        assert_eq!(name("/data/./in//a.txt"), "data/in/a.txt");
        assert_eq!(name("../../a/../b.txt"), "b.txt");
        assert_eq!(name("/.."), ".");
        assert_eq!(name("- x"), "- x");
    }

    #[test]
    fn a_folder_is_called_by_its_own_name() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("内 ");
        std::fs::create_dir_all(inner.join("below")).unwrap();
        assert_eq!(of_folder(&inner).unwrap(), "内%20");
        assert_eq!(of_folder(&inner.join("below/..")).unwrap(), "内%20");
        assert_eq!(of_folder(Path::new("/")), None);
        assert!(of_folder(Path::new("")).is_some());
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_fit_name_that_decodes_to_them(raw in prop::collection::vec(any::<u8>(), 0..40)) {
            let name = stored(&raw);
            prop_assert_eq!(name.trim_matches(is_space), name.as_str());
            prop_assert!(!name.contains(['\\', '\n', '\r', '\0']));
            prop_assert_eq!(decoded(&name), raw);
        }
    }

    fn decoded(name: &str) -> Vec<u8> {
        let (bytes, mut out, mut at) = (name.as_bytes(), Vec::new(), 0);
        while at < bytes.len() {
            let digit = |at: usize| bytes.get(at).and_then(|&digit| char::from(digit).to_digit(16));
            match (bytes[at], digit(at + 1), digit(at + 2)) {
                (b'%', Some(high), Some(low)) => (out.push((high * 16 + low) as u8), at += 3).1,
                (byte, ..) => (out.push(byte), at += 1).1,
            }
        }
        out
    }
}
