use std::fs;
use std::path::Path;

use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Encoding;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::*;
use crate::table::tests::amount;
use crate::table::{DocumentRow, Rows, Tables};
use crate::value::decimal::Decimal;

const DOC: &str = "00112233445566778899aabbccddeeff";

/// `rows` sums of money in two years, and their document, in batches of `step` rows.
fn batches(rows: u32, step: usize) -> Vec<Vec<TableBatch>> {
    let lines: Vec<u32> = (1..=rows).collect();
    lines.chunks(step).map(run).collect()
}

fn run(lines: &[u32]) -> Vec<TableBatch> {
    let mut tables = Tables::new();
    for &line in lines {
        let form = format!("{DOC}-{:04}", line / 20 + 1);
        let raw = format!("{}.{:02}", u64::from(line) * 7919 % 100_003, line % 100);
        let yuan = (line % 11 != 0).then(|| Decimal::new(i128::from(line) * 31, 2));
        let mut row = amount(&form, yuan, line);
        row.raw = Some(&raw);
        row.trust = if yuan.is_some() { "stated" } else { "disputed" };
        tables.amounts(Some(2022 + i32::from(line % 3 == 0)), &row).unwrap();
    }
    tables.finish()
}

fn document() -> Vec<TableBatch> {
    let mut tables = Tables::new();
    let (source, encoding, status) = ("某局/2022.md", "utf-8", "converted");
    let row = DocumentRow {
        doc_id: DOC,
        source,
        bytes: 42,
        encoding,
        dialect: None,
        status,
        error: None,
        forms: 0,
        lines: 3,
        lines_unclaimed: 0,
        findings: 0,
    };
    tables.documents(&row).unwrap();
    tables.finish()
}

fn options(force: bool) -> DatasetOptions {
    DatasetOptions { force, ..DatasetOptions::default() }
}

/// Limits that a few thousand rows reach, each of them.
fn small() -> DatasetOptions {
    let limits = Limits { chunk_rows: 64, group_rows: 256, group_bytes: 1 << 20, part_bytes: 12_000 };
    DatasetOptions { force: false, limits }
}

fn publish(target: &Path, options: &DatasetOptions, runs: Vec<Vec<TableBatch>>) -> Published {
    let mut writer = DatasetWriter::create(target, options).unwrap();
    for run in runs {
        writer.write(run).unwrap();
    }
    writer.finish().unwrap()
}

