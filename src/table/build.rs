//! Rows into batches: one set of columns a table and year.

use arrow_array::RecordBatch;

use super::Table;
use super::row::{
    AmountCells, AmountRow, DocumentCells, DocumentRow, FindingCells, FindingRow, FormCells, FormRow,
    IndicatorCells, IndicatorRow, MeasureCells, MeasureRow, RowCells, TextCells, TextRow, Unfit,
};
use super::spent;
use super::values::Values;

/// Rows of one table and year, in the order they were pushed.
#[derive(Clone, Debug)]
pub struct TableBatch {
    /// Whose rows they are.
    pub table: Table,
    /// The year their forms report on; `None` where it is unknown and for tables that are not partitioned.
    pub year: Option<i32>,
    /// Its columns, in the order of the file.
    pub(crate) columns: Vec<Values>,
}

impl TableBatch {
    /// How many rows it holds.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Values::rows)
    }

    /// The rows as Arrow arrays in the table's schema.
    pub fn record_batch(&self) -> RecordBatch {
        let columns = self.table.columns().iter().zip(&self.columns);
        let arrays = columns.map(|(column, values)| values.array(column.kind)).collect();
        // Schema and columns come from one column list, which the tests walk for every table.
        RecordBatch::try_new(self.table.schema(), arrays).expect("the columns fill the table's own schema")
    }
}

