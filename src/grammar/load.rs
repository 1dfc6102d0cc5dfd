//! Loading a set of grammars, from a folder or from the files built into the binary.

use super::compile::{Compiler, folded, measure, unknown};
use super::every_label::EveryLabel;
use super::file::{FormFile, LabellingFile, RelationTable, RelationsFile, TermTable};
use super::files::Files;
use super::form::{Grammar, Inline, Relation, RelationKind, Term};
use super::labels::{Labelling, Labels};
use super::lexicon::Lexicon;
use super::mistake::{Mistakes, Sink};
use super::spellings::Characters;
use super::titles::{Titles, with_quotes_around};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// The files of grammar/ as they were when the binary was built: path below grammar/, text.
pub(super) static BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/grammar_files.rs"));

pub(super) const LABELLING: &str = "labelling.toml";
pub(super) const RELATIONS: &str = "relations.toml";
pub(super) const LEXICON: &str = "lexicon.toml";
pub(super) const PARTS: &str = "parts/";

/// Every grammar of a set, compiled, with what they share.
#[derive(Clone, Debug)]
pub struct Grammars {
    /// One a form, in the order of their files' names.
    pub forms: Vec<Grammar>,
    /// Their titles.
    pub titles: Titles,
    /// Their labels, without what they mean.
    pub every_label: EveryLabel,
    /// What forms of one document say about each other.
    pub relations: Vec<Relation>,
    /// What may stand around a label.
    pub labelling: Labelling,
    /// How values are spelled.
    pub lexicon: Lexicon,
}

/// Why a set of grammars cannot be used.
#[derive(Debug)]
pub enum GrammarError {
    /// A file or folder could not be read.
    Unreadable(PathBuf, io::Error),
    /// The files have mistakes.
    Mistakes(Mistakes),
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GrammarError::Unreadable(path, error) => {
                write!(
                    f,
                    "cannot read the grammar {}: {error}; name a folder of grammar files",
                    path.display()
                )
            }
            GrammarError::Mistakes(mistakes) => mistakes.fmt(f),
        }
    }
}

impl std::error::Error for GrammarError {}

impl Grammars {
    /// Whether a folded text is called as forms are, perhaps with the number of its page behind dots, as the entries of a list
    /// of forms: `1.…自评表……3`.
    pub(crate) fn lists(&self, name: &str) -> bool {
        let ends = |c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '(' | ')');
        let bare = name.trim_end_matches(ends);
        let mut titles = self.forms.iter().flat_map(|grammar| &grammar.titles);
        self.labelling.is_form_name(bare) || titles.any(|title| bare.ends_with(title.as_str()))
    }

    /// The grammars built into the binary.
    ///
    /// # Errors
    /// Never for a released binary: its tests check the files it is built from.
    pub fn built_in() -> Result<Self, GrammarError> {
        Files::built_in().grammars()
    }

    /// The grammars of a folder laid out like grammar/.
    ///
    /// # Errors
    /// [`GrammarError::Unreadable`] for a folder or file that cannot be read, [`GrammarError::Mistakes`] with every
    /// mistake in its files.
    pub fn from_dir(dir: &Path) -> Result<Self, GrammarError> {
        Files::from_dir(dir)?.grammars()
    }

    pub(super) fn from_files(root: &str, files: &[(String, String)]) -> Result<Self, GrammarError> {
        let mut loader = Loader { root, files, mistakes: Mistakes(Vec::new()) };
        let grammars = loader.load();
        match grammars {
            Some(grammars) if loader.mistakes.0.is_empty() => Ok(grammars),
            _ => Err(GrammarError::Mistakes(loader.mistakes)),
        }
    }
}

