//! A set of grammar files before it is compiled, so that a set can be loaded with a file more or less.

use super::form::Grammar;
use super::load::{BUILT_IN, GrammarError, Grammars, LABELLING, LEXICON, PARTS, RELATIONS, read_dir};
use std::path::Path;

/// The files of a set of grammars: path below their folder, text.
#[derive(Clone, Debug)]
pub struct Files {
    root: String,
    files: Vec<(String, String)>,
}

/// The id of the form that is made up to compile a part alone.
const PART_ALONE: &str = "part_alone";

impl Files {
    /// The files built into the binary.
    pub fn built_in() -> Self {
        let files = BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Files { root: "grammar".to_owned(), files }
    }

    /// The files of a folder laid out like grammar/.
    ///
    /// # Errors
    /// [`GrammarError::Unreadable`] for a folder or file that cannot be read.
    pub fn from_dir(dir: &Path) -> Result<Self, GrammarError> {
        let mut files = Vec::new();
        read_dir(dir, "", &mut files)?;
        files.sort();
        Ok(Files { root: dir.display().to_string(), files })
    }

    /// The set, compiled.
    ///
    /// # Errors
    /// [`GrammarError::Mistakes`] with every mistake in the files.
    pub fn grammars(&self) -> Result<Grammars, GrammarError> {
        Grammars::from_files(&self.root, &self.files)
    }

    /// The names of the forms' own files.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(name, _)| name.as_str()).filter(|name| is_form(name))
    }

    /// The files that every form's file needs beside it: how values are spelled, what stands around labels, parts.
    pub fn shared(&self) -> impl Iterator<Item = (&str, &str)> {
        let shared = self.files.iter().filter(|(name, _)| !is_form(name) && name != RELATIONS);
        shared.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The shared files and this form's alone; what forms say about each other is left out.
    pub fn with_only(&self, name: &str, text: &str) -> Self {
        let mut files: Vec<(String, String)> =
            self.shared().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        files.push((name.to_owned(), text.to_owned()));
        files.sort();
        Files { root: self.root.clone(), files }
    }

    /// The set without a form's file, and without what forms say about each other, which may name it.
    pub fn without(&self, form: &str) -> Self {
        let kept = self.files.iter().filter(|(name, _)| name != form && name != RELATIONS);
        Files { root: self.root.clone(), files: kept.cloned().collect() }
    }

    /// The parts that forms may take in with `uses`, each compiled as if it were a form; a part with mistakes is left
    /// out.
    pub fn parts(&self) -> Vec<(String, Grammar)> {
        let names = self.files.iter().filter_map(|(name, _)| name.strip_prefix(PARTS)?.strip_suffix(".toml"));
        let alone = |name: &str| {
            let form = format!(
                "id = \"{PART_ALONE}\"\nname = \"{name}\"\nabout = \"department\"\ntitles = [\"{name}\"]\nuses = [{name:?}]\n"
            );
            let grammar = self.with_only("part-alone.toml", &form).grammars().ok()?.forms.pop()?;
            Some((name.to_owned(), grammar))
        };
        names.filter_map(alone).collect()
    }
}

fn is_form(name: &str) -> bool {
    !name.contains('/') && ![LABELLING, RELATIONS, LEXICON].contains(&name)
}
