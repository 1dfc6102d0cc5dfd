//! Wrong grammar files, one mistake each: what is said of it, and where.
//!
//! A case is a form's file as somebody might write it. Its first line is `# expect: LINE:COLUMN: MESSAGE`, of which the
//! message may be a beginning; a line `# as: NAME` lets it stand for that file of grammar/ instead.

use crate::folder;
use biaodan::grammar::{GrammarError, Grammars, Mistake};
use std::fs;
use std::path::Path;

/// The folder grammar/ with a case in it.
fn set_with(file: &str, text: &str) -> tempfile::TempDir {
    let set = tempfile::tempdir().unwrap();
    for part in ["grammar", "grammar/parts"] {
        let target = set.path().join(part.trim_start_matches("grammar").trim_start_matches('/'));
        fs::create_dir_all(&target).unwrap();
        for path in folder::files(part) {
            fs::copy(&path, target.join(folder::name(&path))).unwrap();
        }
    }
    fs::write(set.path().join(file), text).unwrap();
    set
}

fn directive<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(": "))
}

fn mistakes(set: &Path) -> Vec<Mistake> {
    match Grammars::from_dir(set) {
        Err(GrammarError::Mistakes(mistakes)) => mistakes.0,
        Err(error) => panic!("{error}"),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn every_mistake_is_named_with_its_place() {
    let files = folder::files("tests/reject/grammar");
    assert!(files.len() > 15, "there are only {} wrong grammars left", files.len());
    let mut wrong = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        let expected =
            directive(&text, "expect").unwrap_or_else(|| panic!("{} expects nothing", path.display()));
        let file = directive(&text, "as").unwrap_or("wrong.toml");
        let set = set_with(file, &text);
        let found = mistakes(set.path());
        let shown: Vec<String> = found
            .iter()
            .map(|mistake| format!("{}:{}: {}", mistake.line, mistake.column, mistake.message))
            .collect();
        let as_expected = found.len() == 1 && found[0].file.ends_with(file) && shown[0].starts_with(expected);
        if !as_expected {
            wrong.push(format!(
                "{}: expected\n  {expected}\nbut found\n  {}",
                folder::name(path),
                shown.join("\n  ")
            ));
        }
        for mistake in &found {
            let line = text.lines().nth(mistake.line - 1).unwrap_or_default();
            assert_eq!(mistake.excerpt, line.trim_end(), "{}", folder::name(path));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), files.len(), wrong.join("\n"));
}

#[test]
fn a_set_needs_its_shared_files_and_a_form() {
    let whole = || set_with("labelling.toml", &shared("labelling.toml"));
    assert_eq!(mistakes(whole().path()), []);
    for file in ["labelling.toml", "lexicon.toml"] {
        let set = whole();
        fs::remove_file(set.path().join(file)).unwrap();
        let found = mistakes(set.path());
        let message = format!("there is no {file}");
        assert!(found.iter().any(|mistake| mistake.message == message), "{found:?}");
    }
    let bare = tempfile::tempdir().unwrap();
    let found = mistakes(bare.path());
    assert!(found.iter().any(|mistake| mistake.message.starts_with("no form's file")), "{found:?}");
    let gone = Grammars::from_dir(&bare.path().join("gone")).map(|_| ());
    assert!(matches!(gone, Err(GrammarError::Unreadable(..))), "{gone:?}");
}

fn shared(file: &str) -> String {
    fs::read_to_string(folder::in_repository("grammar").join(file)).unwrap()
}