fn refusal(target: &Path, force: bool) -> Refusal {
    match DatasetWriter::create(target, &options(force)).map(|_| ()) {
        Err(DatasetError::Refused { reason, .. }) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(path).unwrap()).unwrap();
    reader.build().unwrap().map(Result::unwrap).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn temp() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn what_is_written_is_read_back() {
    let temp = temp();
    let target = temp.path().join("new/folders/out");
    let published = publish(&target, &options(false), vec![run(&[1, 2, 3, 4]), document()]);
    assert_eq!(published.path, target.canonicalize().unwrap());
    assert_eq!(published.left_behind, None);
    let amounts = read(&target.join("amounts/fiscal_year=2022/part-00000.parquet"));
    let expected = run(&[1, 2, 4]).remove(0).record_batch();
    assert_eq!(amounts, [expected]);
    assert_eq!(amounts[0].schema(), Table::Amounts.schema(), "descriptions survive");
    assert_eq!(names(&target.join("amounts")), ["fiscal_year=2022", "fiscal_year=2023"]);
    assert_eq!(names(&target.join("texts")), ["fiscal_year=2022"], "empty, in a year that is known");
    assert_eq!(names(&target.join("findings")), ["part-00000.parquet"]);
    assert_eq!(names(&temp.path().join("new/folders")), ["out"]);
}

#[test]
fn every_file_says_what_made_it() {
    let temp = temp();
    let target = temp.path().join("out");
    for file in publish(&target, &options(false), vec![]).files {
        let file = fs::File::open(target.join(&file.path)).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let metadata = reader.metadata().file_metadata();
        let pairs = metadata.key_value_metadata().unwrap();
        let value = |key| pairs.iter().find(|pair| pair.key == key).unwrap().value.clone().unwrap();
        assert_eq!(value("biaodan.contract"), "1");
        assert_eq!(value("biaodan.version"), env!("CARGO_PKG_VERSION"));
        assert_eq!(metadata.created_by().unwrap(), concat!("biaodan version ", env!("CARGO_PKG_VERSION")));
        assert_eq!(metadata.num_rows(), 0);
    }
}

/// Rows whose texts outgrow a dictionary, with nulls for whole pages and here and there.
fn varied(lines: std::ops::Range<u32>) -> Vec<TableBatch> {
    let mut tables = Tables::new();
    let form = format!("{DOC}-0001");
    for line in lines {
        let raw = format!("{}{line}", "长".repeat(40 + line as usize % 7));
        let mut row = amount(&form, Some(Decimal::new(i128::from(line) * 7919 % 10_007, 2)), line);
        row.raw = (line > 9_000 && line % 5 != 0).then_some(&raw);
        row.measure_label = row.raw.map(Into::into);
        row.item_code = (line % 9_000 < 40).then_some("expenditure.basic".into());
        row.amount_yuan = row.amount_yuan.filter(|_| line % 3 == 0);
        tables.amounts(Some(2022), &row).unwrap();
    }
    tables.finish()
}

#[test]
fn columns_survive_when_their_dictionary_does_not() {
    let folder = temp();
    let target = folder.path().join("dataset");
    let published = publish(&target, &options(false), vec![varied(1..20_000), varied(20_000..30_001)]);
    let file = published.files.iter().find(|file| file.table == Table::Amounts).unwrap();
    let whole =
        arrow_select::concat::concat_batches(&Table::Amounts.schema(), &read(&target.join(&file.path)))
            .unwrap();
    assert_eq!(whole, varied(1..30_001).remove(0).record_batch());
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(fs::File::open(target.join(&file.path)).unwrap()).unwrap();
    let group = reader.metadata().row_group(0);
    let column = |name| group.columns().iter().find(|column| column.column_path().string() == name).unwrap();
    let is_encoded = |name, encoding| column(name).page_encoding_stats_mask().unwrap().is_set(encoding);
    assert!(is_encoded("measure_label", Encoding::RLE_DICTIONARY), "a dictionary is tried");
    assert!(is_encoded("measure_label", Encoding::PLAIN), "and given up");
    assert!(is_encoded("raw", Encoding::DELTA_LENGTH_BYTE_ARRAY) && is_encoded("raw", Encoding::PLAIN));
    assert!(is_encoded("line", Encoding::DELTA_BINARY_PACKED) && is_encoded("amount_yuan", Encoding::PLAIN));
    for name in ["measure_label", "raw"] {
        let statistics = column(name).statistics().unwrap();
        assert_eq!(statistics.null_count_opt(), Some(9_000 + 21_000 / 5));
        assert_eq!(statistics.min_bytes_opt().unwrap(), "长".repeat(21).as_bytes());
    }
}

#[test]
fn bytes_depend_on_the_rows_alone() {
    let temp = temp();
    for options in [options(false), small()] {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let files: Vec<_> = [(7, 1), (1000, 4), (9000, 2), (64, 4)]
            .into_iter()
            .map(|(step, threads)| {
                let target = temp.path().join(format!("{step}-{}", options.limits.chunk_rows));
                pool(threads).install(|| publish(&target, &options, batches(9000, step))).files
            })
            .collect();
        assert!(files.windows(2).all(|pair| pair[0] == pair[1]), "{files:#?}");
    }
    let descriptor = |name: &str| fs::read(temp.path().join(name).join(package::FILE)).unwrap();
    assert_eq!(descriptor("7-64"), descriptor("1000-64"));
}

#[test]
fn parts_and_row_groups_end_at_their_limits() {
    let temp = temp();
    let target = temp.path().join("out");
    let published = publish(&target, &small(), batches(9000, 500));
    let parts: Vec<_> =
        published.files.iter().filter(|f| f.path.starts_with("amounts/fiscal_year=2022/")).collect();
    assert!(parts.len() > 2, "{parts:?}");
    assert_eq!(parts[1].path, "amounts/fiscal_year=2022/part-00001.parquet");
    assert_eq!(parts.iter().map(|part| part.rows).sum::<u64>(), 6000);
    for part in &parts {
        let file = fs::File::open(target.join(&part.path)).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let groups = reader.metadata().row_groups();
        assert!(groups.iter().rev().skip(1).all(|group| group.num_rows() == 256));
        assert_eq!(groups.iter().map(|group| group.num_rows()).sum::<i64>() as u64, part.rows);
    }
}

#[test]
fn the_descriptor_lists_every_file_with_its_hash() {
    let temp = temp();
    let target = temp.path().join("out");
    let published = publish(&target, &options(false), batches(100, 10));
    let text = fs::read(target.join(package::FILE)).unwrap();
    let package: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let listed = package["biaodan"]["files"].as_array().unwrap();
    assert_eq!(listed.len(), published.files.len());
    for file in listed {
        let bytes = fs::read(target.join(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(file["bytes"], bytes.len());
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], hash);
    }
    let amounts = &package["resources"][2];
    assert_eq!((&amounts["name"], amounts["path"].as_array().unwrap().len()), (&"amounts".into(), 2));
    let yuan = amounts["schema"]["fields"].as_array().unwrap().iter().find(|f| f["name"] == "amount_yuan");
    assert_eq!(yuan.unwrap()["unit"], "CNY");
}

#[test]
fn a_year_without_four_digits_is_unknown() {
    assert_eq!(partition_folder(Table::Documents, None), "documents");
    let temp = temp();
    let mut tables = Tables::new();
    for year in [None, Some(22), Some(20_222)] {
        tables.amounts(year, &amount(&format!("{DOC}-0001"), None, 1)).unwrap();
    }
    let published = publish(&temp.path().join("out"), &options(false), vec![tables.finish()]);
    let part = published.files.iter().find(|file| file.rows > 0).unwrap();
    assert_eq!(part.path, "amounts/fiscal_year=__HIVE_DEFAULT_PARTITION__/part-00000.parquet");
    assert_eq!(part.rows, 3);
}

mod targets;
