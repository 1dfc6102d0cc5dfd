//! The same forms in every dialect: what real extractors leave of them (tests/extractors) and what the rules of each
//! dialect make of them, held against one truth.

mod truth;
mod writers;

use crate::{conversion, folder};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use truth::{Figures, Score, Truth};
use writers::{Merged, Sheet};

/// What a dialect must give of a form.
#[derive(Clone, Copy, PartialEq)]
enum Expected {
    /// Everything, exactly.
    Whole,
    /// What is certain; nothing wrong that is called proven or stated.
    Certain,
}

/// What the writers here make of a form.
fn written(sheet: &Sheet) -> Vec<(&'static str, Option<&'static str>, Expected, String)> {
    use Expected::{Certain, Whole};
    vec![
        ("cell-lines", Some("cell-lines"), Whole, sheet.cell_lines()),
        ("cell-lines, legacy .doc", Some("cell-lines"), Whole, sheet.legacy_doc()),
        ("row-lines", Some("row-lines"), Whole, sheet.row_lines()),
        ("tsv", Some("tsv"), Whole, sheet.separated("\t")),
        ("csv", Some("csv"), Whole, sheet.separated(",")),
        ("markdown, blank", Some("markdown"), Whole, sheet.markdown(Merged::Blank, false)),
        ("markdown, repeated", Some("markdown"), Whole, sheet.markdown(Merged::Repeated, false)),
        ("markdown, missing", Some("markdown"), Whole, sheet.markdown(Merged::Missing, false)),
        ("markdown, missing, padded", Some("markdown"), Whole, sheet.markdown(Merged::Missing, true)),
        ("markdown, missing below", Some("markdown"), Whole, sheet.markdown(Merged::MissingBelow, false)),
        (
            "markdown, missing below, padded",
            Some("markdown"),
            Whole,
            sheet.markdown(Merged::MissingBelow, true),
        ),
        ("pipe-rows", Some("pipe-rows"), Whole, sheet.pipe_rows(false)),
        ("pipe-rows, closed", Some("pipe-rows"), Whole, sheet.pipe_rows(true)),
        ("pipe-cells", Some("pipe-cells"), Whole, sheet.pipe_cells()),
        ("pipe-run", Some("pipe-run"), Whole, sheet.pipe_run()),
        ("pipe-cells, blanks lost", Some("pipe-cells"), Certain, sheet.filled_pipe_cells()),
        ("pipe-run, blanks lost", Some("pipe-run"), Certain, sheet.filled_pipe_run()),
        ("spaced-cells", Some("spaced-cells"), Certain, sheet.spaced_cells()),
        ("lines", Some("lines"), Certain, sheet.lines()),
        ("words", Some("words"), Certain, sheet.words()),
        ("words, one line", Some("words"), Certain, sheet.one_line()),
        ("layout", Some("layout"), Certain, sheet.layout()),
    ]
}

/// Extractors whose output holds all of a form in a structure that shows it.
const WHOLE: [&str; 7] =
    ["tika-docx", "tika-doc", "markitdown", "pandoc-plain", "pandoc-markdown", "pandoc-pipes", "html"];

/// What real extractors left of a form, by the extractor's name.
fn extracted(name: &str) -> Vec<(String, Expected, String)> {
    let mut found = Vec::new();
    for path in folder::files("tests/extractors") {
        let file = folder::name(&path);
        let Some(extractor) = file.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) else {
            continue;
        };
        let Some(extractor) = extractor.strip_suffix(".txt") else { continue };
        let expected = if WHOLE.contains(&extractor) { Expected::Whole } else { Expected::Certain };
        found.push((extractor.to_owned(), expected, fs::read_to_string(&path).unwrap()));
    }
    found
}

