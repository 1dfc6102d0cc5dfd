//! The rows of a dataset as plain text, read back from record batches or from a published folder.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use biaodan::table::{Table, TableBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;

/// What a cell of a table holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Null,
    Number(String),
    Text(String),
}

/// A row with the name of each of its columns, in their order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub table: &'static str,
    /// The year of the partition; `None` where it is unknown or the table has no partitions.
    pub year: Option<i32>,
    pub cells: Vec<(&'static str, Cell)>,
}

impl Row {
    fn cell(&self, column: &str) -> &Cell {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        &found.unwrap_or_else(|| panic!("table {} has no column {column}", self.table)).1
    }

    /// The text or the digits in a column; `None` where it is null.
    pub fn get(&self, column: &str) -> Option<&str> {
        match self.cell(column) {
            Cell::Null => None,
            Cell::Number(text) | Cell::Text(text) => Some(text),
        }
    }

    /// The integer in a column; panics where there is none.
    pub fn int(&self, column: &str) -> u32 {
        self.get(column).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{column} of {self:?}"))
    }

    /// The row without some of its columns.
    pub fn without(&self, columns: &[&str]) -> Row {
        let cells = self.cells.iter().filter(|(name, _)| !columns.contains(name)).cloned().collect();
        Row { cells, ..*self }
    }

    /// The row with `change` made to every text in it.
    pub fn with_texts(&self, change: impl Fn(&str) -> String) -> Row {
        let changed = |cell: &Cell| match cell {
            Cell::Text(text) => Cell::Text(change(text)),
            other => other.clone(),
        };
        Row { cells: self.cells.iter().map(|(name, cell)| (*name, changed(cell))).collect(), ..*self }
    }

    /// The columns that hold something as one line of JSON, without those named.
    pub fn line_of_json(&self, without: &[&str]) -> String {
        let filled = self.cells.iter().filter(|(name, cell)| !without.contains(name) && *cell != Cell::Null);
        let pairs: Vec<String> = filled.map(|(name, cell)| format!("\"{name}\": {cell}")).collect();
        format!("{{{}}}", pairs.join(", "))
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.table, self.line_of_json(&[]))
    }
}

/// As JSON; decimals keep their digits.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Null => f.write_str("null"),
            Cell::Number(digits) => f.write_str(digits),
            Cell::Text(text) => write!(f, "{}", Value::from(text.as_str())),
        }
    }
}

/// The rows of batches, in their order.
pub fn of_batches(batches: &[TableBatch]) -> Vec<Row> {
    batches.iter().flat_map(|batch| of_batch(batch.table, batch.year, &batch.record_batch())).collect()
}

/// The rows of a published dataset: tables in the contract's order, then by the names of folders and files.
pub fn of_dataset(folder: &Path) -> Vec<Row> {
    let mut rows = Vec::new();
    for table in Table::ALL {
        let files = files_below(&folder.join(table.name()));
        assert!(!files.is_empty(), "table {} has no file", table.name());
        for file in files {
            let partition = file.parent().and_then(|folder| folder.file_name()).unwrap().to_string_lossy();
            let year = partition.strip_prefix("fiscal_year=").and_then(|year| year.parse().ok());
            let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&file).unwrap()).unwrap();
            for batch in reader.build().unwrap() {
                rows.extend(of_batch(table, year, &batch.unwrap()));
            }
        }
    }
    rows
}

/// Every file below a folder, sorted.
pub fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn of_batch(table: Table, year: Option<i32>, batch: &RecordBatch) -> Vec<Row> {
    let names: Vec<&'static str> = table.columns().iter().map(|column| column.name).collect();
    let written: Vec<&str> = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, written, "columns of {}", table.name());
    let row = |at: usize| {
        let cells = names.iter().zip(batch.columns()).map(|(name, column)| (*name, cell(column, at)));
        Row { table: table.name(), year, cells: cells.collect() }
    };
    (0..batch.num_rows()).map(row).collect()
}

fn cell(column: &dyn Array, at: usize) -> Cell {
    if column.is_null(at) {
        return Cell::Null;
    }
    match column.data_type() {
        DataType::Utf8 => Cell::Text(column.as_string::<i32>().value(at).to_owned()),
        DataType::Dictionary(..) => {
            let words = column.as_dictionary::<Int32Type>();
            let word = words.keys().value(at) as usize;
            Cell::Text(words.values().as_string::<i32>().value(word).to_owned())
        }
        DataType::Int32 => Cell::Number(column.as_primitive::<Int32Type>().value(at).to_string()),
        DataType::Int64 => Cell::Number(column.as_primitive::<Int64Type>().value(at).to_string()),
        DataType::Decimal128(..) => Cell::Number(column.as_primitive::<Decimal128Type>().value_as_string(at)),
        DataType::Date32 => {
            let day = i64::from(column.as_primitive::<Date32Type>().value(at));
            Cell::Text(calendar(day))
        }
        other => panic!("no column of the contract is a {other}"),
    }
}

/// Days since 1970-01-01 as a date (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn calendar(days: i64) -> String {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The merge that a row lost in front of its label was of one cell, and the label's own is of two: a blank one stands behind it.
#[test]
fn a_label_merged_over_two_columns_moves_as_one() {
    let outcome = crate::conversion::of_text(
        "部门整体支出绩效自评表\n\n（2021年度）\n\n\
         | 部门名称 |  | 某县某局 |  |  |  |  |  |  |  |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n\
         | 年度预算申请（万元） |  |  |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n\
         | 年度资金总额 |  | 1250.00 | 1300.00 | 1196.00 | 10 | 92.00% | 9.20 |\n",
    );
    let amounts: Vec<_> = outcome
        .of_table("amounts")
        .map(|row| (row.get("measure").unwrap(), row.get("raw").unwrap()))
        .collect();
    assert_eq!(
        amounts,
        [("budget_initial", "1250.00"), ("budget_final", "1300.00"), ("executed", "1196.00")]
    );
}

/// A cell a line, without blank ones: what is not compared has no unit, and what stands behind what was reached is its reason.
#[test]
fn targets_in_words_have_no_unit_in_lines_without_scores() {
    let head = "部门整体支出绩效自评表\n（2022年度）\n部门名称\n某县某局\n三、部门整体支出绩效指标\n绩效指标\n一级指标\n二级指标\n三级指标\n\
                指标性质\n指标值\n度量单位\n实际完成值\n偏差原因分析及改进措施\n";
    let lines = "产出指标\n数量指标\n巡护里程\n≥\n120\n公里\n126公里\n宣传覆盖\n定性\n基本覆盖\n部分覆盖\n山区村组较远\n\
                 质量指标\n设备完好率\n=\n100\n%\n100%\n";
    let outcome = crate::conversion::of_text(format!("{head}{lines}"));
    let read: Vec<_> = outcome
        .of_table("indicators")
        .map(|row| ["level3", "target", "actual", "reason"].map(|column| row.get(column).unwrap_or("")))
        .collect();
    assert_eq!(
        read,
        [
            ["巡护里程", "≥120公里", "126公里", ""],
            ["宣传覆盖", "基本覆盖", "部分覆盖", "山区村组较远"],
            ["设备完好率", "=100%", "100%", ""],
        ]
    );
}