pub(super) fn read_dir(
    dir: &Path,
    prefix: &str,
    files: &mut Vec<(String, String)>,
) -> Result<(), GrammarError> {
    let unreadable = |error| GrammarError::Unreadable(dir.to_owned(), error);
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() && prefix.is_empty() {
            read_dir(&path, &format!("{name}/"), files)?;
        } else if name.ends_with(".toml") {
            let text = read_file(&path).map_err(|error| GrammarError::Unreadable(path, error))?;
            files.push((name, text));
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> io::Result<String> {
    // Opening a pipe blocks until someone writes to it, which may be never.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    fs::read_to_string(path)
}

struct Loader<'f> {
    root: &'f str,
    files: &'f [(String, String)],
    mistakes: Mistakes,
}

impl<'f> Loader<'f> {
    /// The set; `None` only where mistakes were noted.
    fn load(&mut self) -> Option<Grammars> {
        let labelling = self.labelling();
        let lexicon = self.lexicon();
        let mut forms: Vec<Grammar> = Vec::new();
        let own = self.files.iter().filter(|(name, _)| !name.contains('/'));
        for (name, text) in own.filter(|(name, _)| ![LABELLING, RELATIONS, LEXICON].contains(&name.as_str()))
        {
            forms.extend(self.form(name, text, &forms));
        }
        for form in &mut forms {
            form.labels.allow_lead(&labelling);
        }
        if forms.is_empty() {
            self.missing("no form's file: a grammar needs at least one NAME.toml");
        }
        let relations = self.relations(&forms);
        let (titles, every_label) = (Titles::of(&forms), EveryLabel::of(&forms, &labelling));
        Some(Grammars { titles, every_label, forms, relations, labelling, lexicon: lexicon? })
    }

    /// Parses a file and checks it with `check`, whose mistakes are taken down.
    fn with<T: DeserializeOwned, R>(
        &mut self,
        name: &str,
        text: &str,
        check: impl FnOnce(&mut Self, T, &mut Sink<'_>) -> R,
    ) -> Option<R> {
        let path = format!("{}/{name}", self.root);
        let mut sink = Sink::new(&path, text);
        let result = match toml::from_str::<T>(text) {
            Ok(file) => Some(check(self, file, &mut sink)),
            Err(error) => {
                sink.push(error.span().unwrap_or(0..0), error.message());
                None
            }
        };
        // Two forms that use a part meet the same mistakes in it.
        sink.found.retain(|mistake| !self.mistakes.0.contains(mistake));
        self.mistakes.0.append(&mut sink.found);
        result
    }

    fn file(&self, name: &str) -> Option<&'f str> {
        self.files.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    fn missing(&mut self, message: impl Into<String>) {
        let mut sink = Sink::new(self.root, "");
        sink.push(0..0, message);
        self.mistakes.0.append(&mut sink.found);
    }

    fn labelling(&mut self) -> Labelling {
        let Some(text) = self.file(LABELLING) else {
            self.missing(format!("there is no {LABELLING}"));
            return Labelling::default();
        };
        self.with(LABELLING, text, |_, file: LabellingFile, _| Labelling {
            of_which: file.of_which,
            numerals: file.numerals,
            number_ends: file.number_ends,
            year_words: file.year_words,
            form_ends: ends_of_names(&file.form_words),
            form_words: file.form_words,
            contents: file.contents.iter().map(|words| super::fold::name(words).into_owned()).collect(),
            look_alikes: file.look_alikes,
        })
        .unwrap_or_default()
    }

    fn lexicon(&mut self) -> Option<Lexicon> {
        let Some(text) = self.file(LEXICON) else {
            self.missing(format!("there is no {LEXICON}"));
            return None;
        };
        match Lexicon::load(&format!("{}/{LEXICON}", self.root), text) {
            Ok(lexicon) => Some(lexicon),
            Err(mut mistakes) => {
                self.mistakes.0.append(&mut mistakes.0);
                None
            }
        }
    }

    fn form(&mut self, name: &str, text: &str, known: &[Grammar]) -> Option<Grammar> {
        self.with(name, text, |loader, file: FormFile, sink| loader.compile(&file, known, sink)).flatten()
    }

    fn compile(&mut self, file: &FormFile, known: &[Grammar], sink: &mut Sink<'_>) -> Option<Grammar> {
        let (Some(id), Some(name), Some(about)) = (&file.id, &file.name, file.about) else {
            sink.push(0..0, "a form's file begins with `id`, `name` and `about`");
            return None;
        };
        if known.iter().any(|grammar| grammar.id == *id.get_ref()) {
            sink.push(id.span(), format!("another file already has the id `{}`", id.get_ref()));
        }
        if file.titles.is_empty() {
            sink.push(id.span(), "a form needs at least one of `titles`, by which it is recognised");
        }
        let mut compiler = Compiler::new(Grammar {
            id: id.get_ref().clone(),
            name: name.clone(),
            about,
            titles: with_quotes_around(file.titles.iter().map(folded).collect()),
            labels: Labels::default(),
            inline: Inline::default(),
            noise: Vec::new(),
            template_texts: Vec::new(),
            boilerplate: Vec::new(),
            fillers: Vec::new(),
            annex: Vec::new(),
            grades: Vec::new(),
            grade_text: 0,
            texts: Vec::new(),
            beside: Vec::new(),
            blocks: Vec::new(),
            levels: Vec::new(),
            sublevels: Vec::new(),
            requires: Vec::new(),
            identities: Vec::new(),
        });
        compiler.take(file, sink);
        for part in &file.uses {
            let path = format!("{PARTS}{}.toml", part.get_ref());
            match self.file(&path) {
                Some(text) => {
                    self.with(&path, text, |_, part: FormFile, sink| {
                        only_a_part(&part, sink);
                        compiler.take(&part, sink);
                    });
                }
                None => sink.push(part.span(), format!("there is no {path}")),
            }
        }
        compiler.require(&file.requires, sink);
        Some(compiler.finish())
    }

    fn relations(&mut self, forms: &[Grammar]) -> Vec<Relation> {
        let Some(text) = self.file(RELATIONS) else { return Vec::new() };
        self.with(RELATIONS, text, |_, file: RelationsFile, sink| {
            file.relations.iter().filter_map(|table| relation(table, forms, sink)).collect()
        })
        .unwrap_or_default()
    }
}

/// What says which form a file is has no place in a part.
fn only_a_part(part: &FormFile, sink: &mut Sink<'_>) {
    let own = part.id.iter().chain(&part.titles).chain(&part.uses).chain(&part.requires);
    for text in own {
        sink.push(
            text.span(),
            "a part has no `id`, `titles`, `uses` or `requires`: they belong to a form's own file",
        );
    }
}

fn relation(table: &RelationTable, forms: &[Grammar], sink: &mut Sink<'_>) -> Option<Relation> {
    let kind = match table.kind.get_ref().as_str() {
        "at_most" => RelationKind::AtMost,
        "equal" => RelationKind::Equal,
        "same_name" => RelationKind::SameName,
        "sum_at_most" => RelationKind::SumAtMost,
        _ => {
            unknown(sink, &table.kind, "kind of relation", ["at_most", "equal", "same_name", "sum_at_most"]);
            return None;
        }
    };
    Some(Relation {
        id: table.id.get_ref().clone(),
        kind,
        part: term(&table.part, forms, sink)?,
        whole: term(&table.whole, forms, sink)?,
        because: table.because.clone(),
    })
}

/// What texts end with that may be names ending with one of `words`, perhaps with a bracket behind.
fn ends_of_names(words: &[String]) -> Characters {
    let last = words.iter().filter_map(|word| word.chars().next_back());
    Characters::new(&last.chain([')', '）']).collect::<String>())
}

fn term(table: &TermTable, forms: &[Grammar], sink: &mut Sink<'_>) -> Option<Term> {
    let mut places = Vec::new();
    for id in &table.forms {
        let at = forms.iter().position(|grammar| grammar.id == *id.get_ref());
        let Some(at) = at else {
            sink.push(id.span(), format!("no form has the id `{}`", id.get_ref()));
            continue;
        };
        let found = forms[at].blocks.iter().enumerate().find_map(|(block, table_block)| {
            let row = table_block.rows.iter().position(|row| row.code == *table.row.get_ref())?;
            Some((at as u16, block as u8, row as u16))
        });
        match found {
            Some(place) => places.push(place),
            None => {
                let message = format!("form `{}` has no row `{}`", id.get_ref(), table.row.get_ref());
                sink.push(table.row.span(), message);
            }
        }
    }
    let measures = table.measures.iter().filter_map(|name| measure(name, sink)).collect();
    Some(Term { rows: places, row: table.row.get_ref().clone(), measures })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_grammars_have_no_mistakes() {
        match Grammars::built_in() {
            Ok(grammars) => assert!(!grammars.forms.is_empty()),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn one_pass_reports_every_mistake() {
        let form = "id = \"x\"\nname = \"X\"\nabout = \"project\"\ntitles = [\"X表\"]\nrequires = [\"nothing\"]\n\
                    [[field]]\ncolumn = \"nope\"\nlabels = [\"甲\"]\n[[block]]\nid = \"b\"\nkind = \"round\"\n";
        let labelling = "of_which = []\nnumerals = \"\"\nnumber_ends = \"\"\nyear_words = []\n";
        let lexicon = super::super::lexicon::BUILT_IN;
        let files = [("labelling.toml", labelling), ("lexicon.toml", lexicon), ("x.toml", form)];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let Err(GrammarError::Mistakes(mistakes)) = Grammars::from_files("g", &files) else {
            panic!("mistakes were not noticed")
        };
        let shown = mistakes.to_string();
        for part in ["g/x.toml:5:13", "g/x.toml:7:10", "g/x.toml:11:8", "3 mistakes"] {
            assert!(shown.contains(part), "{part} not in\n{shown}");
        }
    }
}
