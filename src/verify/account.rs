//! A document's figures, read anew, judged anew, and compared with what its rows and findings say of them.

use super::claims::{Claims, Spot};
use super::expected::Expected;
use super::facts::{Facts, Place};
use super::figure::{Given, MONEY, QUANTITY};
use super::form::{DocumentRows, FormRows};
use super::guessed::line_of;
use super::lay::{self, Laid};
use super::number::{self, Printed, Tail};
use super::report::{At, Check, Sink};
use super::rows::{Amount, Measure};
use super::{labels, pairs, plausible, points, target, together, unit, verdict};
use crate::finding::{Code, Severity};
use crate::grammar::Grammars;
use crate::grammar::vocabulary::MoneyUnit;
use crate::value::decimal::Decimal;

/// Judges a document and reports wherever its rows disagree.
pub(super) fn judge<'r>(document: &DocumentRows<'r>, grammars: &Grammars, sink: &mut Sink) {
    let (mut facts, mut claims, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for form in &document.forms {
        let mut own = Claims::of(form);
        let unit = unit::state(form, &mut own, grammars, sink);
        facts.push(gather(form, &unit, &mut own, grammars, sink));
        units.push(unit);
        claims.push(own);
    }
    let laid: Vec<Vec<Laid<'r>>> = document
        .forms
        .iter()
        .zip(&facts)
        .map(|(form, facts)| lay::identities(form, facts, grammars))
        .collect();
    for (nth, facts) in facts.iter_mut().enumerate() {
        verdict::repair(&document.forms[nth], facts, &laid[nth], sink);
    }
    let pairs = pairs::pairs(document, &facts, grammars);
    let together = together::together(document, &facts, grammars);
    sink.checked().identities += together.len() + pairs.len() + laid.iter().map(Vec::len).sum::<usize>();
    unit::check(document, &facts, &units, &pairs, sink);
    let differing = verdict::compare(&mut facts, &pairs);
    let mut expected = Expected { document, facts: &mut facts, claims: &mut claims, grammars, sink };
    for (nth, laid) in laid.iter().enumerate() {
        expected.form(nth, laid);
    }
    expected.pairs(&differing);
    expected.together(&together);
    for ((form, facts), own) in document.forms.iter().zip(&facts).zip(claims) {
        own.finish(form, sink);
        compare(form, facts, sink);
    }
}

/// Whether a finding about a column says that the figure on a line may be another's.
fn is_displaced(form: &FormRows<'_>, table: &str, field: &str, line: i32, raw: &str, trust: &str) -> bool {
    let told = form.findings.iter().filter(|finding| {
        finding.code == Code::RowMisshapen.as_str()
            && (finding.table.as_deref(), finding.field.as_deref()) == (Some(table), Some(field))
            && (finding.line, finding.raw.as_deref()) == (Some(line), Some(raw))
    });
    let told = told.count();
    if told == 0 {
        return false;
    }
    let same = match table {
        "amounts" => form.amounts.iter().filter(|row| (row.line, row.raw.as_str()) == (line, raw)).count(),
        _ => form.measures.iter().filter(|row| (row.line, row.raw.as_str()) == (line, raw)).count(),
    };
    // Of figures that look the same where several rows share a line, nothing but their trust says which are meant.
    told >= same || trust == "assumed"
}

fn gather<'r>(
    form: &FormRows<'r>,
    unit: &unit::State<'_>,
    claims: &mut Claims<'r>,
    grammars: &Grammars,
    sink: &mut Sink,
) -> Facts<'r> {
    let mut facts = Facts { amounts: form.amounts.len(), ..Facts::default() };
    for (at, row) in form.amounts.iter().enumerate() {
        labels::amount(form, row, grammars, sink);
        let given = given(form, Place::Amount(at), row.line, &row.raw, row.amount_yuan, &row.trust, grammars);
        let mut fact = given.fact(claims, sink, |printed| in_yuan(printed, row));
        fact.doubtful = unit.is_open() && row.unit_basis != "cell";
        let column = row.measure_label.as_deref();
        fact.guessed = labels::is_guessed(form, (&row.item, row.line), column, grammars);
        fact.displaced = is_displaced(form, "amounts", "cell", row.line, &row.raw, &row.trust);
        fact.unsure = is_displaced(form, "amounts", "measure", row.line, &row.raw, &row.trust);
        facts.all.push(fact);
    }
    for (at, row) in form.measures.iter().enumerate() {
        labels::measure(form, row, grammars, sink);
        let given = given(form, Place::Measure(at), row.line, &row.raw, row.value, &row.trust, grammars);
        let mut fact = given.fact(claims, sink, |printed| as_measured(printed, row));
        let line = line_of(&row.item_path);
        fact.guessed = labels::is_guessed(form, (line, row.line), Some(&row.item), grammars);
        fact.displaced = is_displaced(form, "measures", "cell", row.line, &row.raw, &row.trust);
        fact.unsure = is_displaced(form, "measures", "item", row.line, &row.raw, &row.trust);
        fact.implausible = plausible::measure(row, fact.value, &grammars.lexicon);
        facts.all.push(fact);
    }
    target::level_weights(form, claims);
    form.indicators.iter().for_each(|row| target::check(form, row, claims, &grammars.lexicon, sink));
    points::gather(form, &mut facts, claims, &grammars.lexicon, sink);
    astray(form, &mut facts, sink);
    misplaced(form, &mut facts, sink);
    facts
}