/// What takes the rows of documents: tables under construction, or a view of one document.
pub trait Rows {
    /// Takes a form that reports on `year`.
    ///
    /// # Errors
    /// A number is too large for its column; the row is not taken then.
    fn forms(&mut self, year: Option<i32>, row: &FormRow<'_>) -> Result<(), Unfit>;

    /// Takes a sum of a form that reports on `year`.
    ///
    /// # Errors
    /// A number is too large for its column; the row is not taken then.
    fn amounts(&mut self, year: Option<i32>, row: &AmountRow<'_>) -> Result<(), Unfit>;

    /// Takes a number of a form that reports on `year`.
    ///
    /// # Errors
    /// A number is too large for its column; the row is not taken then.
    fn measures(&mut self, year: Option<i32>, row: &MeasureRow<'_>) -> Result<(), Unfit>;

    /// Takes a scored line of a form that reports on `year`.
    ///
    /// # Errors
    /// A number is too large for its column; the row is not taken then.
    fn indicators(&mut self, year: Option<i32>, row: &IndicatorRow<'_>) -> Result<(), Unfit>;

    /// Takes a passage of a form that reports on `year`.
    ///
    /// # Errors
    /// A number is too large for its column; the row is not taken then.
    fn texts(&mut self, year: Option<i32>, row: &TextRow<'_>) -> Result<(), Unfit>;

    /// Takes a finding.
    ///
    /// # Errors
    /// A number is too large for its column; the row is not taken then.
    fn findings(&mut self, row: &FindingRow<'_>) -> Result<(), Unfit>;
}

/// The rows of a run of documents, being collected. A run is meant to be some thousands of rows: the texts of
/// one column may not exceed 2 GiB.
#[derive(Default)]
pub struct Tables {
    documents: ByYear<DocumentCells>,
    forms: ByYear<FormCells>,
    amounts: ByYear<AmountCells>,
    measures: ByYear<MeasureCells>,
    indicators: ByYear<IndicatorCells>,
    texts: ByYear<TextCells>,
    findings: ByYear<FindingCells>,
}

impl Tables {
    /// No rows yet.
    pub fn new() -> Self {
        Tables::default()
    }

    /// Adds a document.
    pub fn documents(&mut self, row: &DocumentRow<'_>) -> Result<(), Unfit> {
        self.documents.of(None).push(row)
    }

    /// How many rows were added, over all tables: what a run is bounded by.
    pub fn rows(&self) -> usize {
        self.documents.rows()
            + self.forms.rows()
            + self.amounts.rows()
            + self.measures.rows()
            + self.indicators.rows()
            + self.texts.rows()
            + self.findings.rows()
    }

    /// The batches, by table in the contract's order, then by year, the unknown year first. A table and year
    /// without rows gives none.
    pub fn finish(self) -> Vec<TableBatch> {
        let mut batches = Vec::new();
        self.documents.finish(&mut batches);
        self.forms.finish(&mut batches);
        self.amounts.finish(&mut batches);
        self.measures.finish(&mut batches);
        self.indicators.finish(&mut batches);
        self.texts.finish(&mut batches);
        self.findings.finish(&mut batches);
        batches
    }
}

impl Rows for Tables {
    fn forms(&mut self, year: Option<i32>, row: &FormRow<'_>) -> Result<(), Unfit> {
        self.forms.of(year).push(row)
    }

    #[inline(always)]
    fn amounts(&mut self, year: Option<i32>, row: &AmountRow<'_>) -> Result<(), Unfit> {
        self.amounts.of(year).push(row)
    }

    fn measures(&mut self, year: Option<i32>, row: &MeasureRow<'_>) -> Result<(), Unfit> {
        self.measures.of(year).push(row)
    }

    #[inline(always)]
    fn indicators(&mut self, year: Option<i32>, row: &IndicatorRow<'_>) -> Result<(), Unfit> {
        self.indicators.of(year).push(row)
    }

    fn texts(&mut self, year: Option<i32>, row: &TextRow<'_>) -> Result<(), Unfit> {
        self.texts.of(year).push(row)
    }

    fn findings(&mut self, row: &FindingRow<'_>) -> Result<(), Unfit> {
        self.findings.of(None).push(row)
    }
}

/// Rows handed on in pieces, for a document of any size: its rows take as much room as itself, and a piece of them a bounded one.
pub struct Pieces<F> {
    tables: Tables,
    /// Rows collected since the last piece.
    rows: usize,
    most: usize,
    hand_on: F,
}

impl<F: FnMut(Vec<TableBatch>)> Pieces<F> {
    /// No rows yet. Whenever `most` have been collected over all tables, `hand_on` is given their batches, as
    /// [`Tables::finish`] would give them.
    pub fn new(most: usize, hand_on: F) -> Self {
        Pieces { tables: Tables::new(), rows: 0, most, hand_on }
    }

    /// Hands the last rows on.
    pub fn finish(mut self) {
        if self.rows > 0 {
            (self.hand_on)(self.tables.finish());
        }
    }

    /// Counts a row that was taken.
    fn count(&mut self, taken: Result<(), Unfit>) -> Result<(), Unfit> {
        self.rows += usize::from(taken.is_ok());
        if self.rows >= self.most {
            self.rows = 0;
            (self.hand_on)(std::mem::take(&mut self.tables).finish());
        }
        taken
    }
}

impl<F: FnMut(Vec<TableBatch>)> Rows for Pieces<F> {
    fn forms(&mut self, year: Option<i32>, row: &FormRow<'_>) -> Result<(), Unfit> {
        let taken = self.tables.forms(year, row);
        self.count(taken)
    }

    fn amounts(&mut self, year: Option<i32>, row: &AmountRow<'_>) -> Result<(), Unfit> {
        let taken = self.tables.amounts(year, row);
        self.count(taken)
    }

    fn measures(&mut self, year: Option<i32>, row: &MeasureRow<'_>) -> Result<(), Unfit> {
        let taken = self.tables.measures(year, row);
        self.count(taken)
    }

    fn indicators(&mut self, year: Option<i32>, row: &IndicatorRow<'_>) -> Result<(), Unfit> {
        let taken = self.tables.indicators(year, row);
        self.count(taken)
    }

    fn texts(&mut self, year: Option<i32>, row: &TextRow<'_>) -> Result<(), Unfit> {
        let taken = self.tables.texts(year, row);
        self.count(taken)
    }

    fn findings(&mut self, row: &FindingRow<'_>) -> Result<(), Unfit> {
        let taken = self.tables.findings(row);
        self.count(taken)
    }
}

/// One table's builders, a set a year. Runs hold a handful of years and rows of one year follow each other,
/// so the last one used is looked at first and a list is faster than a map.
struct ByYear<C> {
    years: Vec<(Option<i32>, C)>,
    last: usize,
}

impl<C> Default for ByYear<C> {
    fn default() -> Self {
        ByYear { years: Vec::new(), last: 0 }
    }
}

impl<C: RowCells> ByYear<C> {
    fn of(&mut self, year: Option<i32>) -> &mut C {
        if self.years.get(self.last).is_none_or(|(known, _)| *known != year) {
            self.last = self.years.iter().position(|(known, _)| *known == year).unwrap_or_else(|| {
                self.years.push((year, spent::take(C::TABLE).map_or_else(C::default, C::within)));
                self.years.len() - 1
            });
        }
        &mut self.years[self.last].1
    }

    fn rows(&self) -> usize {
        self.years.iter().map(|(_, cells)| cells.rows()).sum()
    }

    fn finish(mut self, batches: &mut Vec<TableBatch>) {
        self.years.sort_by_key(|(year, _)| *year);
        for (year, cells) in self.years {
            if cells.rows() == 0 {
                continue;
            }
            batches.push(TableBatch { table: C::TABLE, year, columns: cells.finish() });
        }
    }
}
