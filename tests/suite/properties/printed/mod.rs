//! Print, then read: a made-up form dumped in each dialect comes back with the values it was printed from.

mod layout;
mod model;

use super::config;
use crate::conversion::{self, Outcome};
use crate::rows::Row;
use layout::{Hand, Page, tenths};
use model::{Form, LEVELS};
use proptest::prelude::*;
use proptest::sample::select;

/// A way to dump a page, with its name.
type Dialect = (&'static str, fn(&Page) -> String);

const DIALECTS: [Dialect; 4] = [
    ("cell-lines", layout::cell_lines),
    ("row-lines", layout::row_lines),
    ("tsv, quoted", layout::quoted),
    ("tsv, broken", layout::broken),
];

fn hand() -> impl Strategy<Value = Hand> {
    (any::<bool>(), any::<bool>(), any::<bool>(), select(vec!["", "　", "-", "/"]))
        .prop_map(|(grouped, indented, narrow, blank)| Hand { grouped, indented, narrow, blank })
}

/// Columns of a table's rows, as text; a null is `-`.
fn shown(outcome: &Outcome, table: &str, columns: &[&str]) -> Vec<String> {
    let cells = |row: &Row| {
        columns.iter().map(|column| row.get(column).unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    outcome.of_table(table).map(|row| cells(row).join(" | ")).collect()
}

fn forms(form: &Form) -> Vec<String> {
    let unit = if form.in_yuan { "yuan" } else { "wan_yuan" };
    vec![format!(
        "项目支出绩效自评表 | 附件4 | {} | {} | {} | {unit} | {}.0000 | {}00 | 2023-03-29 | complete",
        form.department,
        form.organisation,
        form.project,
        form.weight_total(),
        fixed(form.score_total()),
    )]
}

/// Tenths with the decimal point.
fn fixed(score: u32) -> String {
    format!("{}.{}0", score / 10, score % 10)
}

fn amounts(form: &Form, hand: Hand) -> Vec<String> {
    let codes = ["funds.total", "funds.fiscal", "funds.carryover", "funds.other"];
    let measures = ["budget_initial", "budget_final", "executed"];
    let rows = std::iter::once(form.totals()).chain(form.funds);
    let mut shown = Vec::new();
    for (code, sums) in codes.into_iter().zip(rows) {
        for (measure, sum) in measures.into_iter().zip(sums) {
            let Some(sum) = sum else { continue };
            let fen = form.fen(sum);
            let raw = hand.sum(sum);
            shown.push(format!(
                "{code} | {measure} | {} | {}.{:02} | {raw}",
                form.year,
                fen / 100,
                fen % 100
            ));
        }
    }
    shown
}

fn indicators(form: &Form) -> Vec<String> {
    let (weight, score) = form.execution;
    let rate = form.rate().unwrap_or("-".to_owned());
    let mut shown = vec![format!(
        "execution | - | - | - | 预算执行率 | - | {rate} | {weight}.0000 | {}00 | -",
        fixed(score)
    )];
    for line in &form.lines {
        let (level1, level2) = LEVELS[line.level];
        shown.push(format!(
            "indicator | {level1} | {}.0000 | {level2} | {} | {} | {} | {}.0000 | {}00 | {}",
            form.level_weight(line.level),
            line.name,
            line.target,
            line.actual,
            line.weight,
            fixed(line.score),
            line.reason.as_deref().unwrap_or("-"),
        ));
    }
    shown
}

const FORM: [&str; 10] = [
    "title",
    "annex",
    "department",
    "implementing_org",
    "project",
    "unit",
    "weight_total",
    "score_total",
    "prepared_on",
    "status",
];
const AMOUNT: [&str; 5] = ["item_code", "measure", "amount_year", "amount_yuan", "raw"];
const INDICATOR: [&str; 10] =
    ["kind", "level1", "level1_weight", "level2", "level3", "target", "actual", "weight", "score", "reason"];

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn what_is_printed_is_read_back(form in model::form(), hand in hand()) {
        let page = layout::page(&form, hand);
        for (dialect, dump) in DIALECTS {
            let text = dump(&page);
            let outcome = conversion::of_text(text.as_str());
            let at = || format!("{dialect}:\n{text}");
            prop_assert_eq!(shown(&outcome, "forms", &FORM), forms(&form), "{}", at());
            prop_assert_eq!(shown(&outcome, "amounts", &AMOUNT), amounts(&form, hand), "{}", at());
            prop_assert_eq!(shown(&outcome, "indicators", &INDICATOR), indicators(&form), "{}", at());
            prop_assert_eq!(shown(&outcome, "texts", &["text"]), form.goals.to_vec(), "{}", at());
            // Whoever fills in consistent sums is told nothing but that a score is off its rate, and trusted.
            let told = if form.is_off_its_rate() { vec!["score.rate_mismatch"] } else { Vec::new() };
            prop_assert_eq!(outcome.codes(), told, "{}", at());
            prop_assert_eq!(outcome.lines_unclaimed, 0, "{}", at());
            let trusts = ["amounts", "measures", "indicators"].map(|table| shown(&outcome, table, &["trust"])).concat();
            prop_assert!(trusts.iter().all(|trust| trust == "proven" || trust == "stated"), "{:?} {}", trusts, at());
        }
    }
}

#[test]
fn scores_are_printed_as_people_do() {
    assert_eq!([tenths(100), tenths(95), tenths(5)], ["10", "9.5", "0.5"]);
}
