//! What is true of every conversion, whatever the document: places lie in it, nothing is lost, nothing made up.

use crate::conversion::Outcome;
use crate::rows::Row;
use biaodan::grammar::fold;

/// Holds an outcome against the text it was made of; says what is wrong.
pub fn check(text: &str, outcome: &Outcome) -> Result<(), String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let filled = |line: &str| !line.chars().all(fold::is_space);
    let count = lines.iter().filter(|line| filled(line)).count();
    if outcome.lines as usize != count {
        return Err(format!("{} lines are counted, {count} hold something", outcome.lines));
    }
    let mut reported: Vec<u32> = outcome.unclaimed_lines();
    reported.retain(|&line| lines.get(line as usize - 1).is_some_and(|line| filled(line)));
    reported.sort_unstable();
    reported.dedup();
    if reported.len() != outcome.lines_unclaimed as usize {
        return Err(format!(
            "{} lines are unclaimed, {} are reported",
            outcome.lines_unclaimed,
            reported.len()
        ));
    }
    if outcome.of_table("forms").count() == 0
        && (outcome.lines_unclaimed != outcome.lines || outcome.status != "no_forms")
    {
        return Err(format!(
            "without a form {} of {} lines are unclaimed",
            outcome.lines_unclaimed, outcome.lines
        ));
    }
    forms(outcome)?;
    outcome.rows.iter().try_for_each(|row| place(&lines, row).and_then(|()| figure(row)))
}

/// Forms follow each other, two perhaps on one line, each complete or with a finding that says what is missing.
fn forms(outcome: &Outcome) -> Result<(), String> {
    let mut last = 0;
    // Those of different years stand in different partitions.
    let mut forms: Vec<&Row> = outcome.of_table("forms").collect();
    forms.sort_by_key(|form| form.get("form_id"));
    for form in forms {
        if form.int("line") < last || form.int("line_last") < form.int("line") {
            return Err(format!("behind line {last} stands {form:?}"));
        }
        last = form.int("line_last");
        let truncated = outcome.of_table("findings").any(|finding| {
            finding.get("code") == Some("form.truncated") && finding.get("form_id") == form.get("form_id")
        });
        if truncated != (form.get("status") == Some("partial")) {
            return Err(format!("a form is partial without a finding or the other way round: {form:?}"));
        }
    }
    Ok(())
}

/// A row's line is in the document, and its own text begins on it.
fn place(lines: &[&str], row: &Row) -> Result<(), String> {
    if row.table == "findings" && row.get("line").is_none() {
        return Ok(());
    }
    let line = lines.get((row.int("line") as usize).wrapping_sub(1));
    let line = line.ok_or_else(|| format!("beyond the document's {} lines: {row:?}", lines.len()))?;
    let own = match row.table {
        "amounts" | "measures" | "findings" => row.get("raw"),
        "texts" => row.get("text"),
        _ => None,
    };
    // Personal values are masked in findings, and quotation marks of quoted cells are halved in texts.
    let Some(first) = own.and_then(|own| own.lines().next()) else { return Ok(()) };
    let comparable = !first.contains("***") && !line.contains("\"\"") && !line.contains('[');
    // A cell of a drawn table is broken over lines at any place, and a value in it bears the line of its cell; what a page
    // prints may be spelled otherwise in its source.
    let begins = first.chars().next().is_none_or(|c| line.contains(c));
    let ruled = || lines.iter().any(|line| line.trim_start().starts_with("-----"));
    let drawn = line.contains(['|', '│']) || (line.contains(['<', '&']) && begins) || ruled();
    // Text that a page has outside its tags is one cell over several lines; Markdown's escapes are undone.
    let page = || lines.iter().any(|line| line.contains("<td"));
    let from = row.int("line") as usize - 1;
    let below = || lines[from..].iter().take(60).any(|line| line.contains(first.trim_end()));
    let escaped = line.contains('\\') && line.replace('\\', "").contains(first.trim_end());
    let printed = !comparable || drawn || line.contains(first.trim_end()) || escaped || (below() && page());
    if !printed {
        return Err(format!("not printed on its line `{line}`: {row:?}"));
    }
    Ok(())
}

/// A figure without a value is disputed, and keeps its text.
fn figure(row: &Row) -> Result<(), String> {
    let value = match row.table {
        "amounts" => "amount_yuan",
        "measures" => "value",
        _ => return Ok(()),
    };
    let lost = row.get(value).is_none() && row.get("trust") != Some("disputed");
    if lost || row.get("raw").is_none() { Err(format!("a figure was lost: {row:?}")) } else { Ok(()) }
}
