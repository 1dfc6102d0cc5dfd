//! A dataset as its readers meet it.

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Every file below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The bytes of every file by its path below the dataset.
pub fn bytes(dataset: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = files(dataset);
    assert!(!all.is_empty());
    all.iter().map(|file| (file.strip_prefix(dataset).unwrap().into(), fs::read(file).unwrap())).collect()
}

fn batches(dataset: &Path, table: &str) -> Vec<RecordBatch> {
    let parts = files(&dataset.join(table));
    assert!(!parts.is_empty(), "{table}");
    let read = |part: &PathBuf| {
        let file = File::open(part).unwrap();
        ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().map(Result::unwrap)
    };
    parts.iter().flat_map(read).collect()
}

pub fn rows(dataset: &Path, table: &str) -> u64 {
    batches(dataset, table).iter().map(|batch| batch.num_rows() as u64).sum()
}

/// A column of text, row by row; "" for null.
pub fn column(dataset: &Path, table: &str, name: &str) -> Vec<String> {
    let mut values = Vec::new();
    for batch in batches(dataset, table) {
        let column = batch.column_by_name(name).unwrap();
        match column.as_any_dictionary_opt() {
            Some(_) => {
                let words = column.as_dictionary::<Int32Type>().downcast_dict::<StringArray>().unwrap();
                values.extend(words.into_iter().map(|word| word.unwrap_or_default().to_owned()));
            }
            None => values
                .extend(column.as_string::<i32>().iter().map(|text| text.unwrap_or_default().to_owned())),
        }
    }
    values
}

/// How often each value stands in a column.
pub fn counts(dataset: &Path, table: &str, name: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for value in column(dataset, table, name) {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// Which rows have a value in a column.
pub fn present(dataset: &Path, table: &str, name: &str) -> Vec<bool> {
    let given = |batch: RecordBatch| {
        let column = batch.column_by_name(name).unwrap().clone();
        (0..batch.num_rows()).map(move |row| column.is_valid(row)).collect::<Vec<bool>>()
    };
    batches(dataset, table).into_iter().flat_map(given).collect()
}
