//! Scored lines at their places: each begins on its line, its texts stand under their headers, and so do the weights
//! and scores that findings and proofs name. Weight and score are often the same number in two cells side by side, so
//! that only the header tells them apart.

mod header;

use super::certificate::{self, Identity, ShiftedCell, Term};
use super::form::FormRows;
use super::labels;
use super::number::{self, Reading, Tail};
use super::place::Placed;
use super::report::{At, Check, Sink};
use super::rows::{Finding, Indicator};
use super::sheet::{Sheet, squashed};
use crate::grammar::{Grammars, Holds, Role};
use header::WIDEST;

/// Checks the scored lines of a form, and the points that its findings name.
pub(super) fn check(
    form: &FormRows<'_>,
    sheet: &Sheet<'_>,
    grammars: &Grammars,
    placed: &[Placed<'_>],
    sink: &mut Sink,
) {
    let headers = header::headers(form, sheet, grammars);
    let scored = Scored { form, sheet, grammars, placed, headers };
    scored.lone_totals(sink);
    let mut last = 0;
    for (nth, row) in form.indicators.iter().enumerate() {
        sink.checked().raws += 1;
        let at = form.at("indicators", row.line);
        let begins = scored.begins(row);
        sink.demand(begins.is_some(), Check::Source, at, || {
            "this scored line does not begin here".to_owned()
        });
        let Some(cell) = begins else { continue };
        sink.demand(cell > last, Check::Source, at, || {
            "this scored line begins before the one above it".to_owned()
        });
        last = cell;
        scored.texts(nth, row, cell, sink);
        scored.points(row, cell, sink);
    }
    for finding in &form.findings {
        let at = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
        for term in terms(finding) {
            if let Err(what) = scored.term(&term) {
                sink.fault(Check::Source, at, what);
            }
        }
        for cell in shifted(finding) {
            let stands = !sheet.holding(cell.line, &cell.raw).is_empty();
            sink.demand(stands, Check::Source, at, || {
                format!("`{}` does not stand on line {}", cell.raw, cell.line)
            });
        }
    }
}

struct Scored<'a, 'r, 't> {
    form: &'a FormRows<'r>,
    sheet: &'a Sheet<'t>,
    grammars: &'a Grammars,
    placed: &'a [Placed<'r>],
    headers: header::Headers,
}

