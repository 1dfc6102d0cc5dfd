//! What the findings of a form say of labels that lack a character or mistake one, each label once: a form may print one of them
//! on every line.

use super::rows::{Amount, Finding, Measure};
use crate::finding::Code;
use crate::grammar::{Labelling, fold};
use std::collections::{BTreeMap, BTreeSet};

/// The labels of a form that are printed otherwise.
#[derive(Default)]
pub(super) struct Guessed<'r> {
    /// Folded as printed, and the label that is meant.
    labels: BTreeSet<(String, &'r str)>,
    /// The lines on which each label that is meant is printed otherwise, in their order.
    lines: BTreeMap<&'r str, BTreeSet<i32>>,
    /// The lines of figures with the names of theirs; none where there is no such label.
    figures: BTreeSet<(i32, &'r str)>,
    /// Whether anything is said of any label.
    any: bool,
}

impl<'r> Guessed<'r> {
    pub fn of(findings: &[&'r Finding], amounts: &[&'r Amount], measures: &[&'r Measure]) -> Self {
        let told = || findings.iter().filter(|finding| finding.code == Code::LabelGuessed.as_str());
        let mut labels = BTreeSet::new();
        let mut lines: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
        for finding in told() {
            let Some(meant) = finding.value.as_deref() else { continue };
            labels.extend(finding.raw.as_deref().map(|raw| (fold::name(raw).into_owned(), meant)));
            // With a field it is about a figure.
            if let Some(line) = finding.line.filter(|_| finding.field.is_none()) {
                lines.entry(meant).or_default().insert(line);
            }
        }
        let sums = amounts.iter().map(|row| (row.line, row.item.as_str()));
        let measured = measures.iter().map(|row| (row.line, line_of(&row.item_path)));
        let figures = sums.chain(measured).filter(|_| !lines.is_empty()).collect();
        Guessed { labels, lines, figures, any: told().next().is_some() }
    }

    /// Whether anything is said of any label.
    pub fn is_any(&self) -> bool {
        self.any
    }

    /// Labels as printed, folded, and what each is said to mean.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &'r str)> {
        self.labels.iter().map(|(printed, meant)| (printed.as_str(), *meant))
    }

    /// Whether the label of the line `name`, with a figure on the source line `at`, is printed otherwise: no other line's figure stands
    /// between the two.
    pub fn is_meant(&self, name: &str, at: i32, labelling: &Labelling) -> bool {
        let named = self.lines.iter().filter(|(meant, _)| is_name_of(name, meant, labelling));
        // Nothing stands behind the nearest that does not stand behind the others as well.
        let nearest = named.filter_map(|(_, lines)| lines.range(..=at).next_back()).max();
        nearest.is_some_and(|&label| {
            let mut between = self.figures.range((label + 1, "")..).take_while(|(line, _)| *line < at);
            between.all(|(_, other)| *other == name)
        })
    }
}

/// The name of the line that a measure stands on.
pub(super) fn line_of(item_path: &str) -> &str {
    item_path.rsplit(" / ").nth(1).unwrap_or_default()
}

/// Whether a label of the grammar, perhaps with a unit behind it, is a line's name.
pub(super) fn is_name_of(name: &str, label: &str, labelling: &Labelling) -> bool {
    let behind = labelling.strip_lead(label).strip_prefix(name);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with([':', '(']))
}
