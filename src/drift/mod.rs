//! What changed between grammars and new dumps: labels that the grammars do not have, labels that stand elsewhere than they
//! say, and labels that no dump has any more.

mod met;

use crate::dump::{self, Dialect, Grid};
use crate::finding::{Code, Finding};
use crate::form::Form;
use crate::grammar::{Grammar, Grammars, fold};
use crate::inspect::View;
use crate::pipeline::{ConvertOptions, Converted, Converter};
use crate::source::Document;
use met::Met;
use serde::Serialize;
use std::collections::BTreeMap;

/// Characters of a text that may be a label.
const LONGEST_LABEL: usize = 30;
/// Characters of an example.
const EXAMPLE: usize = 120;

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// For each grammar that read a form, in the order of the set.
    pub grammars: Vec<GrammarDrift>,
    /// Forms that no grammar reads.
    pub unknown: Vec<UnknownForm>,
}

/// What changed for one grammar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrammarDrift {
    /// Its id.
    pub id: String,
    /// How many forms it read.
    pub forms: usize,
    /// Texts that stand where labels do, and that it does not have.
    pub new: Vec<LabelDrift>,
    /// Labels it has, in a place that it does not give them.
    pub moved: Vec<LabelDrift>,
    /// Labels recognised although they are spelled otherwise.
    pub respelled: Vec<LabelDrift>,
    /// What it has labels for that no form printed.
    pub missing: Vec<Missing>,
}

/// A label and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelDrift {
    /// The label, folded.
    pub label: String,
    /// Where it stands: `row of funds`, `column of funds`, `beside no label`, `on a line that is not claimed`.
    pub place: String,
    /// Where the grammar has it, or, of one that is spelled otherwise, as what; nothing of a new one.
    pub known: Option<String>,
    /// How often it stands there.
    pub count: usize,
    /// The first line with it.
    pub example: Example,
}

/// A line of a dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The document's name.
    pub source: String,
    /// The line, from 1.
    pub line: u32,
    /// What stands on it, without personal values.
    pub text: String,
}

/// What no form printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What it is: `field unit`, `row funds.own of funds`.
    pub what: String,
    /// Its labels.
    pub labels: Vec<String>,
}

/// A form that no grammar reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownForm {
    /// Its title.
    pub title: String,
    /// The document's name.
    pub source: String,
    /// The line of the title, from 1.
    pub line: u32,
}

impl Drift {
    /// Whether anything is new, moved or unknown. What is missing may only be rare.
    pub fn is_any(&self) -> bool {
        let changed = |grammar: &GrammarDrift| !grammar.new.is_empty() || !grammar.moved.is_empty();
        !self.unknown.is_empty() || self.grammars.iter().any(changed)
    }
}

/// Compares grammars with documents.
pub fn drift(documents: &[Document], grammars: &Grammars, dialect: Option<Dialect>) -> Drift {
    let converter = Converter::new(grammars, ConvertOptions { dialect, ..ConvertOptions::default() });
    let mut seen: BTreeMap<u16, Seen> = BTreeMap::new();
    let mut unknown = Vec::new();
    for document in documents {
        let converted = converter.convert(document);
        let view = View::new(document, &converter, &converted);
        let read_in = converted.dialect.unwrap_or(Dialect::CellLines);
        let grid = dump::read(&document.text, read_in, &document.kept);
        let look = Look { document, grid: &grid, converted: &converted, view: &view, grammars };
        for (nth, judged) in converted.forms.iter().enumerate() {
            let form = &judged.valued.form;
            let next = converted.forms.get(nth + 1).map(|next| next.valued.form.first_line);
            seen.entry(form.grammar).or_default().form(&look, nth as u32 + 1, form, next);
        }
        let forms = converted.findings.iter().filter(|finding| finding.code == Code::FormUnknown);
        unknown.extend(forms.map(|finding| UnknownForm {
            title: fold::name(finding.raw.as_deref().unwrap_or_default()).into_owned(),
            source: document.source.clone(),
            line: finding.line.unwrap_or(1),
        }));
    }
    let of_grammar = |(at, seen): (u16, Seen)| seen.into_drift(&grammars.forms[usize::from(at)]);
    Drift { grammars: seen.into_iter().map(of_grammar).collect(), unknown }
}

/// A converted document.
struct Look<'a> {
    document: &'a Document,
    grid: &'a Grid<'a>,
    converted: &'a Converted<'a>,
    view: &'a View<'a>,
    grammars: &'a Grammars,
}

