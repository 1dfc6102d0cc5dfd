//! A first grammar for a form that nobody reads yet, from printed examples of it.
//!
//! Of several forms, what is the same in all is a label and what differs is a value; of a single one, structure alone can
//! tell: words over and before figures are labels, figures are values. What the grammars at hand know of a label is taken
//! over. Whatever is guessed stands in the file with the counts it was guessed from ([`draft`]).

mod constancy;
mod known;
mod mine;
mod outline;
mod parts;
mod plan;
mod specimen;
mod title;
mod write;

use crate::dump::Dialect;
use crate::grammar::{Files, GrammarError};
use crate::source::Document;
use constancy::Constancy;
use known::Known;
use std::fmt;

/// How a grammar is drafted.
#[derive(Clone, Debug, Default)]
pub struct DraftOptions {
    /// Its id, which becomes the `form_type` of what it reads.
    pub id: String,
    /// The dialect of every document; detected where `None`.
    pub dialect: Option<Dialect>,
    /// What the title of the form must hold; without it the form that is printed most often is drafted.
    pub title: Option<String>,
    /// Whether forms are drafted too whose title a grammar has: editions that it does not read.
    pub again: bool,
}

/// A drafted grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The file, to stand beside those that [`Files::shared`] gives.
    pub text: String,
    /// The form's title.
    pub title: String,
    /// From how many printed forms it was drafted.
    pub forms: usize,
    /// Further forms that no grammar has: title, number of printed forms.
    pub others: Vec<(String, usize)>,
}

/// Why there is no draft.
#[derive(Debug)]
pub enum NoDraft {
    /// The grammars at hand have mistakes.
    Grammar(GrammarError),
    /// No document holds a table under a title that no grammar has.
    NoForm,
    /// Such forms there are, but with other titles.
    NoTitle(Vec<String>),
}

impl fmt::Display for NoDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoDraft::Grammar(error) => error.fmt(f),
            NoDraft::NoForm => f.write_str(
                "nothing to draft from: no document holds a table under a title that the grammars do not have already (--again drafts those too)",
            ),
            NoDraft::NoTitle(titles) => write!(f, "no form has that in its title; there are: {}", titles.join(", ")),
        }
    }
}

impl std::error::Error for NoDraft {}

/// Drafts a grammar from documents; `files` are the grammars at hand, whose words help and whose forms are passed over.
///
/// # Errors
/// [`NoDraft`] where the documents hold no form that is not read already.
pub fn draft(documents: &[Document], files: &Files, options: &DraftOptions) -> Result<Draft, NoDraft> {
    let grammars = files.grammars().map_err(NoDraft::Grammar)?;
    let known = Known { grammars: &grammars };
    let all: Vec<_> = documents
        .iter()
        .enumerate()
        .flat_map(|(nth, document)| specimen::specimens(nth, document, options, &grammars))
        .collect();
    let mut groups = title::groups(&all, &known);
    if groups.is_empty() {
        return Err(NoDraft::NoForm);
    }
    if let Some(wanted) = &options.title {
        let titles = groups.iter().map(|group| group.title.clone()).collect();
        groups.retain(|group| group.title.contains(wanted.as_str()));
        if groups.is_empty() {
            return Err(NoDraft::NoTitle(titles));
        }
    }
    let group = groups.remove(0);
    let constancy = Constancy::of(&group.specimens, &known);
    let whole = |text: &str| known.is_label(text) || constancy.stays(&known.bare(text));
    let mut specimens: Vec<_> = group.specimens.iter().map(|specimen| (*specimen).clone()).collect();
    specimens.iter_mut().for_each(|specimen| specimen.mend(whole));
    let outlines: Vec<_> = specimens
        .iter()
        .enumerate()
        .map(|(nth, specimen)| outline::outline(nth, specimen, &known, &constancy))
        .collect();
    let plan = plan::plan(&outlines, &known, &constancy);
    let parts = parts::Parts::met(files.parts(), &plan, &group.specimens, &grammars);
    let name = write::Name { id: &options.id, title: &group.title, titles: &group.titles };
    Ok(Draft {
        text: write::file(&name, &plan, &parts),
        forms: group.specimens.len(),
        others: groups.iter().map(|other| (other.title.clone(), other.specimens.len())).collect(),
        title: group.title,
    })
}
