//! What is in a set of grammars, as `grammar list` prints it.

use crate::cli::printable::printable;
use biaodan::grammar::{
    About, Block, BlockKind, FieldColumn, Grammar, Grammars, Identity, Law, RelationKind, Role,
};
use serde::Serialize;
use std::fmt::Write as _;

/// A set of grammars.
#[derive(Serialize)]
pub struct Contents {
    grammar: String,
    forms: Vec<FormContents>,
    relations: Vec<Rule>,
}

/// One form.
#[derive(Serialize)]
struct FormContents {
    id: String,
    name: String,
    about: &'static str,
    titles: Vec<String>,
    fields: Vec<&'static str>,
    texts: Vec<String>,
    blocks: Vec<BlockContents>,
    identities: Vec<Rule>,
}

/// A table in a form.
#[derive(Serialize)]
struct BlockContents {
    id: String,
    kind: &'static str,
    columns: usize,
    rows: usize,
}

/// An identity, or a relation between forms.
#[derive(Serialize)]
struct Rule {
    id: String,
    kind: &'static str,
    because: String,
}

impl Contents {
    /// What is in `grammars`, which go by the name `grammar`.
    pub fn of(grammar: String, grammars: &Grammars) -> Self {
        let relations = grammars.relations.iter().map(|relation| Rule {
            id: relation.id.clone(),
            kind: match relation.kind {
                RelationKind::AtMost => "at_most",
                RelationKind::Equal => "equal",
                RelationKind::SameName => "same_name",
                RelationKind::SumAtMost => "sum_at_most",
            },
            because: relation.because.clone(),
        });
        Contents { grammar, forms: grammars.forms.iter().map(form).collect(), relations: relations.collect() }
    }

    /// For people: a paragraph a form.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for form in &self.forms {
            form.write(&mut text);
            text.push('\n');
        }
        let relations: Vec<&str> = self.relations.iter().map(|rule| rule.id.as_str()).collect();
        let _ = writeln!(text, "{}; forms: {}", printable(&self.grammar), self.forms.len());
        entry(&mut text, "relations", &relations);
        text
    }
}

impl FormContents {
    fn write(&self, text: &mut String) {
        let _ = writeln!(text, "{}  {} ({})", printable(&self.id), printable(&self.name), self.about);
        let blocks: Vec<String> = self
            .blocks
            .iter()
            .map(|block| {
                format!("{} ({}; columns: {}, rows: {})", block.id, block.kind, block.columns, block.rows)
            })
            .collect();
        let identities: Vec<&str> = self.identities.iter().map(|rule| rule.id.as_str()).collect();
        entry(text, "titles", &self.titles);
        entry(text, "fields", &self.fields);
        entry(text, "texts", &self.texts);
        entry(text, "blocks", &blocks);
        entry(text, "identities", &identities);
    }
}

/// One labelled list, in one line so that it can be searched.
fn entry(text: &mut String, label: &str, items: &[impl AsRef<str>]) {
    let items: Vec<String> = items.iter().map(|item| printable(item.as_ref())).collect();
    let items = if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    let _ = writeln!(text, "  {label:10}  {items}");
}

fn form(grammar: &Grammar) -> FormContents {
    FormContents {
        id: grammar.id.clone(),
        name: grammar.name.clone(),
        about: match grammar.about {
            About::Project => "project",
            About::Department => "department",
        },
        titles: grammar.titles.clone(),
        fields: fields(grammar),
        texts: grammar.texts.clone(),
        blocks: grammar.blocks.iter().map(block).collect(),
        identities: grammar.identities.iter().map(identity).collect(),
    }
}

/// The fields that some label of the form fills, in the order of the vocabulary.
fn fields(grammar: &Grammar) -> Vec<&'static str> {
    let has = |field| grammar.labels.iter().any(|(_, roles)| roles.contains(&Role::Field(field)));
    FieldColumn::ALL.into_iter().filter(|&field| has(field)).map(FieldColumn::as_str).collect()
}

fn block(block: &Block) -> BlockContents {
    BlockContents {
        id: block.id.clone(),
        kind: match block.kind {
            BlockKind::Matrix => "matrix",
            BlockKind::ScoredLines => "scored_lines",
            BlockKind::Passages => "passages",
        },
        columns: block.columns.len(),
        rows: block.rows.len(),
    }
}

fn identity(identity: &Identity) -> Rule {
    let kind = match identity.law {
        Law::Sum { .. } => "sum",
        Law::Bound { .. } => "bound",
        Law::Across { .. } => "across",
        Law::Ratio { .. } => "ratio",
        Law::Equal { .. } => "equal",
        Law::Score { .. } => "score",
    };
    Rule { id: identity.id.clone(), kind, because: identity.because.clone() }
}