/// A figure by the row that it stands in.
struct Standing<'r> {
    at: usize,
    line: i32,
    cell: i32,
    row: &'r str,
    raw: &'r str,
}

/// Marks every figure of the rows that a finding, which stands at the first of them, says may stand under other columns.
fn astray(form: &FormRows<'_>, facts: &mut Facts<'_>, sink: &mut Sink) {
    let (amounts, measures) = (&form.amounts, &form.measures);
    let standing = facts.all.iter().enumerate().filter_map(|(at, fact)| {
        let (cell, row, raw) = match fact.place {
            Place::Amount(nth) => (amounts[nth].cell, amounts[nth].item_path.as_str(), &amounts[nth].raw),
            Place::Measure(nth) => {
                let (row, _) = measures[nth].item_path.rsplit_once(" / ").unwrap_or_default();
                (measures[nth].cell, row, &measures[nth].raw)
            }
            _ => return None,
        };
        Some(Standing { at, line: fact.line, cell, row, raw })
    });
    let all: Vec<Standing<'_>> = standing.collect();
    for finding in form.found(Code::RowMisshapen.as_str(), "row") {
        let first = all.iter().find(|figure| {
            facts.all[figure.at].place.column().0 == finding.table.as_deref().unwrap_or_default()
                && Some(figure.line) == finding.line
                && Some(figure.raw) == finding.raw.as_deref()
        });
        let at = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
        sink.demand(first.is_some(), Check::Certificate, at, || "no such figure stands there".to_owned());
        let Some(first) = first else { continue };
        let same = || all.iter().filter(|other| other.row == first.row);
        // The same line printed again begins at the same cell or before it.
        let again = same().filter(|other| other.line > first.line && other.cell <= first.cell);
        let end = again.map(|other| other.line).min().unwrap_or(i32::MAX);
        for figure in same().filter(|figure| (first.line..end).contains(&figure.line)) {
            facts.all[figure.at].doubtful = true;
        }
    }
}

/// Marks the figures that a finding says may stand in another column's place; each such finding has its figure.
fn misplaced(form: &FormRows<'_>, facts: &mut Facts<'_>, sink: &mut Sink) {
    let findings = form.findings.iter().filter(|finding| finding.code == Code::RowMisshapen.as_str());
    // Figures of dialects that lose cells or tear lines have findings of their own, which only inform.
    let warns = |severity: &str| severity == Severity::Warning.as_str();
    let of_row = |finding: &&super::rows::Finding| finding.field.as_deref() == Some("row");
    // A name that may be longer or shorter is no figure.
    let of_figure =
        |finding: &&super::rows::Finding| finding.table.as_deref().is_some_and(|table| table != "forms");
    let findings = findings.filter(|finding| of_figure(finding) && !of_row(finding));
    for finding in findings.filter(|finding| warns(&finding.severity)) {
        let (table, field) = (finding.table.as_deref(), finding.field.as_deref());
        let is = |fact: &super::facts::Fact<'_>| {
            let column = fact.place.column();
            let (lines, raw) = match fact.place {
                Place::Amount(row) => (fact.line..=fact.line, Some(&form.amounts[row].raw)),
                Place::Measure(row) => (fact.line..=fact.line, Some(&form.measures[row].raw)),
                Place::Weight(row) | Place::Score(row) => {
                    (form.scored_begin(row)..=form.scored_end(row), None)
                }
                _ => return false,
            };
            (table, field) == (Some(column.0), Some(column.1))
                && finding.line.is_some_and(|line| lines.contains(&line))
                && raw.is_none_or(|raw| finding.raw.as_ref() == Some(raw))
                && unit::equals(finding.value.as_deref(), fact.value)
        };
        let at = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
        let mut found = false;
        // Of figures that look the same, those that an identity holds are not doubted all the same.
        for fact in facts.all.iter_mut().filter(|fact| is(fact)) {
            (fact.misplaced, found) = (true, true);
        }
        sink.demand(found, Check::Certificate, at, || {
            "no such figure stands in a row that is too long".to_owned()
        });
    }
}

