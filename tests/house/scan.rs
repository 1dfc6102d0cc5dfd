//! The files of src as the rules of the house see them: what is compiled into a release, without comments.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of src.
pub struct File {
    /// Its path below src, `/`-separated.
    pub name: String,
    /// All of it.
    pub text: String,
    /// Without comments and without what only tests compile; lines keep their places.
    pub code: String,
}

impl File {
    /// The module below the crate's root that it belongs to.
    pub fn module(&self) -> &str {
        self.name.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// Whether only tests compile it.
    pub fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }

    /// The lines of code that `wanted` finds something in, with their places.
    pub fn lines(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let lines = self.code.lines().zip(1..).filter(|(line, _)| wanted(line));
        lines.map(|(line, number)| format!("src/{}:{number}: {}", self.name, line.trim())).collect()
    }
}

/// Every Rust file of src.
pub fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths);
    paths.sort();
    let files: Vec<File> = paths.iter().map(|path| file(&src, path)).collect();
    assert!(files.len() > 50, "only {} files were found below {}", files.len(), src.display());
    files
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

fn file(src: &Path, path: &Path) -> File {
    let name = path.strip_prefix(src).unwrap().to_string_lossy().replace('\\', "/");
    let text = fs::read_to_string(path).unwrap();
    let code = without_tests(&without_comments(&text));
    File { name, text, code }
}

/// `text` with comments blanked out; knows strings, so that `"//"` stays.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal(rest) {
            code.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.extend(rest[..taken].chars().filter(|&c| c == '\n'));
        rest = &rest[taken..];
    }
    code
}

/// The length of the string or character that `rest` begins with.
fn literal(rest: &str) -> Option<usize> {
    if let Some(raw) = rest.strip_prefix('r').filter(|raw| raw.starts_with(['"', '#'])) {
        let hashes = raw.bytes().take_while(|&byte| byte == b'#').count();
        let end = format!("\"{}", "#".repeat(hashes));
        let body = raw[hashes..].strip_prefix('"')?;
        return body.find(&end).map(|at| 1 + hashes + 1 + at + end.len());
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            // A lifetime, not a character.
            _ if quote == '\'' && at > 1 && !rest[1..].starts_with('\\') => return None,
            _ => {}
        }
    }
    None
}

/// `code` with every `#[cfg(test)]` item blanked out.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        kept.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = item_end(item);
        kept.extend(item[..end].chars().filter(|&c| c == '\n'));
        rest = &item[end..];
    }
    kept + rest
}

/// Where the item that `code` begins with ends: behind its braces, or its semicolon.
fn item_end(code: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(c) = code[at..].chars().next() {
        if let Some(length) = literal(&code[at..]) {
            at += length;
            continue;
        }
        at += c.len_utf8();
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return at,
            '}' => depth -= 1,
            ';' if depth == 0 => return at,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn comments_and_tests_are_no_code() {
    let text = "let a = \"// no 甲\"; // 乙\n/* 丙\n */ let b = '\"'; let c: &'a str = r#\"\"丁\"#;\n#[cfg(test)]\nmod t {\n  let d = \"}\";\n}\nfn e() {}\n";
    let code = without_tests(&without_comments(text));
    assert_eq!(code.lines().count(), text.lines().count());
    assert!(["甲", "丁", "fn e()", "let b"].iter().all(|kept| code.contains(kept)), "{code}");
    assert!(["乙", "丙", "let d", "mod t"].iter().all(|gone| !code.contains(gone)), "{code}");
}