/// What the forms of one grammar print.
#[derive(Default)]
struct Seen {
    forms: usize,
    met: Met,
    /// Label and place, with what the grammar has it for.
    stray: BTreeMap<(String, String), Stray>,
    respelled: BTreeMap<(String, String), Stray>,
}

struct Stray {
    known: Option<String>,
    count: usize,
    example: Example,
}

impl Seen {
    fn form(&mut self, look: &Look<'_>, ordinal: u32, form: &Form<'_>, next: Option<u32>) {
        self.forms += 1;
        let grammar = &look.grammars.forms[usize::from(form.grammar)];
        let last = next.map_or(u32::MAX, |next| next - 1);
        self.met.lines(look.grid, look.grammars, grammar, form.first_line..=last);
        for item in form.items.iter().filter(|item| item.row.is_none()) {
            let block = &grammar.blocks[usize::from(form.sections[item.section as usize].block)].id;
            if let Some(label) = item.label {
                self.stray(look, grammar, label.text, format!("row of {block}"), label.line);
            }
        }
        let own = look.converted.findings.iter().filter(|finding| finding.form == Some(ordinal));
        own.for_each(|finding| self.finding(look, grammar, form, finding));
        let open = met::open_labels(look.grid, look.converted, form.first_line..=last);
        for (label, line) in open {
            self.stray(look, grammar, &label, "on a line that is not claimed".to_owned(), line);
        }
    }

    fn finding(&mut self, look: &Look<'_>, grammar: &Grammar, form: &Form<'_>, finding: &Finding) {
        let (Some(raw), Some(line)) = (finding.raw.as_deref(), finding.line) else { return };
        match finding.code {
            Code::LabelGuessed => {
                let known = finding.value.clone();
                let place = "a label".to_owned();
                note(&mut self.respelled, look, fold::name(raw).into_owned(), place, known, line);
            }
            Code::RowMisshapen => {
                let heads = form.sections.iter().find(|section| {
                    let lines = section.columns.iter().map(|header| header.label.line);
                    let (first, last) = (lines.clone().min(), lines.max());
                    first
                        .zip(last)
                        .is_some_and(|(first, last)| (first.saturating_sub(1)..=last + 1).contains(&line))
                });
                let place = match heads {
                    Some(section) => format!("column of {}", grammar.blocks[usize::from(section.block)].id),
                    None => "beside no label".to_owned(),
                };
                self.stray(look, grammar, raw, place, line);
            }
            _ => {}
        }
    }

    /// Notes a text that stands where a label does; figures and sentences are none.
    fn stray(&mut self, look: &Look<'_>, grammar: &Grammar, text: &str, place: String, line: u32) {
        let label = fold::name(text).into_owned();
        let words = label.chars().filter(|c| c.is_alphabetic()).count();
        let few = label.chars().count() <= LONGEST_LABEL && words > 1 && words * 2 > label.chars().count();
        if few && !label.contains(['。', '；', '，', '*']) {
            let known = met::roles(&label, grammar, look.grammars);
            note(&mut self.stray, look, label, place, known, line);
        }
    }

    fn into_drift(self, grammar: &Grammar) -> GrammarDrift {
        let (moved, new): (Vec<_>, Vec<_>) =
            listed(self.stray).into_iter().partition(|label| label.known.is_some());
        GrammarDrift {
            id: grammar.id.clone(),
            forms: self.forms,
            new,
            moved,
            respelled: listed(self.respelled),
            missing: self.met.missing(grammar),
        }
    }
}

fn note(
    strays: &mut BTreeMap<(String, String), Stray>,
    look: &Look<'_>,
    label: String,
    place: String,
    known: Option<String>,
    line: u32,
) {
    let example = || {
        let text = look.view.line(line).unwrap_or_default();
        let text = fold::trim(&text).chars().take(EXAMPLE).collect();
        Example { source: look.document.source.clone(), line, text }
    };
    strays.entry((label, place)).or_insert_with(|| Stray { known, count: 0, example: example() }).count += 1;
}

/// The most frequent first.
fn listed(strays: BTreeMap<(String, String), Stray>) -> Vec<LabelDrift> {
    let drift = |((label, place), stray): ((String, String), Stray)| {
        let Stray { known, count, example } = stray;
        LabelDrift { label, place, known, count, example }
    };
    let mut listed: Vec<LabelDrift> = strays.into_iter().map(drift).collect();
    listed.sort_by_key(|label| std::cmp::Reverse(label.count));
    listed
}
