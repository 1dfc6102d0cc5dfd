//! Sums of money, head counts and rates.

use super::names::{compact, holds_figure, near, same_number, spaced};
use super::{Region, Score, Tally, is_trusted};
use crate::corpus::truth;
use crate::rows::Row;

/// Matches every sum of the forms with a row of its own.
pub fn compare(region: &Region<'_>, score: &mut Score) {
    let truths: Vec<&truth::Amount> = region.forms.iter().flat_map(|form| &form.amounts).collect();
    let mut rows: Vec<&Row> = region.of_table("amounts").collect();
    let mut tally = Tally { expected: truths.len(), ..Tally::default() };
    let mut left = Vec::new();
    for amount in &truths {
        match rows.iter().position(|row| is_same(amount, row)) {
            Some(at) => {
                tally.right += 1;
                tally.trusted += usize::from(is_trusted(rows.swap_remove(at).get("trust")));
            }
            None => left.push(*amount),
        }
    }
    // A sum of which nothing is missing but the year says nothing that is wrong; it is not right either.
    left.retain(|amount| {
        let undated = rows.iter().position(|row| row.get("amount_year").is_none() && is_sum_of(amount, row));
        if let Some(at) = undated {
            rows.swap_remove(at);
            score.missed.push(format!("no year for {amount:?}"));
        }
        undated.is_none()
    });
    let (wrong, doubtful): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| is_trusted(row.get("trust")));
    tally.wrong = wrong.len();
    let said = |row: &Row| format!("{row:?}; the form has {:?}", explained(&truths, row));
    score.examples.extend(wrong.iter().map(|row| said(row)));
    flag(region, &left, doubtful, &mut tally, score);
    score.amounts += tally;
}

/// What became of sums that no row gives rightly.
fn flag(
    region: &Region<'_>,
    left: &[&truth::Amount],
    mut doubtful: Vec<&Row>,
    tally: &mut Tally,
    score: &mut Score,
) {
    let findings: Vec<String> =
        region.of_table("findings").filter_map(|row| row.get("raw").map(spaced)).collect();
    for amount in left {
        let raw = spaced(&amount.raw);
        let holds = |row: &&Row| row.get("raw").is_some_and(|text| holds_figure(&spaced(text), &raw));
        if let Some(at) = doubtful.iter().position(holds) {
            score.missed.push(format!("doubtful {:?} for {amount:?}", doubtful.swap_remove(at)));
            tally.flagged += 1;
        } else if findings.iter().any(|text| holds_figure(text, &raw)) {
            score.missed.push(format!("in a finding alone: {amount:?}"));
            tally.flagged += 1;
        } else {
            score.missed.push(format!("no row gives {amount:?}"));
        }
    }
}

fn is_same(amount: &truth::Amount, row: &Row) -> bool {
    is_sum_of(amount, row)
        && row.get("amount_year").map(str::to_owned) == amount.year.map(|year| year.to_string())
}

/// Whether a row gives a sum in value, line and measure.
fn is_sum_of(amount: &truth::Amount, row: &Row) -> bool {
    let item = row.get("item").unwrap_or_default();
    let named = (amount.code.is_some() && row.get("item_code") == amount.code) || near(item, &amount.item);
    named
        && row.get("amount_yuan") == Some(&amount.yuan)
        && row.get("measure").is_some_and(|measure| amount.measures.contains(&measure))
}

/// The sum that a wrong row most likely stands for.
fn explained<'t>(truths: &[&'t truth::Amount], row: &Row) -> Option<&'t truth::Amount> {
    let named = |amount: &&&truth::Amount| near(row.get("item").unwrap_or_default(), &amount.item);
    let same = |amount: &&&truth::Amount| row.get("amount_yuan") == Some(&amount.yuan);
    let found = truths.iter().find(|amount| named(amount) && same(amount));
    found.or_else(|| truths.iter().find(named)).or_else(|| truths.iter().find(same)).copied()
}

/// Matches every head count and rate with a row of its own.
pub fn compare_measures(region: &Region<'_>, score: &mut Score) {
    let truths: Vec<&truth::Measure> = region.forms.iter().flat_map(|form| &form.measures).collect();
    let mut rows: Vec<&Row> = region.of_table("measures").collect();
    let mut tally = Tally { expected: truths.len(), ..Tally::default() };
    for measure in &truths {
        // A rate is known by its figure: which of the form's words names it is told apart nowhere.
        let is_same = |row: &&Row| {
            let named = measure.unit == "ratio" || near(row.get("item").unwrap_or_default(), &measure.item);
            named
                && row.get("unit") == Some(measure.unit)
                && same_number(row.get("value"), Some(&measure.value))
        };
        if let Some(at) = rows.iter().position(is_same) {
            tally.right += 1;
            tally.trusted += usize::from(is_trusted(rows.swap_remove(at).get("trust")));
        } else if rows
            .iter()
            .any(|row| row.get("raw").is_some_and(|raw| compact(raw).contains(&compact(&measure.raw))))
        {
            tally.flagged += 1;
        }
    }
    for row in rows.iter().filter(|row| is_trusted(row.get("trust"))) {
        tally.wrong += 1;
        score.examples.push(format!("{row:?}; the form has {truths:?}"));
    }
    score.measures += tally;
}
