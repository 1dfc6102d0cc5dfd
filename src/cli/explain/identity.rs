//! An identity over a figure, with its terms.

use crate::cli::terminal::{Align, Column, Columns, Paint, Piece, Style, shortened};
use biaodan::inspect::{Said, SaidOf};
use biaodan::proof::Trust;
use serde_json::Value;
use std::collections::BTreeMap;

/// Columns of the terminal that a name may take, and terms that are shown.
const NAME: usize = 60;
const TERMS: usize = 30;
/// Identities of one name that are shown although they say nothing.
const SILENT: usize = 2;

/// The identities over a figure as lines. A department's total has the same one with each of its projects, of which most say nothing.
pub fn all(identities: &[Said], paint: Paint) -> Vec<String> {
    let (mut out, mut silent) = (Vec::new(), BTreeMap::new());
    for said in identities {
        let nth: &mut usize = silent.entry((&*said.identity, said.silent)).or_default();
        *nth += usize::from(said.holds.is_none());
        if *nth <= SILENT || said.holds.is_some() {
            out.extend(lines(said, paint));
        }
    }
    for ((identity, why), count) in silent {
        if let Some(more) = count.checked_sub(SILENT).filter(|&more| more > 0) {
            let verdict = format!("says nothing {more} times more: {}", why.unwrap_or_default());
            out.push(format!("  {}  {}", shortened(identity, NAME), paint.paint(Style::Faint, &verdict)));
        }
    }
    out
}

/// The identity as lines.
fn lines(said: &Said, paint: Paint) -> Vec<String> {
    let (style, verdict) = match (said.holds, said.silent) {
        (Some(true), _) => (Style::Trust(Trust::Proven), "holds".to_owned()),
        (Some(false), _) => (Style::Trust(Trust::Disputed), "fails".to_owned()),
        (None, why) => (Style::Faint, format!("says nothing: {}", why.unwrap_or_default())),
    };
    let mut out = vec![
        format!("  {}  {}", shortened(&said.identity, NAME), paint.paint(style, &verdict)),
        format!("    {} ({})", shortened(&said.because, 2 * NAME), said.law),
    ];
    out.extend(terms(said, paint));
    if let Some(more) = said.terms.len().checked_sub(TERMS).filter(|&more| more > 0) {
        out.push(format!("      and {more} more"));
    }
    if let Some(sum) = &said.sum {
        out.push(format!("      the parts add up to {sum}"));
    }
    out
}

fn terms(said: &Said, paint: Paint) -> Vec<String> {
    let left = |most| Column { align: Align::Left, most };
    let right = |most| Column { align: Align::Right, most };
    let mut columns = Columns::new(vec![left(5), right(24), right(24), left(18), left(NAME)]);
    let elsewhere = said.terms.iter().any(|term| term.form != said.terms[0].form);
    // The figure asked about is shown however many terms there are.
    for term in said.terms.iter().enumerate().filter(|(nth, term)| *nth < TERMS || term.asked).map(|(_, t)| t)
    {
        columns.push("      ".to_owned(), cells(term, elsewhere));
    }
    columns.lines(paint)
}

fn cells(term: &SaidOf, elsewhere: bool) -> Vec<Piece> {
    let text = |column: &str| term.term.get(column).and_then(Value::as_str).unwrap_or_default();
    let line = term.term.get("line").and_then(Value::as_u64).unwrap_or_default();
    let place = match elsewhere {
        true => format!("form {} line {line}", term.form),
        false => format!("line {line}"),
    };
    let trust = Trust::ALL.into_iter().find(|trust| trust.as_str() == term.trust).unwrap_or(Trust::Stated);
    let given =
        term.term.get("value").and_then(Value::as_str).map_or("= none".to_owned(), |v| format!("= {v}"));
    let style = if term.asked { Style::Strong } else { Style::Plain };
    vec![
        Piece::new(term.role, style),
        Piece::new(text("raw"), Style::Trust(trust)).marked(crate::cli::terminal::mark(trust)),
        Piece::new(&given, style),
        Piece::new(&place, Style::Faint),
        Piece::new(
            &if term.asked { format!("{} (this one)", text("name")) } else { text("name").to_owned() },
            style,
        ),
    ]
}
