//! No figure of a dump is silent, and every dataset holds: forms of every dialect and kind, with everyday and with heavy noise.
//!
//! A figure here is a number with a point, or of four digits and more, that is no year, date or telephone number. It is told where
//! any column of the dump's rows shows it: a figure's raw text, a text, a head, the excerpt of a finding or of unclaimed lines.

use crate::conversion::{self, GRAMMARS, Outcome};
use crate::corpus::{self, Dialect, Form, Level};
use crate::folder;
use biaodan::source::Document;
use biaodan::verify::{VerifyOptions, verify};
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

const SEED: u64 = 31_000;

/// A dump of every dialect and form, one with everyday noise and the next with heavy, with a name.
fn dumps() -> Vec<(String, Vec<u8>)> {
    let mut dumps = Vec::new();
    for (nth, dialect) in Dialect::ALL.into_iter().enumerate() {
        for (other, form) in Form::ALL.into_iter().enumerate() {
            let level = [Level::Mild, Level::Heavy][(nth + other) % 2];
            let written = corpus::document(SEED + nth as u64, form, dialect, level);
            let name = format!("{}-{}-{}", dialect.name(), form.name(), level.name());
            dumps.push((name, written.bytes));
        }
    }
    dumps
}

/// A text in its narrow forms.
fn narrow(text: &str) -> String {
    let of = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap(),
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(of).collect()
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// The numbers of a narrow text: digits, points and commas that stand together, with the place of each.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(|c: char| c.is_ascii_digit()) {
        let from = rest + at;
        let end = text[from..].find(|c| !is_figure(c)).map_or(text.len(), |length| from + length);
        runs.push((from, text[from..end].trim_end_matches(['.', ','])));
        rest = end;
    }
    runs
}

/// A number without its commas and the zeros behind its point.
fn value(number: &str) -> String {
    let bare = number.replace(',', "");
    let bare = if bare.contains('.') { bare.trim_end_matches('0').trim_end_matches('.') } else { &bare };
    bare.to_owned()
}

/// What the rows of a dump show.
struct Told {
    numbers: HashSet<String>,
    /// Everything without white space.
    all: String,
}

impl Told {
    fn of(outcome: &Outcome) -> Self {
        let (mut numbers, mut all) = (HashSet::new(), String::new());
        for row in outcome.rows.iter().filter(|row| row.table != "documents") {
            for name in row.cells.iter().map(|(name, _)| *name) {
                // What a message says of a figure counts for nothing.
                if matches!(name, "message" | "proof" | "doc_id" | "form_id" | "line" | "cell") {
                    continue;
                }
                let Some(text) = row.get(name) else { continue };
                let text = narrow(text);
                for (_, run) in runs(&text) {
                    numbers.extend([run, &run.replace(',', "")].map(value));
                    numbers.extend(run.split(',').map(value));
                }
                all.extend(text.chars().filter(|c| !c.is_whitespace()));
                all.push('\n');
            }
        }
        Told { numbers, all }
    }

    fn shows(&self, number: &str) -> bool {
        self.numbers.contains(&value(number))
            || self.all.contains(number)
            || number.split(',').all(|part| self.numbers.contains(&value(part)) || self.all.contains(part))
            || self.covers(number)
    }

    /// Whether a number is several that the rows show, with nothing between them.
    fn covers(&self, number: &str) -> bool {
        let mut reached = vec![false; number.len() + 1];
        reached[0] = true;
        for end in 1..=number.len() {
            let shown = |from: usize| self.numbers.contains(&value(&number[from..end]));
            reached[end] = (0..end).any(|from| reached[from] && shown(from));
        }
        reached[number.len()]
    }
}

/// The figures of a dump that its rows do not show, with what stands around them.
fn silent(text: &str, outcome: &Outcome) -> Vec<String> {
    let text = narrow(text);
    let told = Told::of(outcome);
    let mut silent = Vec::new();
    for (at, run) in runs(&text) {
        let behind = text[at + run.len()..].trim_start();
        // The number of the next row may be glued to the last figure of a row.
        let number = if behind.starts_with('、') { &run[..run.len() - 1] } else { run };
        let number = number.trim_end_matches('.');
        if is_counted(number) && !is_date(&text[..at], number, behind) && !told.shows(number) {
            let from = text[..at].char_indices().rev().nth(20).map_or(0, |(from, _)| from);
            let end = text[at..].char_indices().nth(30).map_or(text.len(), |(end, _)| at + end);
            silent.push(format!("{number} of {:?}", &text[from..end]));
        }
    }
    silent
}

