//! Columns of batches that are encoded, kept for the batches to come: room that lies there need not be asked for, grown into
//! and given back again for every column of every batch.

use std::sync::{Mutex, PoisonError};

use super::Table;
use super::values::Values;

/// Bytes of room that are kept, over all tables: what the batches in flight take, and some more.
const ROOM_BYTES: usize = 16 << 20;

/// Sets of columns by their table, the one that came last on top.
struct Spent {
    sets: [Vec<Vec<Values>>; Table::ALL.len()],
    /// The room of all of them.
    bytes: usize,
}

static SPENT: Mutex<Spent> = Mutex::new(Spent::NONE);

/// Keeps the columns of a batch that nobody needs any more, where there is room for them.
pub(crate) fn give_back(table: Table, columns: Vec<Values>) {
    // Nothing is ever half written there, whoever died holding it.
    SPENT.lock().unwrap_or_else(PoisonError::into_inner).give_back(table, columns);
}

/// Columns of a table that were given back, the values of their batch still in them.
pub(super) fn take(table: Table) -> Option<Vec<Values>> {
    SPENT.lock().unwrap_or_else(PoisonError::into_inner).take(table)
}

impl Spent {
    const NONE: Spent = Spent { sets: [const { Vec::new() }; Table::ALL.len()], bytes: 0 };

    fn give_back(&mut self, table: Table, columns: Vec<Values>) {
        let bytes = room(&columns);
        if self.bytes + bytes <= ROOM_BYTES {
            self.bytes += bytes;
            // The discriminants count up from zero.
            self.sets[table as usize].push(columns);
        }
    }

    fn take(&mut self, table: Table) -> Option<Vec<Values>> {
        let columns = self.sets[table as usize].pop()?;
        self.bytes -= room(&columns);
        Some(columns)
    }
}

fn room(columns: &[Values]) -> usize {
    columns.iter().map(Values::room).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::row::{AmountCells, RowCells};
    use crate::table::tests::amount;
    use crate::table::{TableBatch, VariedTexts};

    fn batch(mut cells: AmountCells, lines: &[u32]) -> TableBatch {
        for &line in lines {
            let form = format!("00112233445566778899aabbccddeeff-{line:04}");
            let yuan = (line % 2 == 0).then(|| i64::from(line).into());
            cells.push(&amount(&form, yuan, line)).unwrap();
        }
        TableBatch { table: Table::Amounts, year: None, columns: cells.finish() }
    }

    #[test]
    fn nothing_of_a_batch_is_left_in_its_room() {
        let first = batch(AmountCells::default(), &[1, 2, 2, 3]);
        let mut spent = Spent::NONE;
        spent.give_back(Table::Amounts, first.columns);
        assert!(spent.take(Table::Texts).is_none());
        let columns = spent.take(Table::Amounts).unwrap();
        let room_before = room(&columns);
        let again = batch(AmountCells::within(columns), &[4, 2, 5]);
        assert_eq!(again.record_batch(), batch(AmountCells::default(), &[4, 2, 5]).record_batch());
        assert!(room(&again.columns) >= room_before);
        assert!(spent.take(Table::Amounts).is_none() && spent.bytes == 0);
    }

    #[test]
    fn no_more_room_is_kept_than_is_worth_it() {
        let mut large = VariedTexts::default();
        large.push(Some(&"长".repeat(ROOM_BYTES / 3 - 10_000)));
        let mut spent = Spent::NONE;
        for _ in 0..2 {
            spent.give_back(Table::Texts, vec![Values::VariedText(large.clone())]);
        }
        assert_eq!(spent.sets[Table::Texts as usize].len(), 1);
    }
}
