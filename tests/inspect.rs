//! What a view says of a document is what the converter makes of it.

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type};
use arrow_array::{Array, RecordBatch};
use biaodan::dump::Dialect;
use biaodan::grammar::Grammars;
use biaodan::inspect::{Row, View};
use biaodan::pipeline::{ConvertOptions, Converter};
use biaodan::proof::Trust;
use biaodan::source::{Document, ReadOptions};
use biaodan::table::{Personal, Table, Tables};
use std::fs;

/// Calls `each` with the name and a view of every sample.
fn samples(personal: Personal, mut each: impl FnMut(&str, &Converter<'_>, &View<'_>)) {
    let grammars = Grammars::built_in().unwrap();
    let converter = Converter::new(&grammars, ConvertOptions { dialect: None, personal });
    let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).unwrap();
    let mut met = 0;
    for path in folder.map(|entry| entry.unwrap().path()) {
        let document =
            Document::from_bytes(&path, fs::read(&path).unwrap(), &ReadOptions::default()).unwrap();
        let converted = converter.convert(&document);
        let view = View::new(&document, &converter, &converted);
        each(&path.file_name().unwrap().to_string_lossy(), &converter, &view);
        met += 1;
    }
    assert!(met > 20, "only {met} samples");
}

#[test]
fn every_line_with_a_value_is_accounted_for() {
    samples(Personal::Keep, |name, _, view| {
        for line in 1..=view.line_count() {
            let account = view.account(line).unwrap();
            let told = !account.entries.is_empty() || !account.findings.is_empty();
            // A cell of a drawn table is told of on its first line; where rules alone draw it no line shows that.
            let ruled = view.converted().dialect == Some(Dialect::Grid);
            let told = told || ruled || account.text.contains(['|', '│']);
            assert!(told || account.claim != "value", "{name}:{line}: {}", account.text);
            assert_eq!(account.claim == "unclaimed", account.unclaimed_run.is_some(), "{name}:{line}");
            assert!(
                account.form.is_some() || matches!(account.claim, "blank" | "unclaimed" | "boilerplate"),
                "{name}:{line}"
            );
        }
        assert!(view.account(0).is_err() && view.account(view.line_count() + 1).is_err(), "{name}");
    });
}

#[test]
fn every_figure_is_on_its_line_with_the_trust_of_the_converter() {
    samples(Personal::Drop, |name, _, view| {
        for (nth, judged) in view.converted().forms.iter().enumerate() {
            for fact in &judged.facts.all {
                let account = view.account(fact.line).unwrap();
                // Of forms that share the line the first is named.
                assert!(account.form.as_ref().unwrap().ordinal as usize <= nth + 1);
                let (_, column) = fact.place.column();
                let found = account.entries.iter().find(|entry| {
                    entry.raw == judged.raw_of(fact)
                        && entry.lands.as_ref().is_some_and(|lands| lands.column == column)
                        && entry.figure.as_ref().is_some_and(|figure| figure.trust == fact.trust.as_str())
                });
                let figure =
                    found.unwrap_or_else(|| panic!("{name}:{}: {fact:?}", fact.line)).figure.as_ref();
                let identities = &figure.unwrap().identities;
                if matches!(fact.trust, Trust::Proven | Trust::Repaired) {
                    assert!(identities.iter().any(|said| said.holds == Some(true)), "{name}:{}", fact.line);
                }
            }
        }
    });
}

#[test]
fn a_sheet_has_the_rows_of_the_dataset() {
    samples(Personal::Drop, |name, converter, view| {
        let mut tables = Tables::new();
        converter
            .fill(&mut tables, &mut biaodan::table::Memory::default(), view.document(), view.converted())
            .unwrap();
        let batches = tables.finish();
        let sheet = view.sheet(None).unwrap();
        for (table, column) in
            [(Table::Amounts, "amount_yuan"), (Table::Measures, "value"), (Table::Indicators, "score")]
        {
            let mut stored: Vec<_> = batches
                .iter()
                .filter(|batch| batch.table == table)
                .flat_map(|batch| figures(&batch.record_batch(), column))
                .collect();
            let forms = sheet.forms.iter().flat_map(|form| match table {
                Table::Amounts => &form.rows.amounts,
                Table::Measures => &form.rows.measures,
                _ => &form.rows.indicators,
            });
            let mut shown: Vec<_> = forms.map(|row| shown_figure(row, column)).collect();
            stored.sort();
            shown.sort();
            assert_eq!(shown, stored, "{name}: {}", table.name());
        }
        let found =
            sheet.findings.len() + sheet.forms.iter().map(|form| form.rows.findings.len()).sum::<usize>();
        assert_eq!(found, view.converted().findings.len(), "{name}");
        assert_eq!(sheet.unclaimed.len(), view.converted().lines_unclaimed as usize, "{name}");
    });
}

/// Line, value and trust of every row.
fn figures(batch: &RecordBatch, column: &str) -> Vec<(u64, Option<String>, String)> {
    let lines = batch.column_by_name("line").unwrap().as_primitive::<Int32Type>();
    let values = batch.column_by_name(column).unwrap().as_primitive::<Decimal128Type>();
    let trusts = batch.column_by_name("trust").unwrap().as_dictionary::<Int32Type>();
    let words = trusts.downcast_dict::<arrow_array::StringArray>().unwrap();
    let rows = (0..batch.num_rows()).map(|at| {
        let value = values.is_valid(at).then(|| values.value_as_string(at));
        (lines.value(at) as u64, value, arrow_array::ArrayAccessor::value(&words, at).to_owned())
    });
    rows.collect()
}

fn shown_figure(row: &Row, column: &str) -> (u64, Option<String>, String) {
    let value = row[column].as_str().map(str::to_owned);
    (row["line"].as_u64().unwrap(), value, row["trust"].as_str().unwrap().to_owned())
}

#[test]
fn a_kept_name_is_shown_and_a_dropped_one_nowhere() {
    let text =
        "项目支出绩效自评表\n（2022年度）\n填表人：欧阳某某  联系电话：0735-1234567\n填表人：司马某某\n";
    let text =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/project-self-evaluation-sound.txt"))
            .map(|sample| format!("{sample}\n填表人：欧阳某某  联系电话：0735-1234567\n{text}"))
            .unwrap();
    let grammars = Grammars::built_in().unwrap();
    for (personal, names) in [(Personal::Drop, false), (Personal::Keep, true)] {
        let converter = Converter::new(&grammars, ConvertOptions { dialect: None, personal });
        let document = Document::from_text("a.txt", text.as_str());
        let converted = converter.convert(&document);
        let view = View::new(&document, &converter, &converted);
        let mut told = serde_json::to_string(&view.sheet(None).unwrap()).unwrap();
        for line in 1..=view.line_count() {
            told += &serde_json::to_string(&view.account(line).unwrap()).unwrap();
        }
        for name in ["欧阳某某", "司马某某", "0735-1234567"] {
            assert_eq!(told.contains(name), names, "{name} with {personal:?}");
        }
    }
}