/// Whether a number has a point, or four digits.
fn is_counted(number: &str) -> bool {
    number.contains('.') || number.chars().filter(char::is_ascii_digit).count() >= 4
}

/// Whether a number is a year, a date or a telephone number.
fn is_date(before: &str, number: &str, behind: &str) -> bool {
    let lead: String = before.chars().rev().take_while(|c| *c != '\n').take(20).collect();
    let named = ["期日", "话电"].iter().any(|label| lead.contains(label));
    let lengths: Vec<usize> = number.split('.').map(str::len).collect();
    named || behind.starts_with('年') || matches!(lengths.as_slice(), [4, 1 | 2, 1 | 2])
}

#[test]
fn no_figure_of_a_dump_is_silent() {
    let found = dumps().into_par_iter().flat_map(|(name, bytes)| {
        let document = conversion::document(&bytes);
        let silent = silent(&document.text, &conversion::of_document(&document));
        silent.into_iter().map(|figure| format!("{name}: {figure}")).collect::<Vec<_>>()
    });
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "{} figures are told nowhere:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_figure_of_a_sample_is_silent() {
    let samples = folder::in_repository("samples");
    let mut paths: Vec<PathBuf> = fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 50);
    for path in paths.iter().filter(|path| path.is_file()) {
        let document = conversion::document(&fs::read(path).unwrap());
        let silent = silent(&document.text, &conversion::of_document(&document));
        assert!(silent.is_empty(), "{}: {silent:?}", path.display());
    }
}

/// Lines of a word processor's text wrapped at 72 bytes, at TABs and spaces: header and rows are broken, and the rows of one line
/// are cut where the broken header ends.
#[test]
fn figures_under_a_header_that_was_wrapped_are_told() {
    let text = "2022年度项目绩效自评表\n\n项目名称\t渠道清淤经费\n\n主管部门\t甲县水利局\n\n项目资金\n\n\
        年初预算数\t全年预算数（A）\t全年执行数（B）\t分值\n执行率（B/A）\t得分\n\n\
        \t年度资金总额\t402.94\t633.91\t460.36\t10\t72.62%\t7.26\n\n\
        \t其中：本年财政拨款\t315.21\t480.95\t365.52\t—\t76.00%\t—\n\n\
        绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\n产出指标\t数量指标\t清淤\t≥2公里\t2公里\t90\t90\n\n总分\t100\t97.26\n";
    let document = Document::from_text("dump.txt", text);
    let outcome = conversion::of_document(&document);
    let told = silent(text, &outcome);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_silent_figure_is_found() {
    let outcome =
        conversion::of_text("项目支出绩效自评表\n（2022年度）\n项目名称\t渠道清淤\n\n共计 12.50 万元\n");
    let told = silent("共计 12.50 万元，2022年", &outcome);
    assert!(told.is_empty(), "{told:?} {outcome:?}");
    assert_eq!(silent("共计 12.51 万元", &outcome).len(), 1);
    assert_eq!(silent("共计 12.5012.51 万元", &outcome).len(), 1);
    assert_eq!(silent("编号 ４５６７", &outcome).len(), 1);
}

#[test]
fn every_dataset_holds() {
    let root = tempfile::tempdir().unwrap();
    let (sources, dataset) = (root.path().join("sources"), root.path().join("dataset"));
    fs::create_dir(&sources).unwrap();
    for (name, bytes) in dumps() {
        fs::write(sources.join(format!("{name}.txt")), bytes).unwrap();
    }
    conversion::of_folder(&sources, &dataset, 0);
    for sources in [None, Some(sources)] {
        let options = VerifyOptions { sources, ..VerifyOptions::new(&GRAMMARS) };
        let report = verify(&dataset, &options).unwrap();
        assert!(report.holds() && report.checked.documents > 300, "{report}");
    }
}
