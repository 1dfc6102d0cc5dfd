//! A row whose cells all stand one column off: an empty cell too many before its figures, or a cell lost there.

use super::corpus::{Corpus, Random};
use biaodan::pipeline::{Converted, Converter};
use biaodan::proof::{Place, Trust};
use biaodan::source::Document;
use biaodan::value::decimal::Decimal;
use std::collections::BTreeMap;

/// What became of the shifted rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub injected: u32,
    /// Something of the row is disputed, doubted, gone or reported.
    pub detected: u32,
    /// The row and the side are offered.
    pub offered: u32,
    /// Another row or side is.
    pub misled: u32,
    pub falsely_repaired: u32,
    pub unnoticed: u32,
    /// A figure stands where another belongs, and is trusted: of those places that were pinned, and of others.
    pub undetected: u32,
    pub uncovered: u32,
}

/// Where a figure stands: the line's label, and the place of its column.
type Spot = (String, u32);

/// Shifts so many rows to either side: by whether a figure of the row is covered, and whether a cell was lost.
pub fn run(
    converter: &Converter<'_>,
    corpus: &mut Corpus,
    random: &mut Random,
    wanted: u64,
) -> BTreeMap<(bool, bool), Tally> {
    let mut tallies: BTreeMap<(bool, bool), Tally> = BTreeMap::new();
    let mut done = 0;
    while done < wanted {
        let text = corpus.document(3);
        let document = Document::from_text("sound", text.as_str());
        let sound = converter.convert(&document);
        for _ in 0..20 {
            let Some((form, at)) = some_figure(&sound, random) else { continue };
            let lost = random.below(2) == 0;
            let Some(row) = Row::of(&sound, form, at) else { continue };
            let Some(corrupted) = row.shifted(&text, lost) else { continue };
            let document = Document::from_text("shifted", corrupted);
            let after = converter.convert(&document);
            let tally = tallies.entry((row.pinned, lost)).or_default();
            done += 1;
            row.count(&after, form, lost, tally);
        }
    }
    tallies
}

/// A row of a sound form.
struct Row {
    /// Its label.
    of: String,
    /// Its figures, from the left, and whether each is pinned.
    figures: BTreeMap<Spot, (Option<Decimal>, bool)>,
    pinned: bool,
    /// The line on which the first cell stands that is moved or lost.
    first: u32,
    findings: usize,
}

impl Row {
    fn of(sound: &Converted<'_>, form: usize, at: usize) -> Option<Row> {
        let judged = &sound.forms[form];
        let own = spot(sound, form, at)?;
        let mut figures = BTreeMap::new();
        let mut pinned = false;
        for other in 0..judged.facts.all.len() {
            let Some(there) = spot(sound, form, other).filter(|there| there.0 == own.0) else { continue };
            let fact = &judged.facts.all[other];
            let held = fact.trust == Trust::Proven && fact.pinned;
            pinned |= held;
            figures.insert(there, (fact.value, held));
        }
        let valued = &judged.valued;
        let first = match judged.facts.all[at].place {
            Place::Weight(line) | Place::Score(line) => valued.form.lines[line as usize].target?.line,
            Place::Amount(at) | Place::Measure(at) => {
                let item = valued.figures[at as usize].item;
                let own = valued
                    .form
                    .figures
                    .iter()
                    .filter(|figure| figure.item == item && figure.header.is_some());
                own.map(|figure| figure.printed.line).min()?
            }
            _ => return None,
        };
        Some(Row { of: own.0, figures, pinned, first, findings: sound.findings.len() })
    }

    /// The text with the row shifted. Its first cell is one line of its own.
    fn shifted(&self, text: &str, lost: bool) -> Option<String> {
        let mut lines: Vec<&str> = text.split('\n').collect();
        let at = self.first as usize - 1;
        if !lines.get(at)?.starts_with('\t') || !lines.get(at + 1)?.starts_with('\t') {
            return None;
        }
        if lost {
            lines.remove(at);
        } else {
            lines.insert(at, "\t");
        }
        Some(lines.join("\n"))
    }

