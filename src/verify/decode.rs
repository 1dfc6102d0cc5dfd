//! Parquet files as rows.

use super::manifest::Listed;
use super::report::{At, Check, Sink};
use super::rows::{Amount, Document, Finding, Form, Indicator, Measure, Rows, Text};
use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

/// The rows of the files, in their order; `None` where a file cannot be read whole.
pub(super) fn rows(dir: &Path, files: &[Listed], sink: &mut Sink) -> Option<Rows> {
    let mut rows = Rows::default();
    let mut whole = true;
    for file in files {
        let decoded = batches(&dir.join(&file.path)).and_then(|batches| {
            let counted: usize = batches.iter().map(RecordBatch::num_rows).sum();
            if counted as u64 != file.rows {
                let what = format!("the manifest says {} rows, the file has {counted}", file.rows);
                sink.fault(Check::Manifest, At::file(&file.path), what);
            }
            batches.iter().try_for_each(|batch| take(&mut rows, &file.path, batch))
        });
        if let Err(what) = decoded {
            sink.fault(Check::Manifest, At::file(&file.path), what);
            whole = false;
        }
    }
    whole.then_some(rows)
}

fn batches(path: &Path) -> Result<Vec<RecordBatch>, String> {
    let file = File::open(path).map_err(|error| format!("cannot be opened: {error}"))?;
    let unreadable = |error: &dyn std::fmt::Display| format!("cannot be read as Parquet: {error}");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(|error| unreadable(&error))?;
    reader.collect::<Result<Vec<_>, _>>().map_err(|error| unreadable(&error))
}

fn take(rows: &mut Rows, path: &str, batch: &RecordBatch) -> Result<(), String> {
    let year = year_of(path)?;
    let table = path.split('/').next().unwrap_or_default();
    let taken = match table {
        "documents" => Document::read(batch, year, &mut rows.documents),
        "forms" => Form::read(batch, year, &mut rows.forms),
        "amounts" => Amount::read(batch, year, &mut rows.amounts),
        "measures" => Measure::read(batch, year, &mut rows.measures),
        "indicators" => Indicator::read(batch, year, &mut rows.indicators),
        "texts" => Text::read(batch, year, &mut rows.texts),
        "findings" => Finding::read(batch, year, &mut rows.findings),
        _ => return Err("belongs to no table".to_owned()),
    };
    taken
        .map_err(|column| format!("column {column} is missing, of another type, or null where it may not be"))
}

/// The year in the path of a partition; `None` for the unknown year and for tables without partitions.
fn year_of(path: &str) -> Result<Option<i32>, String> {
    match path.split('/').find_map(|folder| folder.strip_prefix("fiscal_year=")) {
        None | Some("__HIVE_DEFAULT_PARTITION__") => Ok(None),
        Some(year) => year.parse().map(Some).map_err(|_| format!("`{year}` is no year")),
    }
}