impl Scored<'_, '_, '_> {
    /// The cell with which a scored line begins.
    fn begins(&self, row: &Indicator) -> Option<usize> {
        let cells = self.sheet.beginning(row.line);
        if row.kind == "execution" {
            return cells.into_iter().find(|&cell| self.is_execution(cell));
        }
        let first = [&row.level3, &row.target, &row.actual].into_iter().flatten().next();
        match first {
            // A cell that breaks over lines without a sign is only known by its beginning.
            Some(text) if self.sheet.breaks => {
                let wanted = squashed(text, true);
                let mut cells = cells.into_iter().filter(|_| self.sheet.begins(row.line, text, true));
                cells.find(|&cell| wanted.starts_with(&squashed(self.sheet.cell(cell), true)))
            }
            Some(text) => cells.into_iter().find(|&cell| {
                squashed(self.sheet.cell(cell), true) == squashed(text, true) && !self.is_level2(row, cell)
            }),
            None => cells.into_iter().next(),
        }
    }

    /// Whether a cell is the second level although it reads like the line itself: then the next one is the line.
    fn is_level2(&self, row: &Indicator, cell: usize) -> bool {
        let same = |text: &Option<String>, cell: usize| {
            text.as_deref().is_some_and(|text| squashed(text, true) == squashed(self.sheet.cell(cell), true))
        };
        row.level2 == row.level3 && same(&row.level3, cell + 1)
    }

    fn is_execution(&self, cell: usize) -> bool {
        let text = self.sheet.cell(cell);
        let label = |text: &str| {
            let found = labels::label(self.form, self.grammars, text);
            found.is_some_and(|found| {
                found.roles.iter().any(|role| match role {
                    Role::Row { block, row } => {
                        self.form.grammar.blocks[usize::from(*block)].rows[usize::from(*row)].scored.is_some()
                    }
                    _ => false,
                })
            })
        };
        label(text) || text.match_indices([':', '：']).any(|(at, _)| label(&text[..at]))
    }

    /// The printed texts of a line stand under their headers; where cells cannot be counted, within its lines.
    fn texts(&self, nth: usize, row: &Indicator, cell: usize, sink: &mut Sink) {
        let at = self.form.at("indicators", row.line);
        let texts =
            [(&row.target, Holds::Target), (&row.actual, Holds::Actual), (&row.reason, Holds::Reason)];
        for (text, holds) in texts {
            let Some(text) = text else { continue };
            let offset = self.offset(row, holds).filter(|_| !self.sheet.breaks && row.level3.is_some());
            let stands = match offset.and_then(|offset| cell.checked_add_signed(offset)) {
                Some(cell) if row.kind != "execution" => {
                    let printed = squashed(self.sheet.cell(cell), false);
                    let given = squashed(text, false);
                    printed == given || (holds == Holds::Target && self.is_split(row, &printed, &given))
                }
                _ => {
                    // A row that is broken over lines may have its other cells before its name.
                    let above = nth.checked_sub(1).filter(|_| self.sheet.breaks);
                    let from = above.map_or(row.line, |above| self.form.indicators[above].line);
                    self.sheet.stands(from.min(row.line)..=self.form.scored_end(nth), text)
                }
            };
            sink.demand(stands, Check::Source, at, || format!("`{text}` does not stand in this line"));
        }
    }

    /// Whether a target is put together from its number and the cells under the headers of its comparison and unit.
    fn is_split(&self, row: &Indicator, number: &str, given: &str) -> bool {
        let Some(name) = self.begins(row) else { return false };
        let piece = |holds: Holds| {
            let cell = self.offset(row, holds).and_then(|by| name.checked_add_signed(by));
            cell.map(|cell| squashed(self.sheet.cell(cell), false)).unwrap_or_default()
        };
        let (op, unit) = (piece(Holds::TargetOp), piece(Holds::TargetUnit));
        let none = String::new();
        [(&op, &unit), (&op, &none), (&none, &unit)].into_iter().any(|(op, unit)| {
            given == format!("{op}{number}{unit}") || given == format!("{number}{unit}{op}")
        })
    }

    /// The weight and score stand under their headers, and the level's weight in its cell above.
    fn points(&self, row: &Indicator, cell: usize, sink: &mut Sink) {
        let at = self.form.at("indicators", row.line);
        for (given, holds) in [(row.weight, Holds::Weight), (row.score, Holds::Score)] {
            let due = self.under(row.line, holds).filter(|_| !self.sheet.breaks);
            let printed = due.map(|cell| number::points(self.sheet.cell(cell), &self.grammars.lexicon));
            let stands = match printed {
                Some(Reading::Plain(printed)) if matches!(printed.tail, Tail::Nothing) => {
                    given == Some(printed.value)
                        || given
                            .is_some_and(|given| printed.value.at_scale(4) == Some((given.mantissa(), true)))
                }
                Some(Reading::Blank) => given.is_none(),
                // What is against the rules has a finding, which is held against the source by itself.
                _ => true,
            };
            sink.demand(stands, Check::Source, at, || {
                format!("another number stands under the header of {holds:?}")
            });
        }
        let (Some(level), Some(weight)) = (&row.level1, row.level1_weight) else { return };
        let first = self.sheet.pieces(self.form.row.line).first().map_or(cell, |piece| piece.cell);
        let name = squashed(level, true);
        let own = || (first..cell).rev().map(|cell| squashed(self.sheet.cell(cell), true));
        // A level that lacks a character is named as the finding about its cell says.
        let meant = |text: &String| {
            let guessed = super::labels::guessed(self.form, text, self.grammars);
            guessed.is_some_and(|meant| squashed(&meant, true).starts_with(&name))
        };
        let printed = own().find(|text| text.starts_with(&name) && text.len() > name.len());
        let is_weight =
            |text: &str| number::exact(text.trim_matches(|c: char| !c.is_ascii_digit())) == Some(weight);
        // A level that does not print its name with its weight prints the weight alone.
        let alone = |text: &String| {
            let word = text.trim_matches(|c: char| c.is_ascii_digit() || "()[].".contains(c));
            !text.is_empty() && (word.is_empty() || self.grammars.lexicon.score.whole(word).is_some())
        };
        let stands = match printed {
            Some(text) => is_weight(&text[name.len()..]),
            None if own().any(|text| meant(&text)) => own().filter(meant).any(|text| is_weight(&text)),
            None => own().filter(alone).any(|text| is_weight(&text)),
        };
        sink.demand(self.sheet.breaks || stands, Check::Source, at, || {
            format!("no cell above prints {weight} for `{level}`")
        });
    }

    /// The totals of a form whose lines above the cut are lost, which no sum can hold, stand behind a total's label.
    fn lone_totals(&self, sink: &mut Sink) {
        let row = self.form.row;
        if self.sheet.breaks || self.form.is_complete() || !self.form.is_untitled() {
            return;
        }
        let cells = || (row.line..=row.line_last).flat_map(|line| self.sheet.beginning(line));
        let value = |cell: usize| match number::points(self.sheet.cell(cell), &self.grammars.lexicon) {
            Reading::Plain(printed) => Some(printed.value),
            _ => None,
        };
        for (field, given) in [("weight_total", row.weight_total), ("score_total", row.score_total)] {
            let Some(given) = given else { continue };
            let stands = cells().any(|cell| value(cell) == Some(given) && self.is_total(cell, field));
            sink.demand(stands, Check::Source, self.form.here(), || {
                format!("no total's row of the form prints {given} as its {field}")
            });
        }
    }

    /// A weight, score, level or total that a finding names stands where it says.
    fn term(&self, term: &Term) -> Result<(), String> {
        let cells = self.sheet.holding(term.line, &term.raw);
        // What a table is worth stands in brackets behind the label in its corner.
        let bracketed = format!("({})", squashed(&term.raw, true));
        if term.field == "weight"
            && cells.is_empty()
            && self.sheet.between(term.line, term.line).contains(&bracketed)
        {
            return Ok(());
        }
        let missing = || {
            format!("`{}` does not stand on line {}, where {} is said to be", term.raw, term.line, term.field)
        };
        if cells.is_empty() {
            return Err(missing());
        }
        if self.sheet.breaks {
            return Ok(());
        }
        let due = match term.field.as_str() {
            "weight" => self.under(term.line, Holds::Weight),
            "score" => self.under(term.line, Holds::Score),
            "weight_total" | "score_total" => {
                let sound = cells.iter().any(|&cell| self.is_total(cell, &term.field));
                return if sound { Ok(()) } else { Err(missing()) };
            }
            _ => None,
        };
        let sound = due.is_none_or(|due| cells.contains(&due));
        if sound { Ok(()) } else { Err(missing()) }
    }

    /// Whether a cell is the total it is called: behind the total's label comes the weights', then the scores'.
    fn is_total(&self, cell: usize, field: &str) -> bool {
        let is_label = |cell: &usize| {
            let found = labels::label(self.form, self.grammars, self.sheet.cell(*cell));
            found.is_some_and(|found| found.roles.contains(&Role::Total))
        };
        let Some(label) = (cell.saturating_sub(WIDEST)..cell).rev().find(is_label) else { return false };
        let between = (label + 1..cell).filter(|&cell| !self.sheet.cell(cell).is_empty()).count();
        let both = self.form.row.weight_total.is_some();
        between == usize::from(field == "score_total" && both)
    }
}

