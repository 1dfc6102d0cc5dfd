//! Which printed forms are of one kind: their titles end alike and their words are the same.

use super::known::Known;
use super::specimen::Specimen;
use crate::grammar::{FieldColumn, Role, fold};
use std::collections::HashSet;

/// Characters of a title's end that are a title themselves, where the words of the forms are alike.
const SHARED_END: usize = 6;
/// Characters that the titles' ends share where nearly all words do.
const LEAST_END: usize = 2;

/// Printed forms of one kind.
pub(super) struct Group<'s> {
    /// The title that all of them end with.
    pub title: String,
    pub titles: Vec<String>,
    pub specimens: Vec<&'s Specimen>,
    words: HashSet<String>,
}

impl Group<'_> {
    /// Takes in another title: what all end with, where that says enough to be one, or else each of them.
    fn name(&mut self, title: String) {
        let end = shared_end(&self.title, &title).to_owned();
        if end == title || end == self.title || end.chars().count() >= SHARED_END {
            self.titles = vec![end.clone()];
            self.title = end;
        } else if !self.titles.contains(&title) {
            self.titles.push(title);
        }
    }
}

/// The kinds of forms, the one that is printed most often first.
pub(super) fn groups<'s>(specimens: &'s [Specimen], known: &Known<'_>) -> Vec<Group<'s>> {
    let mut groups: Vec<Group<'s>> = Vec::new();
    for specimen in specimens {
        let title = bare(specimen, known);
        let words = words(specimen, known);
        let same = groups.iter_mut().find(|group| {
            let end = shared_end(&group.title, &title).chars().count();
            let (overlap, least) =
                (group.words.intersection(&words).count(), group.words.len().min(words.len()));
            let whole = group.title.ends_with(&title) || title.ends_with(&group.title);
            title == group.title
                || ((whole || end >= SHARED_END) && overlap * 2 >= least)
                || (end >= LEAST_END && overlap * 5 >= least * 4)
        });
        match same {
            Some(group) => {
                group.name(title);
                group.words.retain(|word| words.contains(word));
                group.specimens.push(specimen);
            }
            None => {
                groups.push(Group { titles: vec![title.clone()], title, specimens: vec![specimen], words })
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.specimens.len()));
    groups
}

/// A title without the year and the body that stand before it.
fn bare(specimen: &Specimen, known: &Known<'_>) -> String {
    let mut title = specimen.title.as_str();
    let labelling = &known.grammars.labelling;
    while let Some(year) = labelling.year(title) {
        let behind = &title[year.end..];
        let lead =
            year_words(known).filter(|word| behind.starts_with(word.as_str())).map(|word| word.len()).max();
        let rest = &behind[lead.unwrap_or(0)..];
        if rest.is_empty() || rest.len() == title.len() {
            break;
        }
        title = rest;
    }
    let bodies = specimen.rows.iter().flat_map(|row| row.cells.windows(2)).filter(|pair| {
        let field = known.field(&pair[0].text);
        matches!(
            field,
            Some(FieldColumn::Department | FieldColumn::ReportingOrg | FieldColumn::ImplementingOrg)
        )
    });
    let without =
        bodies.filter_map(|pair| title.strip_prefix(pair[1].text.as_str()).filter(|rest| !rest.is_empty()));
    without.min_by_key(|rest| rest.len()).unwrap_or(title).to_owned()
}

/// What stands behind a year: the labels of the year reported on, and the shortest of their beginnings.
fn year_words(known: &Known<'_>) -> impl Iterator<Item = String> {
    let labels = known.grammars.forms.iter().flat_map(|form| form.labels.iter());
    let of_year = labels.filter(|(_, roles)| roles.contains(&Role::Field(FieldColumn::FiscalYear)));
    of_year.map(|(label, _)| fold::name(label).into_owned())
}

fn words(specimen: &Specimen, known: &Known<'_>) -> HashSet<String> {
    let pieces = specimen.rows.iter().flat_map(|row| row.filled()).filter(|(_, piece)| piece.is_words());
    pieces.map(|(_, piece)| known.bare(&piece.text)).collect()
}

fn shared_end<'t>(one: &'t str, other: &str) -> &'t str {
    let same = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    let bytes: usize = same.map(|(c, _)| c.len_utf8()).sum();
    &one[one.len() - bytes..]
}
