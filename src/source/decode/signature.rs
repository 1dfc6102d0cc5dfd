//! Files that are no text, known by how they begin.

use memchr::memmem;

/// How a kind of file begins, and what it is.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word .doc, Excel .xls or other old Office file (OLE2)"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90\0", "a Windows program"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
];

const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// The members by which the formats that are ZIP archives inside are known.
const MEMBERS: &[(&[u8], &str)] = &[
    (b"word/", "a Word .docx (ZIP)"),
    (b"xl/", "an Excel .xlsx (ZIP)"),
    (b"ppt/", "a PowerPoint .pptx (ZIP)"),
    (b"vnd.oasis.opendocument", "an OpenDocument file (ZIP)"),
];

/// Why `bytes` are not read, if they begin as a file that is no text does.
pub(super) fn refused(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Some("looks like text in UTF-32, which is not read; convert it to UTF-8 first".to_owned());
    }
    let zip = ZIP.iter().any(|beginning| bytes.starts_with(beginning));
    let known = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    let kind = if zip { zipped(bytes) } else { known?.1 };
    Some(format!("looks like {kind}; extract its text first"))
}

/// What a ZIP archive holds, by the names of its first members and by the list of all at its end.
fn zipped(bytes: &[u8]) -> &'static str {
    const STRETCH: usize = 1 << 16;
    let head = &bytes[..bytes.len().min(STRETCH)];
    let tail = &bytes[bytes.len().saturating_sub(STRETCH)..];
    let holds = |member: &[u8]| memmem::find(head, member).is_some() || memmem::find(tail, member).is_some();
    MEMBERS.iter().find(|(member, _)| holds(member)).map_or("a ZIP archive", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_beginning_is_refused_by_its_name() {
        for (beginning, kind) in BEGINNINGS {
            let reason = refused(&[beginning, &b" and more"[..]].concat()).unwrap();
            assert!(reason.contains(kind) && reason.contains("extract its text first"), "{reason}");
        }
    }

    #[test]
    fn archives_are_told_apart_by_their_members() {
        for (member, kind) in MEMBERS {
            let archive = [b"PK\x03\x04", &[0; 100_000][..], member, b"document.xml"].concat();
            assert!(refused(&archive).unwrap().contains(kind));
        }
        assert!(refused(b"PK\x05\x06\0\0").unwrap().contains("a ZIP archive"));
    }

    #[test]
    fn text_is_not_refused() {
        for text in ["", "P", "PK 12", "春眠", "<html>", "\u{feff}a"] {
            assert_eq!(refused(text.as_bytes()), None);
        }
        assert_eq!(refused(b"\xff\xfea\0"), None);
        assert!(refused(b"\xff\xfe\0\0a\0\0\0").unwrap().contains("UTF-32"));
    }
}