/// The cells of the row that a finding offers to move.
fn shifted(finding: &Finding) -> Vec<ShiftedCell> {
    let proof = finding.proof.as_deref().and_then(|proof| serde_json::from_str::<Identity>(proof).ok());
    proof.and_then(|proof| proof.shifted_row).map(|row| row.cells).unwrap_or_default()
}

/// The weights, scores, levels and totals that a finding names: its own, and those of its proof.
fn terms(finding: &Finding) -> Vec<Term> {
    let mut out = Vec::new();
    if let (Some(table), Some(field), Some(line), Some(raw)) =
        (&finding.table, &finding.field, finding.line, &finding.raw)
    {
        let (table, field, raw) = (table.clone(), field.clone(), raw.clone());
        out.push(Term { table, field, line, cell: None, raw, value: None, form: None });
    }
    let proof = finding.proof.as_deref().unwrap_or_default();
    let mut identities: Vec<Identity> = serde_json::from_str(proof).into_iter().collect();
    identities.extend(
        serde_json::from_str::<certificate::Reading>(proof)
            .into_iter()
            .flat_map(|reading| reading.identities),
    );
    out.extend(identities.iter().filter_map(Identity::terms).flatten().cloned());
    let points = ["weight", "score", "level1_weight", "weight_total", "score_total"];
    out.retain(|term| points.contains(&term.field.as_str()) && term.form.is_none());
    out
}
