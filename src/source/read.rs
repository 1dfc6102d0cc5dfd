//! Reading one source.

use super::{Document, Encoding, Origin, Refusal, Source};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// How sources are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// The largest document that is read, in bytes; the memory a run takes grows with it.
    pub max_bytes: u64,
    /// The encoding of every document; without it each document's own is recognised.
    pub encoding: Option<Encoding>,
}

impl Default for ReadOptions {
    /// Documents up to 1 GiB, in whatever encoding.
    fn default() -> Self {
        ReadOptions { max_bytes: 1 << 30, encoding: None }
    }
}

impl ReadOptions {
    pub(super) fn too_large(&self, size: &str) -> String {
        format!("the document has {size}, above the limit of {}; raise it with --max-bytes", self.max_bytes)
    }
}

/// Bytes that were not read: how many there are as far as known, and why.
struct Unread {
    bytes: u64,
    reason: String,
}

impl Unread {
    fn failed(bytes: u64, what: &str, error: &io::Error) -> Self {
        Unread { bytes, reason: format!("{what}: {error}") }
    }
}

/// Reads one source whole and decodes it. An empty file is a document with an empty text.
///
/// # Errors
/// The source gave no text. That is a failed document for the ledger, no reason to stop.
pub fn read(source: &Source, options: &ReadOptions) -> Result<Document, Refusal> {
    let bytes = match &source.origin {
        Origin::File(path) => file(path, options),
        Origin::Stdin => stream(io::stdin().lock(), Vec::new(), options),
        Origin::Refused(reason) => Err(Unread { bytes: 0, reason: reason.clone() }),
    };
    let name = source.name.clone();
    match bytes {
        Ok(bytes) => Document::decoded(name, bytes, options),
        Err(Unread { bytes, reason }) => Err(Refusal::unread(name, bytes, reason, options)),
    }
}

fn file(path: &Path, options: &ReadOptions) -> Result<Vec<u8>, Unread> {
    // The kind is asked before opening, because opening a pipe may block for ever, and again of the open file,
    // which may no longer be the one that was asked about.
    let known = fs::metadata(path);
    size(known.map_err(|error| Unread::failed(0, "the file cannot be found", &error))?, options)?;
    let file = File::open(path).map_err(|error| Unread::failed(0, "the file cannot be opened", &error))?;
    let open = file.metadata().map_err(|error| Unread::failed(0, "the file cannot be read", &error))?;
    let size = size(open, options)?;
    let mut bytes = Vec::new();
    // One more than the size, so that the end is met without growing.
    if usize::try_from(size).ok().is_none_or(|size| bytes.try_reserve_exact(size + 1).is_err()) {
        let reason = format!("there is no memory for its {size} bytes; lower --max-bytes or split it");
        return Err(Unread { bytes: size, reason });
    }
    stream(file, bytes, options)
}

fn size(metadata: fs::Metadata, options: &ReadOptions) -> Result<u64, Unread> {
    let bytes = metadata.len();
    if !metadata.is_file() {
        let reason = String::from("it is no longer the regular file it was");
        return Err(Unread { bytes: 0, reason });
    }
    if bytes > options.max_bytes {
        return Err(Unread { bytes, reason: options.too_large(&format!("{bytes} bytes")) });
    }
    Ok(bytes)
}

/// Reads to the end or just past the limit: a file may grow meanwhile, and a stream does not say its size.
fn stream(from: impl Read, mut bytes: Vec<u8>, options: &ReadOptions) -> Result<Vec<u8>, Unread> {
    let outcome = from.take(options.max_bytes.saturating_add(1)).read_to_end(&mut bytes);
    let size = bytes.len() as u64;
    outcome.map_err(|error| Unread::failed(size, "it cannot be read to its end", &error))?;
    if size > options.max_bytes {
        return Err(Unread { bytes: size, reason: options.too_large(&format!("at least {size} bytes")) });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::DocId;
    use super::*;

    fn source(path: &Path) -> Source {
        Source { name: "name".into(), origin: Origin::File(path.to_owned()) }
    }

    fn written(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        file
    }

    #[test]
    fn a_file_is_read_whole() {
        let file = written("一\r\n二".as_bytes());
        let document = read(&source(file.path()), &ReadOptions::default()).unwrap();
        assert_eq!((document.source.as_str(), document.text.as_str()), ("name", "一\r\n二"));
    }

    #[test]
    fn an_empty_file_is_an_empty_document() {
        let file = written(b"");
        let document = read(&source(file.path()), &ReadOptions::default()).unwrap();
        assert_eq!((document.text.as_str(), document.bytes), ("", 0));
    }

    #[test]
    fn the_limit_holds_for_files_and_streams() {
        let options = ReadOptions { max_bytes: 4, encoding: None };
        let file = written(b"12345");
        let refusal = read(&source(file.path()), &options).unwrap_err();
        assert!(refusal.reason.contains("--max-bytes") && refusal.bytes == 5, "{refusal:?}");
        assert_eq!(refusal.id, DocId::of_unread("name"));
        assert!(stream(&b"1234"[..], Vec::new(), &options).is_ok());
        let unread = stream(io::repeat(b'x'), Vec::new(), &options).map(|_| ()).unwrap_err();
        assert!(unread.reason.contains("at least 5 bytes"), "{}", unread.reason);
    }

    #[test]
    fn what_is_no_file_is_refused_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = read(&source(folder.path()), &ReadOptions::default()).unwrap_err();
        assert!(refusal.reason.contains("regular file"), "{}", refusal.reason);
        let refusal = read(&source(&folder.path().join("gone")), &ReadOptions::default()).unwrap_err();
        assert!(refusal.reason.contains("cannot be found"), "{}", refusal.reason);
        let told = Source { name: "p".into(), origin: Origin::Refused("a pipe".into()) };
        let refusal = read(&told, &ReadOptions::default()).unwrap_err();
        assert_eq!((refusal.reason.as_str(), refusal.bytes), ("a pipe", 0));
    }
}
