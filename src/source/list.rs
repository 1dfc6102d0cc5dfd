//! Lists of paths, one a line or one before each NUL (`find -print0`).

use std::path::PathBuf;

/// The paths a list names. A list that is said to be NUL-separated, or holds a NUL, is so, and its entries are
/// taken as they are; any other has one path a line, where a carriage return before the line break and a
/// byte-order mark at the very start belong to the list, not to a path. Empty entries are no paths.
pub(super) fn paths(list: &[u8], nul_separated: bool) -> impl Iterator<Item = PathBuf> {
    // A single path with a line break in its name needs to be said: it may come without a NUL behind it.
    let by_nul = nul_separated || memchr::memchr(0, list).is_some();
    let (separator, list) = match by_nul {
        true => (0, list),
        false => (b'\n', list.strip_prefix(b"\xef\xbb\xbf").unwrap_or(list)),
    };
    list.split(move |&byte| byte == separator)
        .map(move |entry| if by_nul { entry } else { entry.strip_suffix(b"\r").unwrap_or(entry) })
        .filter(|entry| !entry.is_empty())
        .map(path)
}

#[cfg(unix)]
fn path(entry: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(entry))
}

/// Elsewhere paths are Unicode; what is none names no file and will be reported as missing.
#[cfg(not(unix))]
fn path(entry: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(entry).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(list: &[u8]) -> Vec<String> {
        strings(paths(list, false))
    }

    fn strings(paths: impl Iterator<Item = PathBuf>) -> Vec<String> {
        paths.map(|path| path.into_os_string().into_string().unwrap()).collect()
    }

    #[test]
    fn one_path_a_line() {
        assert_eq!(listed(b"\xef\xbb\xbfa.txt\r\n\n b \n-\nlast"), ["a.txt", " b ", "-", "last"]);
        assert!(listed(b"").is_empty());
    }

    #[test]
    fn nul_separated_paths_may_hold_anything() {
        assert_eq!(listed(b"a\nb\0c\r\0\0d"), ["a\nb", "c\r", "d"]);
        assert_eq!(strings(paths(b"a\nb", true)), ["a\nb"]);
    }
}
