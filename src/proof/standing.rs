//! Where the figures of a form stand, looked up by line and by row of the grammar: identities and relations ask for the
//! same few places again and again.

use crate::grammar::Grammar;
use crate::value::form::Valued;

/// The figures of a form by where they stand.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// By section and item, those of one line behind each other.
    by_line: Vec<(u32, u32, u32)>,
    /// Those on rows that the grammar knows, by section and row.
    by_row: Vec<u32>,
    /// For each row of each section, where its figures end in `by_row`; those of the next row begin there.
    ends: Vec<u32>,
    /// For each section, where its rows begin in `ends`.
    first_rows: Vec<u32>,
}

impl Standing {
    pub fn of(valued: &Valued<'_>, grammar: &Grammar) -> Self {
        let form = &valued.form;
        let mut first_rows = Vec::with_capacity(form.sections.len());
        let mut rows = 1;
        for section in &form.sections {
            first_rows.push(rows as u32);
            rows += grammar.blocks[usize::from(section.block)].rows.len();
        }
        let mut by_line = Vec::with_capacity(valued.figures.len());
        let mut ends = vec![0; rows];
        let keyed = |item: u32| {
            let item = &form.items[item as usize];
            Some(first_rows[item.section as usize] as usize + usize::from(item.row?))
        };
        for (figure, at) in valued.figures.iter().zip(0..) {
            by_line.push((form.items[figure.item as usize].section, figure.item, at));
            if let Some(key) = keyed(figure.item) {
                ends[key] += 1;
            }
        }
        if !by_line.is_sorted() {
            by_line.sort_unstable();
        }
        // From how many stand on each row to where those of the row begin; putting them there moves it to where they end.
        let mut begin = 0;
        for end in &mut ends {
            begin += std::mem::replace(end, begin);
        }
        let mut by_row = vec![0; begin as usize];
        for (figure, at) in valued.figures.iter().zip(0..) {
            if let Some(key) = keyed(figure.item) {
                by_row[ends[key] as usize] = at;
                ends[key] += 1;
            }
        }
        Standing { by_line, by_row, ends, first_rows }
    }

    /// The figures on a row of the block of a section, from the figure `from` on.
    pub fn on(&self, section: u32, row: u16, from: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        let key = self.first_rows[section as usize] as usize + usize::from(row);
        let here = &self.by_row[self.ends[key - 1] as usize..self.ends[key] as usize];
        let skipped = if from == 0 { 0 } else { here.partition_point(|&at| at < from) };
        here[skipped..].iter().copied().inspect(|_| {
            #[cfg(test)]
            crate::dump::steps::add(1);
        })
    }

    /// The figures of each line of a section that prints any.
    pub fn lines(&self, section: u32) -> impl Iterator<Item = impl Iterator<Item = u32> + Clone + '_> + '_ {
        let start = self.by_line.partition_point(|known| known.0 < section);
        let end = self.by_line.partition_point(|known| known.0 <= section);
        let lines = self.by_line[start..end].chunk_by(|a, b| a.1 == b.1);
        lines.map(|line| line.iter().map(|&(_, _, at)| at))
    }
}
