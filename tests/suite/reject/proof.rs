//! Arithmetic that must not prove, and doubts that must not be settled: the trust of every figure of a small dump.

use super::cases;
use crate::conversion;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    dump: String,
    /// Every figure of a matrix: line, cell, value (`-` where there is none), trust.
    trusts: Vec<String>,
    /// The code of every finding.
    #[serde(default)]
    findings: Vec<String>,
}

#[test]
fn what_the_document_does_not_prove_is_not_proven() {
    let mut wrong = Vec::new();
    for (name, case) in cases::<Case>("proof") {
        let outcome = conversion::of_text(case.dump.as_str());
        let figure = |row: &crate::rows::Row, column: &str| {
            let value = row.get(column).unwrap_or("-");
            let trust = row.get("trust").unwrap();
            (row.int("line"), row.int("cell"), format!("{value} {trust}"))
        };
        let amounts = outcome.of_table("amounts").map(|row| figure(row, "amount_yuan"));
        let mut figures: Vec<_> =
            amounts.chain(outcome.of_table("measures").map(|row| figure(row, "value"))).collect();
        figures.sort();
        let shown: Vec<String> =
            figures.into_iter().map(|(line, cell, figure)| format!("{line} {cell} {figure}")).collect();
        if shown != case.trusts || outcome.codes() != case.findings {
            wrong.push(format!(
                "{name}:\n  {:?}\n  {:?}\nbut\n  {shown:?}\n  {:?}",
                case.trusts,
                case.findings,
                outcome.codes()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