/// Values that are left blank must not let others slip under their columns: what a dialect calls proven or stated is what
/// the dialect that shows every blank cell says.
#[test]
fn blank_cells_never_let_a_sure_figure_slip() {
    let (mut wrong, mut sure) = (String::new(), BTreeMap::<&str, usize>::new());
    for seed in 1..=40 {
        for sheet in writers::sheets().iter().map(|sheet| sheet.blanked(seed)) {
            let expected = Figures::all(&conversion::of_text(sheet.cell_lines()));
            for (name, _, _, text) in written(&sheet) {
                let outcome = conversion::of_text(text.as_str());
                let found = Figures::sure(&outcome);
                *sure.entry(name).or_default() += found.len();
                for slipped in found.not_in(&expected) {
                    _ = writeln!(wrong, "{} {seed} in {name}: {slipped}", sheet.name);
                }
            }
        }
    }
    println!("sure figures: {sure:#?}");
    assert!(sure.values().all(|&count| count > 100), "{sure:#?}");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_dialect_gives_the_same_figures() {
    let truths = Truth::all();
    let mut table: BTreeMap<String, BTreeMap<String, Score>> = BTreeMap::new();
    let mut wrong = String::new();
    for sheet in writers::sheets() {
        let truth = &truths[&sheet.name];
        let own = written(&sheet)
            .into_iter()
            .map(|(name, dialect, expected, text)| (name.to_owned(), dialect, expected, text));
        let real = extracted(&sheet.name).into_iter();
        let real = real.map(|(name, expected, text)| (format!("real: {name}"), None, expected, text));
        for (name, dialect, expected, text) in own.chain(real) {
            if let Some(dialect) = dialect {
                let found = biaodan::dump::detect(&text).map(|found| found.as_str());
                if found != Some(dialect) {
                    _ = writeln!(wrong, "{} in {name} is taken for {found:?}", sheet.name);
                }
            }
            let outcome = conversion::of_text(text.as_str());
            let score = truth.score(&outcome);
            if std::env::var_os("DIALECT_DIFFERENCES").is_some() && !score.differences.is_empty() {
                println!("{} in {name}:\n{}", sheet.name, score.differences.join("\n"));
            }
            let whole = score.is_whole() || expected == Expected::Certain;
            if !whole || score.wrong > 0 {
                _ = writeln!(wrong, "{} in {name}: {score:?}\n{}", sheet.name, score.differences.join("\n"));
            }
            table.entry(name).or_default().insert(sheet.name.clone(), score);
        }
    }
    print_table(&table);
    assert!(wrong.is_empty(), "{wrong}");
}

/// Figures broken by a space or a line, or spelled with a look-alike, as OCR and narrow columns leave them: no part of one is
/// taken for a figure of its own.
#[test]
fn broken_figures_are_never_sure() {
    let broken: [(&str, Spoil); 4] = [
        ("a space", |figure| format!("{} {}", &figure[..2], &figure[2..])),
        ("a line", |figure| format!("{}\n{}", &figure[..figure.len() - 1], &figure[figure.len() - 1..])),
        ("a letter", |figure| figure.replace('0', "O")),
        ("a full stop", |figure| figure.replace('.', "。")),
    ];
    let (mut wrong, mut tried) = (String::new(), 0);
    // With blanks beside it a broken figure may fill its row up again.
    let sheets = writers::sheets();
    let sheets = sheets.iter().flat_map(|sheet| (0..6).map(move |seed| sheet.blanked(seed)));
    for sheet in sheets {
        let expected = Figures::all(&conversion::of_text(sheet.cell_lines()));
        for (name, _, _, text) in written(&sheet).into_iter().filter(|written| written.2 == Expected::Certain)
        {
            for (at, figure) in sums(&text) {
                for (by, spoil) in broken {
                    tried += 1;
                    let spoiled = format!("{}{}{}", &text[..at], spoil(figure), &text[at + figure.len()..]);
                    let found = Figures::sure(&conversion::of_text(spoiled));
                    for slipped in found.not_in(&expected) {
                        _ = writeln!(wrong, "{} in {name}, {figure} broken by {by}: {slipped}", sheet.name);
                    }
                }
            }
        }
    }
    assert!(tried > 3_000, "only {tried} figures were broken");
    assert!(wrong.is_empty(), "{wrong}");
}

/// What becomes of a figure.
type Spoil = fn(&str) -> String;

/// The sums printed in a text, with their places.
fn sums(text: &str) -> Vec<(usize, &str)> {
    let is_sum = |word: &str| word.len() > 5 && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let words = text.split(|c: char| c.is_whitespace() || c == '|').filter(|word| is_sum(word));
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect()
}

#[test]
fn forms_that_lost_their_digits_are_refused_with_the_reason() {
    for sheet in writers::sheets() {
        let text: String = sheet.cell_lines().chars().filter(|c| !c.is_numeric()).collect();
        let outcome = conversion::of_text(text);
        assert_eq!((outcome.status, outcome.codes()[0]), ("failed", "document.failed"), "{}", sheet.name);
        assert_eq!(outcome.of_table("forms").count(), 0);
    }
}

/// Forms follow each other without a sign but their titles.
#[test]
fn forms_in_one_document_stay_apart() {
    let truths = Truth::all();
    let sheets = writers::sheets();
    let mut wrong = String::new();
    let texts: Vec<_> = sheets.iter().map(written).collect();
    for (nth, (name, _, expected, _)) in texts[0].iter().enumerate() {
        // The form without a signature line first, so that its last row runs into the next form's heading.
        let order = [2, 0, 1, 2, 1, 0];
        let text: String = order.iter().map(|&sheet| texts[sheet][nth].3.as_str()).collect();
        let outcome = conversion::of_text(text);
        let forms = outcome.of_table("forms").count();
        let amounts: Vec<String> = truth::amounts(&outcome);
        let due = order.iter().flat_map(|&sheet| truths[&sheets[sheet].name].amounts());
        let missing = due.filter(|amount| !amounts.contains(amount)).count();
        if forms != order.len() || (missing > 0 && *expected == Expected::Whole) {
            let findings = outcome.of_table("findings");
            let findings: Vec<_> =
                findings.map(|row| (row.get("line"), row.get("raw"), row.get("message"))).collect();
            _ = writeln!(wrong, "{name}: {forms} forms, {missing} amounts missing\n{findings:#?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn print_table(table: &BTreeMap<String, BTreeMap<String, Score>>) {
    println!("exact amounts, indicator lines, heads | of which sure but wrong, flagged");
    for (dialect, forms) in table {
        let cells = forms.iter().map(|(form, score)| {
            format!(
                "{form}: {}/{} {}/{} {}/{} | {} {}",
                score.amounts.0,
                score.amounts.1,
                score.lines.0,
                score.lines.1,
                score.heads.0,
                score.heads.1,
                score.wrong,
                score.findings
            )
        });
        println!("{dialect:32} {}", cells.collect::<Vec<_>>().join("   "));
    }
}