fn given<'a, 'r>(
    form: &'a FormRows<'r>,
    place: Place,
    line: i32,
    raw: &'a str,
    stored: Option<Decimal>,
    claimed: &'r str,
    grammars: &Grammars,
) -> Given<'a, 'r> {
    let (table, field) = place.column();
    Given {
        place,
        at: form.at(table, line),
        spot: Spot { table, field, lines: line..=line, raw: Some(raw) },
        stored,
        keeps: if matches!(place, Place::Amount(_)) { MONEY } else { QUANTITY },
        claimed: Some(claimed),
        reading: number::read(raw, &grammars.lexicon),
    }
}

/// The power of ten that takes a printed sum to yuan.
fn in_yuan(printed: &Printed, row: &Amount) -> Result<i8, String> {
    let unit = MoneyUnit::ALL.into_iter().find(|unit| unit.as_str() == row.unit);
    let Some(unit) = unit else { return Err(format!("`{}` is no unit of money", row.unit)) };
    let in_cell = row.unit_basis == "cell";
    match printed.tail {
        Tail::Money(own) if in_cell && own == unit => Ok(unit.power()),
        Tail::Money(own) => {
            Err(format!("the cell says {}, the row {} by {}", own.as_str(), row.unit, row.unit_basis))
        }
        // 万 alone behind a sum of money is 万元.
        Tail::Times(power) if in_cell && power == unit.power() => Ok(power),
        _ if in_cell => Err("the cell states no unit".to_owned()),
        Tail::Nothing => Ok(unit.power()),
        Tail::Times(power) if unit.power() == 0 => Ok(power),
        Tail::Times(_) => Err(format!("nothing says whether the multiplier comes on top of {}", row.unit)),
        Tail::Percent(_) => Err("a percentage is no sum of money".to_owned()),
        Tail::Counted(_) => Err("what is counted is no money".to_owned()),
    }
}

/// The power of ten that takes another printed number to its value: a bare rate above 2 can only be in percent.
fn as_measured(printed: &Printed, row: &Measure) -> Result<i8, String> {
    match printed.tail {
        Tail::Money(_) => Err(format!("a sum of money is no {}", row.unit)),
        Tail::Percent(_) if row.unit != "ratio" => Err(format!("a percentage is no {}", row.unit)),
        Tail::Times(_) | Tail::Counted(_) if row.unit == "ratio" => {
            Err("what is counted is no rate".to_owned())
        }
        _ if row.unit != "ratio" && printed.value.is_negative() => {
            Err(format!("{} is no {}", printed.value, row.unit))
        }
        Tail::Percent(power) => Ok(power),
        _ if row.unit == "ratio" && printed.value > Decimal::from(2) => Ok(-2),
        Tail::Times(power) | Tail::Counted(power) => Ok(power),
        Tail::Nothing => Ok(0),
    }
}

/// Compares what must stand behind each figure with what its row says, and counts what is covered.
fn compare(form: &FormRows<'_>, facts: &Facts<'_>, sink: &mut Sink) {
    let (mut figures, mut covered) = (0, 0);
    for fact in &facts.all {
        let (table, field) = fact.place.column();
        if let Some(claimed) = fact.claimed {
            let due = fact.trust();
            plausible::check(form, fact, due, sink);
            sink.demand(claimed == due, Check::Trust, form.at(table, fact.line), || {
                format!("{field} is called {claimed}, but it is {due}: {}", reason(fact))
            });
        }
        figures += usize::from(fact.value.is_some());
        covered += usize::from(fact.value.is_some() && fact.verdict.proofs > 0);
    }
    sink.cover(&form.row.form_type, figures, covered);
}

fn reason(fact: &super::facts::Fact<'_>) -> String {
    let v = &fact.verdict;
    let written = if fact.odd.is_some() { "malformed" } else { "well-formed" };
    let unit = if fact.doubtful { ", of doubtful unit" } else { "" };
    let contradicted = if v.contradicted { ", contradicted by another form" } else { "" };
    format!("{written}{unit}{contradicted}, {} identities pin it, {} fail", v.proofs, v.disputes)
}
