//! What biaodan makes of a dump, held against what the forms mean.
//!
//! Rows are compared with the forms on whose lines they stand. A figure is *right* when its value, what it is a figure of and, for
//! money, its stage of the budget and its year are those of the truth. A figure that is called proven or stated and is not right
//! is *wrong*: there must be none, whatever was done to the dump. A figure that is not right but stands, marked as doubtful, in
//! a row or a finding with its own text is *flagged*.

mod amounts;
mod heads;
mod indicators;
mod names;

use crate::conversion::{self, Outcome};
use crate::corpus::{Written, truth};
use crate::rows::Row;
use biaodan::source::{Document, ReadOptions};
use std::ops::AddAssign;

/// How figures of one kind came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many the forms hold.
    pub expected: usize,
    pub right: usize,
    /// Of those right, how many are called proven or stated.
    pub trusted: usize,
    pub flagged: usize,
    /// How many rows are called proven or stated and say something else than the forms.
    pub wrong: usize,
}

/// How a document, or all documents of a dialect and form, came out.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub documents: usize,
    pub amounts: Tally,
    pub indicators: Tally,
    pub measures: Tally,
    /// Year, department, project, organisations, unit. Heads say nothing of their trust: `wrong` are those given otherwise.
    pub heads: Tally,
    pub texts: Tally,
    pub defects: Tally,
    /// What was wrong and trusted, as sentences.
    pub examples: Vec<String>,
    /// What was neither right nor flagged, or a line that differs: the first of each document.
    pub missed: Vec<String>,
}

impl Tally {
    /// Percent of those expected, 100 where none is.
    pub fn share(&self, of: usize) -> f64 {
        if self.expected == 0 { 100.0 } else { 100.0 * of as f64 / self.expected as f64 }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.expected += other.expected;
        self.right += other.right;
        self.trusted += other.trusted;
        self.flagged += other.flagged;
        self.wrong += other.wrong;
    }
}

/// The headings over [`Score::line`].
pub const HEADINGS: &str = "dialect           form                 docs |  amounts  right  flag wrong |    lines  right wrong | measures wrong |  heads wrong |  texts | defects";

impl Score {
    /// The score as a line of a table: counts, and percent of those expected.
    pub fn line(&self) -> String {
        let (a, i, m, h) = (&self.amounts, &self.indicators, &self.measures, &self.heads);
        format!(
            "{:>5} | {:>8} {:>5.1}% {:>4.0}% {:>5} | {:>8} {:>5.1}% {:>5} | {:>7.1}% {:>5} | {:>5.1}% {:>5} | {:>5.1}% | {:>3}/{}",
            self.documents,
            a.expected,
            a.share(a.right),
            a.share(a.flagged),
            a.wrong,
            i.expected,
            i.share(i.right),
            i.wrong,
            m.share(m.right),
            m.wrong,
            h.share(h.right),
            h.wrong,
            self.texts.share(self.texts.right),
            self.defects.right,
            self.defects.expected,
        )
    }

    /// Rows called proven or stated that are not right.
    pub fn wrong(&self) -> usize {
        self.amounts.wrong + self.indicators.wrong + self.measures.wrong
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        self.documents += other.documents;
        self.amounts += other.amounts;
        self.indicators += other.indicators;
        self.measures += other.measures;
        self.heads += other.heads;
        self.texts += other.texts;
        self.defects += other.defects;
        self.examples.extend(other.examples);
        self.missed.extend(other.missed);
    }
}

/// A form with its rows; or forms that begin on one line and the rows from there to the next such line, where as many forms
/// were not read there.
pub struct Region<'m> {
    pub forms: Vec<&'m truth::Form>,
    rows: Vec<&'m Row>,
}

impl<'m> Region<'m> {
    pub fn of_table<'t>(&'t self, table: &'t str) -> impl Iterator<Item = &'m Row> + 't {
        self.rows.iter().copied().filter(move |row| row.table == table)
    }

    /// The region parted by forms, the nth that was read being the nth that stands there. Rows of no form stay with the first;
    /// where the forms are not as many, nothing says which is which, and the region stays whole.
    fn parted(self) -> Vec<Region<'m>> {
        let id =
            |row: &Row| if row.table == "documents" { None } else { row.get("form_id").map(str::to_owned) };
        let mut ids: Vec<String> = self.rows.iter().filter_map(|row| id(row)).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() != self.forms.len() || ids.len() < 2 {
            return vec![self];
        }
        let mut parts: Vec<Region<'m>> =
            self.forms.iter().map(|form| Region { forms: vec![form], rows: Vec::new() }).collect();
        for row in self.rows {
            let at = id(row).and_then(|id| ids.binary_search(&id).ok()).unwrap_or(0);
            parts[at].rows.push(row);
        }
        parts
    }
}

/// Converts a document and compares.
pub fn measure(written: &Written) -> Score {
    let rows = match Document::from_bytes("dump.txt", written.bytes.clone(), &ReadOptions::default()) {
        Ok(document) => conversion::of_document(&document),
        Err(_) => Outcome { status: "failed", lines: 0, lines_unclaimed: 0, rows: Vec::new() },
    };
    let mut score = Score { documents: 1, ..Score::default() };
    for region in regions(&written.truth.forms, &rows.rows) {
        amounts::compare(&region, &mut score);
        amounts::compare_measures(&region, &mut score);
        indicators::compare(&region, &mut score);
        heads::compare(&region, &mut score);
    }
    for defect in written.truth.forms.iter().flat_map(|form| &form.defects) {
        score.defects.expected += 1;
        let reported = rows.of_table("findings").any(|row| row.get("code") == Some(defect.finding));
        score.defects.right += usize::from(reported);
    }
    score.missed.truncate(1);
    let place = format!(
        "{} {} {} seed {}",
        written.truth.dialect,
        written.truth.level,
        kind(written),
        written.truth.seed
    );
    score.examples.iter_mut().chain(&mut score.missed).for_each(|text| *text = format!("{place}: {text}"));
    score
}

fn kind(written: &Written) -> &'static str {
    written.truth.forms.first().map_or("", |form| form.form)
}

fn regions<'m>(forms: &'m [truth::Form], rows: &'m [Row]) -> Vec<Region<'m>> {
    let mut regions: Vec<(usize, Region<'m>)> = Vec::new();
    for form in forms {
        match regions.last_mut() {
            Some((line, region)) if *line == form.line => region.forms.push(form),
            _ => regions.push((form.line, Region { forms: vec![form], rows: Vec::new() })),
        }
    }
    for row in rows.iter().filter(|row| row.get("line").is_some()) {
        let line = row.int("line") as usize;
        let at = regions.partition_point(|(first, _)| *first <= line).saturating_sub(1);
        if let Some((_, region)) = regions.get_mut(at) {
            region.rows.push(row);
        }
    }
    regions.into_iter().flat_map(|(_, region)| region.parted()).collect()
}

/// Whether a row vouches for its figure.
fn is_trusted(trust: Option<&str>) -> bool {
    matches!(trust, Some("proven" | "stated"))
}
