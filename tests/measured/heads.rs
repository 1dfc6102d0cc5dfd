//! What a form says of itself, and its prose.

use super::names::{compact, folded};
use super::{Region, Score, Tally};
use crate::rows::Row;

/// Compares the nth form of a region with the nth that was read there.
pub fn compare(region: &Region<'_>, score: &mut Score) {
    let rows: Vec<&Row> = region.of_table("forms").collect();
    let mut tally = Tally::default();
    for (nth, form) in region.forms.iter().enumerate() {
        let row = rows.get(nth).copied();
        let heads = &form.heads;
        let mut head = |accepted: &[String], found: Option<String>| {
            if accepted.is_empty() {
                return;
            }
            tally.expected += 1;
            match found {
                Some(found) if accepted.iter().any(|name| folded(name) == folded(&found)) => tally.right += 1,
                Some(_) => tally.wrong += 1,
                None => {}
            }
        };
        let year: Vec<String> = heads.year.iter().map(i32::to_string).collect();
        head(&year, row.and_then(|row| row.year).map(|year| year.to_string()));
        let column = |name: &str| row.and_then(|row| row.get(name)).map(str::to_owned);
        head(&heads.department, column("department"));
        head(&heads.project, column("project"));
        head(&heads.reporting_org, column("reporting_org"));
        head(&heads.implementing_org, column("implementing_org"));
        let unit: Vec<String> = heads.unit.iter().map(|unit| (*unit).to_owned()).collect();
        head(&unit, column("unit"));
    }
    score.heads += tally;
    texts(region, score);
}

fn texts(region: &Region<'_>, score: &mut Score) {
    let mut rows: Vec<&Row> = region.of_table("texts").collect();
    for text in region.forms.iter().flat_map(|form| &form.texts) {
        score.texts.expected += 1;
        let same = |row: &&Row| {
            row.get("field") == Some(text.field) && row.get("text").map(compact) == Some(compact(&text.text))
        };
        if let Some(at) = rows.iter().position(same) {
            rows.swap_remove(at);
            score.texts.right += 1;
        }
    }
}
