//! What the forms of tests/extractors/forms.json say: `truth.json` beside it, written once and read with one's own eyes.

use crate::conversion::Outcome;
use crate::folder;
use crate::rows::Row;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

/// The columns of each table that every dialect must give.
const AMOUNTS: [&str; 6] = ["item_code", "item", "measure", "amount_year", "amount_yuan", "unit"];
const LINES: [&str; 9] =
    ["kind", "level1", "level2", "level3", "target", "actual", "weight", "score", "reason"];
const HEADS: [&str; 10] = [
    "form_type",
    "title",
    "department",
    "implementing_org",
    "project",
    "unit",
    "weight_total",
    "score_total",
    "prepared_on",
    "status",
];

/// What one form says.
pub struct Truth {
    amounts: Vec<String>,
    lines: Vec<String>,
    heads: Vec<(String, String)>,
}

/// How much of a truth was found: exact and expected counts.
#[derive(Debug)]
pub struct Score {
    pub amounts: (usize, usize),
    pub lines: (usize, usize),
    pub heads: (usize, usize),
    /// Amounts that are not in the truth and yet called proven or stated.
    pub wrong: usize,
    /// Rows that are in no truth.
    pub extra: usize,
    pub findings: usize,
    pub unclaimed: u32,
    pub differences: Vec<String>,
}

impl Score {
    pub fn is_whole(&self) -> bool {
        let Score { amounts, lines, heads, .. } = self;
        let whole = [amounts, lines, heads].iter().all(|(found, expected)| found == expected);
        // The forms are sound: whatever is found in them beyond their figures comes of how they were read.
        whole && self.extra == 0 && self.findings == 0 && self.unclaimed == 0
    }
}

fn picked(row: &Row, columns: &[&str]) -> String {
    columns.iter().map(|column| row.get(column).unwrap_or("-")).collect::<Vec<_>>().join(" ; ")
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The sums of an outcome, as a truth has them.
pub fn amounts(outcome: &Outcome) -> Vec<String> {
    outcome.of_table("amounts").map(|row| picked(row, &AMOUNTS)).collect()
}

impl Truth {
    pub fn amounts(&self) -> &[String] {
        &self.amounts
    }

    pub fn all() -> BTreeMap<String, Truth> {
        let path = folder::in_repository("tests/extractors/truth.json");
        let text = fs::read_to_string(path).unwrap();
        let all: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        let heads = |value: &Value| {
            let pairs = value.as_object().unwrap().iter();
            pairs.map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned())).collect()
        };
        let truth = |value: &Value| Truth {
            amounts: strings(&value["amounts"]),
            lines: strings(&value["lines"]),
            heads: heads(&value["heads"]),
        };
        all.iter().map(|(name, value)| (name.clone(), truth(value))).collect()
    }

    /// What an outcome says, as the truth is written.
    pub fn of(outcome: &Outcome) -> Value {
        let list = |table: &str, columns: &[&str]| -> Vec<String> {
            outcome.of_table(table).map(|row| picked(row, columns)).collect()
        };
        let head = outcome.of_table("forms").next().unwrap();
        let heads: BTreeMap<&str, &str> =
            HEADS.iter().map(|column| (*column, head.get(column).unwrap_or("-"))).collect();
        json!({"amounts": list("amounts", &AMOUNTS), "lines": list("indicators", &LINES), "heads": heads})
    }

    pub fn score(&self, outcome: &Outcome) -> Score {
        let mut differences = Vec::new();
        let mut left = self.amounts.clone();
        let mut wrong = 0;
        for row in outcome.of_table("amounts") {
            let found = picked(row, &AMOUNTS);
            match left.iter().position(|expected| *expected == found) {
                Some(at) => drop(left.swap_remove(at)),
                None => {
                    let trust = row.get("trust").unwrap();
                    wrong += usize::from(matches!(trust, "proven" | "stated"));
                    differences.push(format!("  + {found} ({trust})"));
                }
            }
        }
        differences.extend(left.iter().map(|amount| format!("  - {amount}")));
        let mut lines = self.lines.clone();
        for row in outcome.of_table("indicators") {
            let found = picked(row, &LINES);
            match lines.iter().position(|expected| *expected == found) {
                Some(at) => drop(lines.swap_remove(at)),
                None => differences.push(format!("  + {found} ({})", row.get("trust").unwrap_or("-"))),
            }
        }
        differences.extend(lines.iter().map(|line| format!("  - {line}")));
        let head = outcome.of_table("forms").next();
        let of_head = |column: &str| head.and_then(|head| head.get(column)).unwrap_or("-");
        let heads = self.heads.iter().filter(|(column, value)| {
            let same = of_head(column) == value;
            if !same {
                differences.push(format!("  {column}: {} instead of {value}", of_head(column)));
            }
            same
        });
        let heads = heads.count();
        for row in outcome.of_table("findings") {
            differences.push(format!(
                "  ! {} line {} {:?}: {}",
                row.get("code").unwrap_or_default(),
                row.get("line").unwrap_or("-"),
                row.get("raw").unwrap_or_default(),
                row.get("message").unwrap_or_default()
            ));
        }
        Score {
            amounts: (self.amounts.len() - left.len(), self.amounts.len()),
            lines: (self.lines.len() - lines.len(), self.lines.len()),
            heads: (heads, self.heads.len()),
            wrong,
            extra: differences.iter().filter(|difference| difference.starts_with("  + ")).count(),
            findings: outcome.of_table("findings").count(),
            unclaimed: outcome.lines_unclaimed,
            differences,
        }
    }
}

