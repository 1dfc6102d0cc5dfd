//! How much work hostile forms make: terms looked at, not seconds. Four times the form may cost little more than four times
//! the work.

#[path = "../../tests/hostile/mod.rs"]
mod hostile;

use super::*;
use crate::dump::steps;
use crate::dump::{self, Dialect};
use hostile::{gaps, lines, malformed, projects, terms, totals};
use std::sync::LazyLock;

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars::built_in().unwrap());

/// Judges a dump; the terms looked at, the figures, and the bytes of all proofs.
fn work(text: &str) -> (usize, usize, usize) {
    let kept = crate::source::Kept::default();
    let grid = dump::read(text, dump::detect(text).unwrap_or(Dialect::RowLines), &kept);
    let forms = crate::form::read(&grid, &GRAMMARS).forms;
    let forms: Vec<_> = forms.into_iter().map(|form| crate::value::form::read(form, &GRAMMARS)).collect();
    steps::take();
    let judged = judge(forms, &GRAMMARS);
    let taken = steps::take();
    let findings = judged.iter().flat_map(|form| &form.findings);
    let proofs = findings.filter_map(|finding| finding.proof.as_ref()).map(String::len).sum();
    (taken, judged.iter().map(|form| form.facts.all.len()).sum(), proofs)
}

#[test]
fn the_work_on_hostile_forms_grows_as_they_do() {
    type Hostile = (&'static str, usize, fn(usize) -> String);
    let hostile: [Hostile; 5] = [
        ("terms of one sum", 10_000, terms),
        ("malformed terms of one sum", 10_000, malformed),
        ("rows, half of them totals", 10_000, totals),
        ("scored lines under levels of their own", 10_000, lines),
        ("project forms against lines of their department", 400, projects),
    ];
    for (name, count, text) in hostile {
        let (few, few_figures, few_bytes) = work(&text(count / 4));
        let (steps, figures, bytes) = work(&text(count));
        println!("{count} {name}: {figures} figures, {steps} terms looked at, {bytes} bytes of proof");
        assert!(figures >= count && few_figures * 4 <= figures + 100, "{name}: {figures} figures");
        assert!(steps >= figures / 2 && steps <= figures * 20, "{name}: {steps} steps for {figures} figures");
        assert!(steps <= few * 5, "{name}: {few} steps become {steps}");
        assert!(bytes <= few_bytes * 6, "{name}: {few_bytes} bytes become {bytes}");
    }
}

#[test]
fn rows_are_tried_one_column_further_only_where_they_are_few() {
    let (tried, figures, _) = work(&gaps(36, 140));
    let (refused, more, _) = work(&gaps(60, 140));
    let (large, most, _) = work(&gaps(36, 600));
    println!(
        "{figures} figures: {tried} terms looked at where rows are tried; {more}: {refused} where they are not"
    );
    assert!(more > figures && most > 3 * figures);
    assert!(tried > refused * 2 && large < tried, "{tried}, {refused} and {large}");
    assert!(tried <= 2 * (20_000 + figures) + refused, "{tried} and {refused}");
}
