//! Headers of two rows: labels above that span the labels below.
//!
//! Where a cell is merged downwards, the row below has an empty one; where it is merged sideways, the row above has one
//! cell, or one and empty ones behind it. Which of the two an extractor wrote shows in the rows' widths.

use super::Binder;
use crate::form::Printed;
use crate::form::label::Sight;
use crate::form::row::Slot;
use crate::grammar::Found;

/// A header bound last, which a second row may go on with.
#[derive(Clone, Debug)]
pub(super) struct Upper<'g> {
    pub block: u8,
    pub row: Vec<Slot<'g>>,
    /// How many findings there were before it.
    pub findings: usize,
}

impl<'g, 't> Binder<'_, 'g, 't> {
    /// Binds a row as the second row of the header before it; false where it is none.
    pub(super) fn bind_lower(&mut self, upper: Upper<'g>, row: &[Slot<'g>]) -> bool {
        let block = upper.block;
        if self.bind_streamed(&upper, row) || self.bind_moved(&upper, row) {
            return true;
        }
        // Most rows below a header are none of it.
        let lower = |slot: &Slot<'g>| {
            slot.sight.column_of(block).is_some()
                || (!slot.sight.blank && self.grammar.labels.may_be_lower(self.grid.trimmed(&slot.cell)))
        };
        if !row.iter().any(lower) {
            return false;
        }
        let padded = self.pad_lower(&upper, row);
        let row = padded.as_deref().unwrap_or(row);
        let heads = row.iter().filter(|slot| !slot.sight.blank);
        let heads_any = row.iter().any(|slot| slot.sight.column_of(block).is_some());
        let all_short = heads.clone().all(|slot| slot.sight.end - slot.sight.start <= LONGEST);
        let Some(places) = places(&upper.row, row).filter(|_| all_short) else { return false };
        let spanned: Vec<Option<Slot<'g>>> = (0..row.len())
            .map(|at| places[at].map(|above| upper.row[above]).filter(|_| !row[at].sight.blank))
            .collect();
        let pairs = (0..row.len()).filter(|&at| {
            let label = self.printed(row, at);
            spanned[at]
                .zip(label)
                .is_some_and(|(above, label)| self.column_of_both(above, label, block).is_some())
        });
        if !heads_any && pairs.count() == 0 {
            return false;
        }
        let merged: Vec<Slot<'g>> = (0..row.len())
            .map(|at| match places[at] {
                Some(above) if row[at].sight.blank => upper.row[above],
                _ => row[at],
            })
            .collect();
        // What the first row alone was reported for is bound anew.
        self.form.sections.pop();
        self.form.findings.truncate(upper.findings);
        self.bind_columns(block, &merged, &spanned);
        self.keep_broken_corner(&upper);
        true
    }

    /// Where a label in the corner was broken over both rows of a header, the unit in its first piece still stands for the table.
    fn keep_broken_corner(&mut self, upper: &Upper<'g>) {
        let before = upper.row.iter().take_while(|slot| slot.sight.column_of(upper.block).is_none());
        let mut labels = before.filter_map(|slot| self.printed(&[*slot], 0));
        let stated = labels.find_map(|label| Some((label, self.unit_in_brackets(label.text)?)));
        let (Some(section), Some((label, unit))) = (self.form.sections.last_mut(), stated) else { return };
        if section.unit.is_none() {
            section.corner = section.corner.or(Some(label));
            section.unit = Some(unit);
        }
    }

    /// Binds a second row whose labels stand at its beginning because the cells below merged ones are missing: all of them
    /// stand below the one label of the first row that they head a column with, or each below one that it does.
    fn bind_moved(&mut self, upper: &Upper<'g>, row: &[Slot<'g>]) -> bool {
        let labels = row.iter().take_while(|slot| !slot.sight.blank).count();
        let above = upper.row.iter().take_while(|slot| !slot.sight.blank).count();
        let rest = |row: &[Slot<'_>], from: usize| row[from..].iter().all(|slot| slot.sight.blank);
        let missing = self.grid.dialect.shows_rows() && labels > 1;
        if !missing || !rest(row, labels) || !rest(&upper.row, above) {
            return false;
        }
        if above <= labels {
            let overs = self.rows.overs(upper.block, &upper.row[..above], &row[..labels]);
            let Some(overs) = overs else { return false };
            self.bind_storeys(upper, &upper.row[..above], &row[..labels], &overs);
            return true;
        }
        let columns: Vec<_> = row[..labels].iter().map(|slot| slot.sight.column_of(upper.block)).collect();
        let over = (0..above).find(|&place| {
            let own = upper.row[place].sight.column_of(upper.block);
            let shared = own.is_some() && columns.contains(&own) && columns.iter().all(Option::is_some);
            shared
                || (0..labels).all(|at| {
                    let label = self.printed(row, at);
                    let both = |label| self.column_of_both(upper.row[place], label, upper.block);
                    label.and_then(both).is_some()
                })
        });
        let Some(over) = over else { return false };
        let mut merged = upper.row[..over].to_vec();
        merged.extend_from_slice(&row[..labels]);
        merged.extend_from_slice(&upper.row[over + 1..]);
        merged.truncate(row.len().max(above + labels - 1));
        let spanned: Vec<Option<Slot<'g>>> = (0..merged.len())
            .map(|at| (over..over + labels).contains(&at).then(|| upper.row[over]))
            .collect();
        self.form.sections.pop();
        self.form.findings.truncate(upper.findings);
        self.bind_columns(upper.block, &merged, &spanned);
        true
    }

    /// Binds a second row that a stream cut behind the first, without the cells of merges: each label stands below the one
    /// that it heads a column with.
    fn bind_streamed(&mut self, upper: &Upper<'g>, row: &[Slot<'g>]) -> bool {
        if !self.grid.dialect.loses_rows() {
            return false;
        }
        let Some(overs) = self.rows.overs(upper.block, &upper.row, row) else { return false };
        self.bind_storeys(upper, &upper.row, row, &overs);
        true
    }

    /// Binds a header whose first row shows none of the cells that its labels span; `overs` says below which of them each label
    /// of the second stands.
    fn bind_storeys(&mut self, upper: &Upper<'g>, first: &[Slot<'g>], row: &[Slot<'g>], overs: &[usize]) {
        let mut merged = Vec::with_capacity(first.len() + row.len());
        let mut spanned = Vec::with_capacity(merged.capacity());
        for (at, above) in first.iter().enumerate() {
            let below = overs.iter().enumerate().filter(|(_, over)| **over == at).map(|(nth, _)| row[nth]);
            let before = merged.len();
            merged.extend(below);
            if merged.len() == before {
                merged.push(*above);
                spanned.push(None);
            }
            spanned.resize(merged.len(), Some(*above));
        }
        self.form.sections.pop();
        self.form.findings.truncate(upper.findings);
        self.bind_columns(upper.block, &merged, &spanned);
    }

    /// A second row that lost the empty cells in front, filled up again: where its labels stand under one label, with which
    /// each of them heads a column, and each of the empty cells behind them under one of the labels behind that.
    fn pad_lower(&mut self, upper: &Upper<'g>, lower: &[Slot<'g>]) -> Option<Vec<Slot<'g>>> {
        let first = lower.first().filter(|slot| self.grid.dialect.joins_cells() && !slot.sight.blank)?;
        let behind = lower.iter().rev().take_while(|slot| slot.sight.blank).count();
        let before = upper.row.len().checked_sub(behind + 1).filter(|before| behind > 0 && *before > 0)?;
        self.rows.overs(upper.block, &upper.row[before..=before], &lower[..lower.len() - behind])?;
        let blank = Slot { cell: first.cell, sight: Sight { blank: true, ..first.sight }.labelled(None) };
        Some([vec![blank; before], lower.to_vec()].concat())
    }

    /// The column that a label heads together with the one above it.
    pub(super) fn column_of_both(
        &mut self,
        upper: Slot<'g>,
        label: Printed<'t>,
        block: u8,
    ) -> Option<(u8, Found<'g>, Printed<'t>)> {
        let above = self.printed(&[upper], 0)?;
        let (column, found) = self.rows.column_of_both(above.text, label.text, block)?;
        Some((column, found, above))
    }
}

