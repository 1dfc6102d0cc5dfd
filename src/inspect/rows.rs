//! The rows of one form, or of what stands outside forms, as the dataset gets them.

use crate::table::{AmountRow, FindingRow, FormRow, IndicatorRow, MeasureRow, Rows, Table, TextRow, Unfit};
use serde::Serialize;
use serde_json::{Map, Value};

/// A row: its columns by name, values as the column keeps them.
pub type Row = Map<String, Value>;

/// The rows of one form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormRows {
    /// Its row in the forms table.
    pub form: Row,
    /// Its sums of money.
    pub amounts: Vec<Row>,
    /// Its other numbers.
    pub measures: Vec<Row>,
    /// Its scored lines.
    pub indicators: Vec<Row>,
    /// Its prose.
    pub texts: Vec<Row>,
    /// What was found in it.
    pub findings: Vec<Row>,
    /// For each of its figures in order, the table and the place of its row.
    #[serde(skip)]
    figures: Vec<(Table, usize)>,
}

impl FormRows {
    /// The row of a figure of a matrix, by its place in [`crate::value::form::Valued::figures`].
    pub fn figure(&self, at: usize) -> Option<&Row> {
        match *self.figures.get(at)? {
            (Table::Amounts, at) => self.amounts.get(at),
            (_, at) => self.measures.get(at),
        }
    }
}

impl Rows for FormRows {
    fn forms(&mut self, _: Option<i32>, row: &FormRow<'_>) -> Result<(), Unfit> {
        self.form = row.to_json();
        Ok(())
    }

    fn amounts(&mut self, _: Option<i32>, row: &AmountRow<'_>) -> Result<(), Unfit> {
        self.figures.push((Table::Amounts, self.amounts.len()));
        self.amounts.push(row.to_json());
        Ok(())
    }

    fn measures(&mut self, _: Option<i32>, row: &MeasureRow<'_>) -> Result<(), Unfit> {
        self.figures.push((Table::Measures, self.measures.len()));
        self.measures.push(row.to_json());
        Ok(())
    }

    fn indicators(&mut self, _: Option<i32>, row: &IndicatorRow<'_>) -> Result<(), Unfit> {
        self.indicators.push(row.to_json());
        Ok(())
    }

    fn texts(&mut self, _: Option<i32>, row: &TextRow<'_>) -> Result<(), Unfit> {
        self.texts.push(row.to_json());
        Ok(())
    }

    fn findings(&mut self, row: &FindingRow<'_>) -> Result<(), Unfit> {
        self.findings.push(row.to_json());
        Ok(())
    }
}
