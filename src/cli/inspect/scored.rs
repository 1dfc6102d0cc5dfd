//! The scored lines: levels, target, what was reached, weight and score.

use super::form::gutter;
use crate::cli::terminal::{Align, Column, Columns, Paint, Piece, Style, mark};
use biaodan::inspect::{FormSheet, Row};
use biaodan::proof::Trust;

/// The columns: the dataset's name, and the columns of the terminal it may take.
const TEXTS: [(&str, usize); 5] =
    [("level1", 16), ("level2", 16), ("level3", 28), ("target", 20), ("actual", 20)];
const POINTS: [(&str, &str); 2] = [("weight", "weight_trust"), ("score", "trust")];
const NUMBER: usize = 12;

/// The table with the line it begins on; nothing where the form has no scored line.
pub fn table(form: &FormSheet, paint: Paint) -> Option<(u64, Vec<String>)> {
    let line = |row: &Row| row["line"].as_u64().unwrap_or_default();
    let indicators = &form.rows.indicators;
    let of_indicators = indicators.iter().find(|row| row["kind"] == "indicator");
    let first =
        of_indicators.or(indicators.first()).map(line).or(form.totals.first().map(|t| t.line.into()))?;
    let texts = TEXTS.iter().map(|&(_, most)| Column { align: Align::Left, most });
    let points = POINTS.iter().map(|_| Column { align: Align::Right, most: NUMBER });
    let mut out = Columns::new(texts.chain(points).collect());
    let names = TEXTS.iter().map(|(name, _)| *name).chain(POINTS.iter().map(|(name, _)| *name));
    out.push(gutter(None, paint), names.map(|name| Piece::new(name, Style::Faint)).collect());
    let mut before: Option<&Row> = None;
    for row in indicators {
        out.push(gutter(Some(line(row)), paint), cells(row, before));
        before = Some(row);
    }
    if let Some(total) = form.totals.first() {
        out.push(gutter(Some(total.line.into()), paint), totals(form));
    }
    Some((first, std::iter::once(String::new()).chain(out.lines(paint)).collect()))
}

/// Levels that are those of the row before are left out, as the form prints them.
fn cells(row: &Row, before: Option<&Row>) -> Vec<Piece> {
    let same = |column: &str| before.is_some_and(|before| before[column] == row[column]);
    let texts = TEXTS.iter().map(|&(column, _)| {
        let repeated = match column {
            "level1" => same("level1"),
            "level2" => same("level1") && same("level2"),
            _ => false,
        };
        let text = row[column].as_str().filter(|_| !repeated).unwrap_or_default();
        match row["level1_weight"].as_str().filter(|_| column == "level1" && !repeated) {
            Some(weight) => Piece::new(&format!("{text} ({})", bare(weight)), Style::Plain),
            None => Piece::new(text, Style::Plain),
        }
    });
    let points = POINTS.iter().map(|(column, trust)| {
        let trust = trust_of(row[*trust].as_str());
        match (row[*column].as_str(), trust) {
            (Some(value), _) => Piece::new(bare(value), Style::Trust(trust)).marked(mark(trust)),
            (None, Trust::Stated) => Piece::default(),
            (None, _) => Piece::new("unreadable", Style::Trust(trust)).marked(mark(trust)),
        }
    });
    texts.chain(points).collect()
}

fn totals(form: &FormSheet) -> Vec<Piece> {
    let mut cells = vec![Piece::new("total", Style::Strong)];
    cells.resize_with(TEXTS.len(), Piece::default);
    for column in ["weight_total", "score_total"] {
        let total = form.totals.iter().find(|total| total.column == column);
        cells.push(total.map_or_else(Piece::default, |total| {
            let trust = trust_of(Some(total.trust));
            Piece::new(&total.raw, Style::Trust(trust)).marked(mark(trust))
        }));
    }
    cells
}

fn trust_of(word: Option<&str>) -> Trust {
    Trust::ALL.into_iter().find(|trust| Some(trust.as_str()) == word).unwrap_or(Trust::Stated)
}

/// A decimal without the zeros that its column puts behind it.
fn bare(decimal: &str) -> &str {
    if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal }
}
