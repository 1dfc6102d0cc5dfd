//! The summary of a run for people.

use super::printable::printable;
use super::report::{Counts, Report, Unread};
use std::fmt::Write as _;

/// The summary, with an empty line between its sections.
pub fn summary(report: &Report) -> String {
    let mut sections = vec![
        counts("documents", &report.documents, Show::NotZero),
        counts("forms", &report.forms, Show::NotZero),
        counts("figures", &report.figures, Show::AllWithShares),
        counts("findings", &report.findings, Show::NotZero),
        unread(report),
        format!("dataset\n  {}\n", printable(&report.dataset)),
    ];
    sections.push(match &report.sql {
        Some(sql) => format!("open it in DuckDB\n  {sql}\n"),
        None => "to open it in DuckDB, move it to a path that is UTF-8 and without `\\`\n".to_owned(),
    });
    sections.join("\n")
}

/// Which counts of a section are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    /// Those that are not zero.
    NotZero,
    /// All of them, each with its share of the total.
    AllWithShares,
}

fn counts(title: &str, counts: &Counts, show: Show) -> String {
    let shown: Vec<_> =
        counts.by.iter().filter(|(_, count)| show == Show::AllWithShares || *count > 0).collect();
    let names: Vec<String> = shown.iter().map(|(name, _)| printable(name)).collect();
    let name_width = names.iter().map(|name| name.chars().count() + 2).max().unwrap_or(0).max(title.len());
    let total = grouped(counts.total);
    let mut section = format!("{title:name_width$}  {total}\n");
    for (name, (_, count)) in names.iter().zip(&shown) {
        let indented = format!("  {name}");
        let _ = write!(section, "{indented:name_width$}  {:>1$}", grouped(*count), total.len());
        if show == Show::AllWithShares && counts.total > 0 {
            let _ = write!(section, "  {:>6}", share(*count, counts.total));
        }
        section.push('\n');
    }
    section
}

fn unread(report: &Report) -> String {
    let Unread { total, named } = &report.unread;
    if *total == 0 {
        return "left unread  nothing\n".to_owned();
    }
    let (lines, unclaimed) = (grouped(report.lines.total), grouped(report.lines.unclaimed));
    let mut section = format!("left unread  {}, {unclaimed} of {lines} lines\n", counted(*total, "document"));
    for document in named {
        let (source, reason) = (printable(&document.source), printable(&document.reason));
        let _ = writeln!(section, "  {source}  {}: {reason}", document.status);
    }
    let more = total.saturating_sub(named.len() as u64);
    if more > 0 {
        let _ = writeln!(section, "  and {} more, which the documents table names", grouped(more));
    }
    section
}

/// `1 form`, `2,000 forms`.
pub fn counted(count: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `1234567` as `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share in percent, to one decimal. Whole and nothing are said only where they are exactly so.
fn share(part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let tenths = (part * 2000 + whole) / (whole * 2);
    match tenths {
        0 if part > 0 => "<0.1%".to_owned(),
        1000 if part < whole => ">99.9%".to_owned(),
        _ => format!("{}.{}%", tenths / 10, tenths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn shares_do_not_round_to_all_or_nothing() {
        for (part, whole, text) in [
            (0, 3, "0.0%"),
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (3, 3, "100.0%"),
            (1, 9999, "<0.1%"),
            (9998, 9999, ">99.9%"),
        ] {
            assert_eq!(share(part, whole), text);
        }
    }
}