    fn count(&self, after: &Converted<'_>, form: usize, lost: bool, tally: &mut Tally) {
        tally.injected += 1;
        let Some(judged) = after.forms.get(form) else {
            tally.detected += 1;
            return;
        };
        let mut doubted = after.findings.len() != self.findings;
        let mut seen = 0;
        for at in 0..judged.facts.all.len() {
            let Some(there) = spot(after, form, at).filter(|there| there.0 == self.of) else { continue };
            let fact = &judged.facts.all[at];
            let (right, pinned) = match self.figures.get(&there) {
                Some((value, pinned)) => (fact.value == *value, *pinned),
                None => (false, false),
            };
            seen += 1;
            doubted |= matches!(fact.trust, Trust::Assumed | Trust::Disputed);
            match fact.trust {
                Trust::Repaired if !right => tally.falsely_repaired += 1,
                Trust::Proven | Trust::Stated if !right && pinned => {
                    println!(
                        "undetected: a shifted row, line {}: {:?} is {:?}",
                        fact.line, fact.place, fact.value
                    );
                    tally.undetected += 1;
                }
                Trust::Proven | Trust::Stated if !right => tally.uncovered += 1,
                _ => {}
            }
        }
        doubted |= seen != self.figures.len();
        tally.detected += u32::from(doubted);
        tally.unnoticed += u32::from(!doubted);
        if let Some((line, by)) = offer(after, form) {
            // What is left of the row begins on the same line, or on the next behind an empty cell.
            let side = if lost { 1 } else { -1 };
            let right = by == side && (self.first..=self.first + 3).contains(&line);
            tally.offered += u32::from(right);
            tally.misled += u32::from(!right);
        }
    }
}

/// The first line and the side of the row that a finding of a form offers to move.
fn offer(converted: &Converted<'_>, form: usize) -> Option<(u32, i64)> {
    let own = converted.findings.iter().filter(|finding| finding.form == Some(form as u32 + 1));
    let proofs = own.filter_map(|finding| finding.proof.as_deref());
    let shifted = proofs.filter_map(|proof| {
        let proof: serde_json::Value = serde_json::from_str(proof).ok()?;
        proof.get("shifted_row").cloned()
    });
    shifted.into_iter().find_map(|row| {
        let lines = row["cells"].as_array()?.iter().filter_map(|cell| cell["line"].as_u64());
        Some((u32::try_from(lines.min()?).ok()?, row["by"].as_i64()?))
    })
}

fn spot(converted: &Converted<'_>, form: usize, at: usize) -> Option<Spot> {
    let judged = &converted.forms[form];
    let valued = &judged.valued;
    let name = |line: u32| valued.form.lines[line as usize].level3.map(|level3| level3.text.to_owned());
    match judged.facts.all[at].place {
        Place::Amount(at) | Place::Measure(at) => {
            let figure = &valued.figures[at as usize];
            let label = valued.form.items[figure.item as usize].label?;
            Some((label.text.to_owned(), figure.header?))
        }
        // The execution line is a row of a matrix.
        Place::Weight(at) if !valued.form.lines[at as usize].execution => Some((name(at)?, 0)),
        Place::Score(at) if !valued.form.lines[at as usize].execution => Some((name(at)?, 1)),
        _ => None,
    }
}

/// Some figure that is not zero, by its form and fact; no level or total.
pub fn some_figure(sound: &Converted<'_>, random: &mut Random) -> Option<(usize, usize)> {
    let form = random.below(sound.forms.len() as u64) as usize;
    let facts = &sound.forms[form].facts.all;
    let at = random.below(facts.len() as u64) as usize;
    let fact = &facts[at];
    let plain = !matches!(fact.place, Place::Level(_) | Place::WeightTotal | Place::ScoreTotal);
    (plain && fact.value.is_some_and(|value| !value.is_zero())).then_some((form, at))
}
