//! Scored lines: levels, target, actual value, weight, score.

use super::names::{compact, near, same_number, unnumbered};
use super::{Region, Score, Tally, is_trusted};
use crate::corpus::truth;
use crate::rows::Row;

/// Matches every line of the forms with the row of its name.
pub fn compare(region: &Region<'_>, score: &mut Score) {
    let truths: Vec<&truth::Indicator> = region.forms.iter().flat_map(|form| &form.indicators).collect();
    let mut rows: Vec<&Row> = region.of_table("indicators").collect();
    let mut tally = Tally { expected: truths.len(), ..Tally::default() };
    let mut halves = Vec::new();
    for line in &truths {
        let Some(at) = place(line, &rows) else {
            score.missed.push(format!("no row gives {line:?}"));
            continue;
        };
        let row = rows.remove(at);
        if row.get("score").is_none() && line.score.is_some() {
            halves.push(*line);
        }
        let wrong = wrong_figures(line, row);
        if !wrong.is_empty() {
            tally.wrong += wrong.len();
            score.examples.push(format!("{} of {row:?}; the form has {line:?}", wrong.join(", ")));
        }
        match difference(line, row) {
            None => {
                tally.right += 1;
                tally.trusted += usize::from(is_trusted(row.get("trust")));
            }
            Some(difference) => {
                tally.flagged += usize::from(!is_trusted(row.get("trust")));
                score.missed.push(format!("{difference} differs: {row:?}; the form has {line:?}"));
            }
        }
    }
    for row in rows {
        // The figures of a line that was torn in two: nothing is right about the line, but they are not wrong.
        if let Some(at) = halves.iter().position(|line| is_rest(line, row)) {
            halves.swap_remove(at);
            continue;
        }
        let figures = [("score", "trust"), ("weight", "weight_trust")];
        let vouched =
            |(figure, trust): &(&str, &str)| row.get(figure).is_some() && is_trusted(row.get(trust));
        let wrong = figures.iter().filter(|figure| vouched(figure)).count();
        if wrong > 0 {
            tally.wrong += wrong;
            score.examples.push(format!("no line of the form is {row:?}"));
        }
    }
    score.indicators += tally;
}

/// The row of a line: by its whole name, else by one that a character was lost from, else by its name in a wrong column, else by
/// whatever a row without a name says.
fn place(line: &truth::Indicator, rows: &[&Row]) -> Option<usize> {
    let name = line.level3.as_deref().unwrap_or_default();
    let text = |row: &Row, column: &str| row.get(column).map(unnumbered).unwrap_or_default();
    let same = |row: &Row| text(row, "level3") == unnumbered(name);
    // Forms that stand on one line have lines of one name.
    let whole = |row: &Row| {
        same(row)
            && same_number(row.get("score"), line.score.as_deref())
            && difference(line, row) != Some("weight")
    };
    let alike = |row: &Row| near(&text(row, "level3"), name);
    let astray = |row: &Row| {
        ["level1", "level2", "target", "actual", "reason"].iter().any(|column| text(row, column) == name)
    };
    let both = |row: &Row, column: &str, truth: &Option<String>| {
        row.get(column).map(compact) == truth.as_deref().map(compact)
    };
    let figures = |row: &Row| {
        let same = |column: &str, truth: &Option<String>| {
            row.get(column).is_none() || same_number(row.get(column), truth.as_deref())
        };
        same("score", &line.score) && same("weight", &line.weight)
    };
    let says_nothing = |row: &Row| row.get("target").is_none() && row.get("actual").is_none();
    let nameless = |row: &Row| {
        let alike =
            both(row, "target", &line.target) || both(row, "actual", &line.actual) || says_nothing(row);
        row.get("level3").is_none() && alike && figures(row)
    };
    let tests: [&dyn Fn(&Row) -> bool; 5] = [&whole, &same, &alike, &astray, &nameless];
    let of_kind = |row: &Row| row.get("kind") == Some(line.kind);
    tests.iter().find_map(|test| rows.iter().position(|row| of_kind(row) && test(row)))
}

/// Whether a row says nothing but the figures of a line.
fn is_rest(line: &truth::Indicator, row: &Row) -> bool {
    let nameless = ["level3", "target", "actual"].iter().all(|column| row.get(column).is_none());
    let weight = row.get("weight").is_none() || same_number(row.get("weight"), line.weight.as_deref());
    nameless && weight && same_number(row.get("score"), line.score.as_deref())
}

/// The figures of a row that are vouched for and not the line's.
fn wrong_figures(line: &truth::Indicator, row: &Row) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    let differs =
        |column: &str, truth: Option<&str>| row.get(column).is_some() && !same_number(row.get(column), truth);
    if is_trusted(row.get("trust")) && differs("score", line.score.as_deref()) {
        wrong.push("score");
    }
    // Some forms print the weight of the execution in a heading only: whether it is the line's is open.
    let open = line.kind == "execution" && line.weight.is_none();
    if is_trusted(row.get("weight_trust")) && !open && differs("weight", line.weight.as_deref()) {
        wrong.push("weight");
    }
    wrong
}

/// The first column in which a row is not the line.
fn difference(line: &truth::Indicator, row: &Row) -> Option<&'static str> {
    if !same_number(row.get("score"), line.score.as_deref()) {
        return Some("score");
    }
    let execution = line.kind == "execution";
    let open = execution && line.weight.is_none();
    if !open && !same_number(row.get("weight"), line.weight.as_deref()) {
        return Some("weight");
    }
    if execution {
        return None;
    }
    let level = |column: &str, truth: &Option<String>| {
        near(row.get(column).unwrap_or_default(), truth.as_deref().unwrap_or_default())
    };
    if !level("level1", &line.level1) || !level("level2", &line.level2) {
        return Some("level");
    }
    if !is_target(line, row) {
        return Some("target");
    }
    let actual = |text: Option<&str>| text.map(compact).unwrap_or_default();
    if actual(row.get("actual")) != actual(line.actual.as_deref()) {
        return Some("actual");
    }
    let value =
        |truth: &Option<String>, column| truth.is_none() || same_number(row.get(column), truth.as_deref());
    if !value(&line.target_value, "target_value") || !value(&line.actual_value, "actual_value") {
        return Some("value");
    }
    None
}

/// A target is the same in the same characters, or, where a form prints sign, number and unit apart, by sign and number.
fn is_target(line: &truth::Indicator, row: &Row) -> bool {
    let printed = row.get("target").map(compact).unwrap_or_default();
    let truth = line.target.as_deref().map(compact).unwrap_or_default();
    let same = printed.trim_start_matches("定性") == truth;
    let stands_for = line.target_value.is_some()
        && same_number(row.get("target_value"), line.target_value.as_deref())
        && row.get("target_op") == line.target_op;
    same || stands_for
}