/// Bytes of the longest label in a header; a longer text below one is a value.
const LONGEST: u32 = 120;

/// For each cell of the lower row the cell of the upper row that stands over it.
fn places(upper: &[Slot<'_>], lower: &[Slot<'_>]) -> Option<Vec<Option<usize>>> {
    let blank = |slot: &Slot<'_>| slot.sight.blank;
    if upper.len() == lower.len() {
        let mut over = None;
        return Some(
            (0..upper.len())
                .map(|at| {
                    over = if blank(&upper[at]) { over } else { Some(at) };
                    // A cell below its own label; an empty one above belongs to the label before it.
                    if blank(&lower[at]) { (!blank(&upper[at])).then_some(at) } else { over }
                })
                .collect(),
        );
    }
    if upper.len() > lower.len() {
        return None;
    }
    // Empty cells at both ends lie below one label each; what is between lies below the labels that are left.
    let before = lower.iter().take_while(|slot| blank(slot)).count();
    let behind = lower.iter().rev().take_while(|slot| blank(slot)).count();
    let (middle, labels) =
        (lower.len().checked_sub(before + behind)?, upper.len().checked_sub(before + behind)?);
    if middle == 0 || labels == 0 {
        return None;
    }
    let over = |at: usize| match at {
        at if at < before => Some(at),
        at if at >= before + middle => Some(at - middle + labels),
        // Labels that span as many cells each; otherwise which spans which is not known.
        at if middle.is_multiple_of(labels) => Some(before + (at - before) / (middle / labels)),
        _ => None,
    };
    Some((0..lower.len()).map(over).collect())
}