/// Sums, weights and scores: those that an outcome calls proven or stated, or all.
pub struct Figures(Vec<String>);

impl Figures {
    pub fn sure(outcome: &Outcome) -> Figures {
        Figures::that(outcome, |trust| matches!(trust, Some("proven" | "stated")))
    }

    pub fn all(outcome: &Outcome) -> Figures {
        Figures::that(outcome, |_| true)
    }

    fn that(outcome: &Outcome, wanted: impl Fn(Option<&str>) -> bool) -> Figures {
        let sure = |row: &&Row, column: &str| wanted(row.get(column));
        let amounts = outcome.of_table("amounts").filter(|row| sure(row, "trust"));
        let scores = outcome.of_table("indicators").filter(|row| sure(row, "trust"));
        let weights = outcome.of_table("indicators").filter(|row| sure(row, "weight_trust"));
        let all = amounts.map(|row| picked(row, &AMOUNTS));
        let all = all.chain(scores.map(|row| picked(row, &["level3", "score"])));
        Figures(all.chain(weights.map(|row| picked(row, &["level3", "weight"]))).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Figures that the other does not give.
    pub fn not_in<'a>(&'a self, expected: &'a Figures) -> impl Iterator<Item = &'a String> {
        self.0.iter().filter(|figure| !expected.0.contains(figure))
    }
}

/// Writes a sample of each dialect that no extractor at hand writes: `cargo test bless_samples -- --ignored`.
#[test]
#[ignore = "writes samples/"]
fn bless_samples() {
    let sheets = super::writers::sheets();
    let [project, department, base] = sheets.as_slice() else { panic!("{} forms", sheets.len()) };
    for (name, text) in [
        ("project-self-evaluation-pipe-rows.txt", project.pipe_rows(false)),
        ("department-self-evaluation-pipe-cells.txt", department.pipe_cells()),
        ("project-self-evaluation-pipe-run.txt", project.pipe_run()),
        ("department-self-evaluation-spaced-cells.txt", department.spaced_cells()),
        ("department-base-data-words.txt", base.words()),
        ("department-base-data-comma-separated.csv", base.separated(",")),
    ] {
        fs::write(folder::in_repository("samples").join(name), text).unwrap();
    }
}

/// Writes the truth anew from the dialect that was read first: `cargo test bless_truth -- --ignored`, and read it.
#[test]
#[ignore = "writes tests/extractors/truth.json"]
fn bless_truth() {
    let mut all = BTreeMap::new();
    for sheet in super::writers::sheets() {
        all.insert(sheet.name.clone(), Truth::of(&crate::conversion::of_text(sheet.cell_lines())));
    }
    let text = serde_json::to_string_pretty(&all).unwrap() + "\n";
    fs::write(folder::in_repository("tests/extractors/truth.json"), text).unwrap();
}
