//! A real dump that is no part of the repository: where it stands beside it, what is known of it must come out.

use crate::conversion::{self, Outcome};
use crate::folder;
use crate::rows::Row;
use std::fs;
use std::path::PathBuf;

fn seed() -> Option<PathBuf> {
    let folder = folder::in_repository("../shared/seed");
    let mut files = fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|ending| ending == "txt"))
}

fn count<'o>(outcome: &'o Outcome, table: &'o str, wanted: impl Fn(&Row) -> bool) -> usize {
    outcome.of_table(table).filter(|row| wanted(row)).count()
}

#[test]
fn what_is_known_of_the_seed_comes_out() {
    let Some(path) = seed() else {
        eprintln!("skipped: no seed stands beside the repository");
        return;
    };
    let outcome = conversion::of_document(&conversion::document(&fs::read(path).unwrap()));
    assert_eq!((outcome.status, outcome.lines_unclaimed), ("converted", 0));
    let of_kind = |kind: &str| count(&outcome, "indicators", |row| row.get("kind") == Some(kind));
    let of_code = |code: &str| count(&outcome, "findings", |row| row.get("code") == Some(code));
    assert_eq!(count(&outcome, "forms", |_| true), 20);
    assert_eq!(count(&outcome, "amounts", |_| true), 183);
    assert_eq!((of_kind("indicator"), of_kind("execution")), (104, 19));
    assert_eq!(of_code("line.unclaimed"), 0);

    let malformed: Vec<&Row> = outcome
        .of_table("amounts")
        .filter(|row| row.get("raw").is_some_and(|raw| raw.ends_with("37,70.00")))
        .collect();
    assert_eq!(malformed.len(), 3);
    assert!(
        malformed
            .iter()
            .all(|row| (row.get("amount_yuan"), row.get("trust")) == (Some("37700000.00"), Some("repaired")))
    );

    let three_public = outcome
        .of_table("amounts")
        .find(|row| row.get("item_code") == Some("three_public") && row.get("amount_year") == Some("2021"));
    let three_public = three_public.map(|row| (row.get("amount_yuan"), row.get("trust")));
    assert_eq!(three_public, Some((Some("467200.00"), Some("disputed"))));

    assert_eq!(of_code("level.inferred"), 1);
    // One form's weights fall short, of its level's and of the total.
    let off = outcome.of_table("findings").filter(|row| row.get("code") == Some("weight.sum_mismatch"));
    let mut off: Vec<_> = off.map(|row| row.get("form_id")).collect();
    off.dedup();
    assert_eq!(off.len(), 1, "{off:?}");
    assert_eq!(of_code("score.sum_mismatch"), 0);
    units(&outcome);
}

/// Every project's form contradicts itself on its unit, and the other forms settle it.
fn units(outcome: &Outcome) {
    let conflicts: Vec<&Row> =
        outcome.of_table("findings").filter(|row| row.get("code") == Some("unit.conflict")).collect();
    assert_eq!(conflicts.len(), 18);
    for conflict in conflicts {
        assert_eq!(conflict.get("value"), Some("yuan"), "{conflict:?}");
        assert!(conflict.get("proof").is_some(), "{conflict:?}");
        let of_form = |table: &str| {
            outcome
                .of_table(table)
                .filter(|row| row.get("form_id") == conflict.get("form_id"))
                .collect::<Vec<_>>()
        };
        assert_eq!(of_form("forms")[0].get("unit"), Some("yuan"));
        let amounts = of_form("amounts");
        assert!(!amounts.is_empty(), "{conflict:?}");
        for amount in amounts {
            assert_eq!(
                (amount.get("unit"), amount.get("unit_basis")),
                (Some("yuan"), Some("evidence")),
                "{amount:?}"
            );
            assert!(!matches!(amount.get("trust"), Some("assumed")), "{amount:?}");
        }
    }
}
