//! A line of a matrix: its label, and figures under the header's columns or behind the label in its own cell.

use super::order::{Order, stands_at};
use super::{Binder, Open, is_overfull};
use crate::dump::Dialect;
use crate::finding::{Code, Finding, Severity};
use crate::form::flow::Placed;
use crate::form::row::Slot;
use crate::form::{Figure, Header, Item, Loose, Printed, ScoredLine};
use crate::grammar::{BlockKind, Found, Holds, Kinds, fold};

/// Where a row's label was found.
pub(super) struct Labelled<'g> {
    pub at: usize,
    pub found: Option<Found<'g>>,
    pub row: Option<u16>,
    /// Whether it is not spelled as the grammar has it.
    pub guessed: bool,
}

impl<'g, 't> Binder<'_, 'g, 't> {
    pub(super) fn bind_item(&mut self, row: &[Slot<'g>]) -> bool {
        let Some(open) = self.open.clone() else { return false };
        self.note_corner(row, &open);
        let block = &self.grammar.blocks[usize::from(open.block)];
        if block.inline.is_some() && self.bind_inline_items(row, &open) {
            return true;
        }
        let label = self
            .label_of(row, &open)
            .filter(|label| label.row.is_some() || !self.is_shown_figure(row, label.at))
            .map(|label| self.guessed_row(row, label, &open));
        let shift = if self.grid.dialect.shows_rows() {
            self.shown_shift(row, &open, label.as_ref())
        } else {
            self.shift_of(row, &open, label.as_ref())
        };
        let Some(shift) = shift else { return false };
        if self.rows.placed == Placed::Not {
            self.note_item(row);
            self.report_loose(row);
            return true;
        }
        let item = match label {
            Some(label) => {
                let known = label.row.or_else(|| self.free_row(&open));
                let item = self.push_item(&open, known, self.printed(row, label.at), label.found);
                self.form.items[item as usize].guessed = label.guessed;
                // What a dump may have torn is no label to guess.
                self.form.items[item as usize].unsure = label.guessed && self.grid.dialect.tears_rows();
                self.doubt_rest(item);
                item
            }
            None => match block.bare_row {
                Some(bare) => self.push_item(&open, Some(bare), None, None),
                None => return false,
            },
        };
        self.bind_figures(row, &open, item, shift, &[]);
        true
    }

    /// Binds the sums of a row that stand in one cell with their labels; false where there is none. They are certain even where
    /// it is not known under which columns its cells stand.
    pub(super) fn bind_inline_alone(&mut self, row: &[Slot<'g>]) -> bool {
        let Some(open) = self.open.clone().filter(|open| open.kind == BlockKind::Matrix) else {
            return false;
        };
        self.note_corner(row, &open);
        let inline = self.grammar.blocks[usize::from(open.block)].inline.is_some();
        let sum = |slot: &Slot<'g>| {
            let text = self.grid.trimmed(&slot.cell);
            text.split_once(['：', ':'])
                .is_some_and(|(_, behind)| behind.contains(|c: char| fold::narrow(c).is_ascii_digit()))
        };
        inline && row.iter().any(sum) && self.bind_inline_items(row, &open)
    }

    /// Notes a row whose figures cannot be placed, so that those below it are parts of it all the same.
    pub(super) fn note_item(&mut self, row: &[Slot<'g>]) {
        let Some(open) = self.open.clone().filter(|open| open.kind == BlockKind::Matrix) else { return };
        let first = row.first().filter(|slot| !self.is_sum(self.grid.trimmed(&slot.cell)));
        let Some(slot) = first else { return };
        let known = slot.sight.row_of(open.block).or_else(|| self.free_row(&open));
        // A row of which nothing was read does not fill its block.
        let filled = self.filled_blocks[usize::from(open.block)];
        self.push_item(&open, known, self.printed(row, 0), slot.sight.label);
        self.filled_blocks[usize::from(open.block)] = filled;
    }

    /// The corner label may stand in the first row under the header instead of in it.
    fn note_corner(&mut self, row: &[Slot<'g>], open: &Open<'t>) {
        self.note_unit_alone(row, open);
        let at = row.iter().position(|slot| slot.sight.opens(open.block));
        let Some(at) = at else { return self.note_unknown_corner(row, open) };
        let printed = self.printed(row, at);
        let unit = super::header::unit_of_corner(&row[at], open.block);
        let section = &mut self.form.sections[open.section as usize];
        if section.corner.is_none() {
            section.corner = printed;
            section.unit = section.unit.or(unit);
        }
    }

    /// A label that nobody knows, where the one in the corner stands, states a unit as well as that would.
    fn note_unknown_corner(&mut self, row: &[Slot<'g>], open: &Open<'t>) {
        let section = &self.form.sections[open.section as usize];
        // A cell before the row's own label.
        let behind = row.get(1).is_some_and(|slot| slot.sight.has(Kinds::ROW));
        if section.corner.is_some() || section.unit.is_some() || !behind || row[0].sight.label.is_some() {
            return;
        }
        let Some(printed) = self.printed(row, 0) else { return };
        let Some(unit) = self.unit_in_brackets(printed.text) else { return };
        let section = &mut self.form.sections[open.section as usize];
        section.corner = Some(printed);
        section.unit = Some(unit);
    }

    /// The label nearest before the first column; a label the block knows wins over one it does not.
    fn label_of(&self, row: &[Slot<'g>], open: &Open<'t>) -> Option<Labelled<'g>> {
        let known = row.iter().enumerate().find_map(|(at, slot)| {
            let row = slot.sight.row_of(open.block)?;
            Some(Labelled { at, found: slot.sight.label, row: Some(row), guessed: false })
        });
        let called = || {
            let at = self.place_of_names(open)?;
            let named = |slot: &Slot<'g>| !slot.sight.blank && !self.is_sum(self.grid.trimmed(&slot.cell));
            let filled = row.len() == open.width && row.get(at).is_some_and(named);
            filled.then_some(Labelled { at, found: None, row: None, guessed: false })
        };
        known.or_else(called).or_else(|| {
            // Where a column's header was not understood, its figure stands between the label and the first column.
            let is_figure =
                |at: usize| self.printed(row, at).is_some_and(|printed| self.is_sum(printed.text));
            let unknown =
                |at: &usize| !row[*at].sight.blank && row[*at].sight.label.is_none() && !is_figure(*at);
            let at = (0..open.first.min(row.len())).rev().find(unknown)?;
            Some(Labelled { at, found: None, row: None, guessed: false })
        })
    }

    /// Where the header of an open section has the column of its lines' names.
    pub(super) fn place_of_names(&self, open: &Open<'_>) -> Option<usize> {
        let section = &self.form.sections[open.section as usize];
        let columns = &self.grammar.blocks[usize::from(open.block)].columns;
        let named = |header: &&Header<'_>| columns[usize::from(header.column)].holds == Holds::Item;
        section.columns.iter().find(named).map(|header| header.place)
    }

    /// A label that the block does not know as the row it is nearly spelled like, unless any name may stand there.
    pub(super) fn guessed_row(
        &mut self,
        row: &[Slot<'g>],
        label: Labelled<'g>,
        open: &Open<'t>,
    ) -> Labelled<'g> {
        let is_open = label.row.is_some() || self.free_row(open).is_some();
        let printed = self.printed(row, label.at).filter(|_| !is_open);
        let Some(printed) = printed else { return label };
        let Some(guess) = self.rows.guess(printed.text) else {
            let guessed = self.lacks_two(printed, open.block);
            return Labelled { guessed, ..label };
        };
        let known = guess.found.row_of(open.block);
        if known.is_none() {
            return label;
        }
        self.report_guess(printed, &guess.meant);
        Labelled { at: label.at, found: Some(guess.found), row: known, guessed: true }
    }

    /// By how much a row is shorter at its start than a full one. `None` where it is no row of this section.
    fn shift_of(&self, row: &[Slot<'g>], open: &Open<'t>, label: Option<&Labelled<'g>>) -> Option<isize> {
        if row.len() == open.width {
            return Some(0);
        }
        // Only a label that the block knows tells where the columns of a misshapen row are.
        let label = label.filter(|label| label.row.is_some())?;
        Some(open.first as isize - 1 - label.at as isize)
    }

    /// The free row that the last known row allows below itself.
    fn free_row(&self, open: &Open<'t>) -> Option<u16> {
        let rows = &self.grammar.blocks[usize::from(open.block)].rows;
        let last = open.last_row?;
        let free = rows.iter().position(|row| row.free && row.within == Some(last)).map(|at| at as u16);
        free.or_else(|| rows[usize::from(last)].free.then_some(last))
    }

    pub(super) fn push_item(
        &mut self,
        open: &Open<'t>,
        row: Option<u16>,
        label: Option<Printed<'t>>,
        found: Option<Found<'g>>,
    ) -> u32 {
        let rows = &self.grammar.blocks[usize::from(open.block)].rows;
        // The nearest line that is printed of those that it is a part of.
        let mut within = row.and_then(|row| rows[usize::from(row)].within);
        let mut parent = None;
        while let (Some(row), None) = (within, parent) {
            parent = self.latest[usize::from(row)];
            within = rows[usize::from(row)].within;
        }
        // A label that nobody knows may be what a line has left of one.
        let unknown = row.is_none() && label.is_some() && self.grid.dialect.tears_rows();
        self.form.items.push(Item {
            section: open.section,
            row,
            label,
            unit: found.and_then(|found| found.unit),
            parent,
            guessed: false,
            doubtful: self.rows.placed == Placed::Likely || unknown,
            overfull: false,
            unsure: false,
            astray: false,
        });
        if let Some(row) = row {
            self.latest[usize::from(row)] = Some(self.form.items.len() as u32 - 1);
        }
        if let Some(open) = &mut self.open {
            open.last_row = row;
        }
        self.filled_blocks[usize::from(open.block)] = true;
        self.form.items.len() as u32 - 1
    }

    /// Binds what stands under the columns; the cells in `taken` are labels with their own sums.
    pub(super) fn bind_figures(
        &mut self,
        row: &[Slot<'g>],
        open: &Open<'t>,
        item: u32,
        shift: isize,
        taken: &[usize],
    ) {
        let mut shift = self.fitting_shift(row, open, item, shift, taken);
        let order = self.order_instead(row, open, item, taken);
        if let Some((at, _)) = &order {
            shift = open.first as isize - 1 - *at as isize;
        }
        let order = order.map(|(_, order)| order);
        let mut used = std::mem::take(&mut self.used);
        used.clear();
        used.resize(row.len(), false);
        taken.iter().for_each(|&at| used[at] = true);
        let overfull = order.is_none() && is_overfull(row, open.width, shift);
        self.form.items[item as usize].overfull |= overfull;
        let torn = self.form.items[item as usize].astray;
        let mut line = ScoredLine { execution: true, overfull, torn, ..ScoredLine::default() };
        for nth in 0..self.form.sections[open.section as usize].columns.len() {
            let header = &self.form.sections[open.section as usize].columns[nth];
            let (column, place) = (usize::from(header.column), header.place);
            let Some(at) = stands_at(order.as_ref(), place, shift) else { continue };
            let Some(printed) = self.printed(row, at).filter(|_| !taken.contains(&at)) else { continue };
            used[at] = true;
            let holds = self.grammar.blocks[usize::from(open.block)].columns[column].holds;
            if matches!(holds, Holds::Weight | Holds::Score) {
                self.form.loose.push(Loose { item, place, printed });
            }
            match holds {
                Holds::Weight => line.weight = Some(printed),
                Holds::Score => line.score = Some(printed),
                Holds::Reason => line.reason = Some(printed),
                // A label that spans the columns before the figures.
                Holds::Text(_) if row[at].sight.row_of(open.block).is_some() => {}
                Holds::Text(text) => self.form.texts.push((text, printed)),
                Holds::Item => {}
                holds => {
                    if holds == Holds::Ratio {
                        line.actual = Some(printed);
                    }
                    self.form.figures.push(Figure { item, header: Some(nth as u32), printed });
                    if self.form.items[item as usize].doubtful {
                        self.report_likely(printed, matches!(holds, Holds::Money(_)));
                    }
                }
            }
        }
        let astray = order.is_none() && self.is_astray_row(open, row, shift, taken);
        let cut = self.is_cut_figure(open, item, &line);
        self.form.items[item as usize].unsure |= astray || self.figures_above || cut;
        line.torn |= astray;
        self.count_width(open, row, shift, overfull || astray);
        self.bind_execution(open, item, line);
        self.report_unbound(row, open, item, &used, shift);
        self.used = used;
    }

    /// Whether what stands as the weight of a row that is scored by nobody may be the end of the sum before it, where cells break
    /// over lines.
    fn is_cut_figure(&self, open: &Open<'t>, item: u32, line: &ScoredLine<'t>) -> bool {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        self.grid.dialect.tears_rows()
            && line.weight.is_some_and(|weight| digits(weight.text))
            && !self.is_scored_row(open, item)
    }

    /// Whether the line of an item is the one that the form's execution is scored by.
    fn is_scored_row(&self, open: &Open<'t>, item: u32) -> bool {
        let rows = &self.grammar.blocks[usize::from(open.block)].rows;
        let row = self.form.items[item as usize].row;
        row.is_some_and(|row| rows[usize::from(row)].scored.is_some())
    }

    /// Where the label of a row stands that fits its header nowhere, and the order in which its cells do.
    fn order_instead(
        &mut self,
        row: &[Slot<'g>],
        open: &Open<'t>,
        item: u32,
        taken: &[usize],
    ) -> Option<(usize, Order)> {
        let known = &self.form.items[item as usize];
        let label = known.label.filter(|_| known.astray && taken.is_empty())?;
        let at = label.cell as usize - 1;
        let order = self.order_of_item(row, open, at)?;
        let known = &mut self.form.items[item as usize];
        (known.astray, known.doubtful) = (false, true);
        self.rows.placed = Placed::Likely;
        Some((at, order))
    }

    /// A figure that was put under the only column that makes sense for it, in a row that lost its blank cells.
    fn report_likely(&mut self, printed: Printed<'t>, money: bool) {
        let what = if self.rows.placed == Placed::Likely && self.grid.dialect == Dialect::Layout {
            "The dump holds columns by spaces: empty cells of this row are lost, or its figures were broken over lines and are put \
             together again. They are put under the columns of sums in their order, which an identity may prove."
        } else if self.rows.placed == Placed::Likely {
            "The dump does not show which cells of this row are empty; its figures are put under the columns of sums in their \
             order, which an identity may prove."
        } else {
            "The dump breaks cells over lines, and the label of this row is none that the form has: the row may have been cut, \
             and its figures may be another's."
        };
        let finding = Finding::new(Code::RowMisshapen, what).severity(Severity::Info);
        let table = if money { "amounts" } else { "measures" };
        self.form.findings.push(finding.field(table, "cell").line(printed.line).raw(printed.text));
    }

    /// The weight and score on a matrix's line are those of the form's execution line.
    fn bind_execution(&mut self, open: &Open<'t>, item: u32, line: ScoredLine<'t>) {
        let scored = line.weight.or(line.score);
        let Some(printed) = scored else {
            self.report_reason(line);
            return;
        };
        if self.is_scored_row(open, item) && !self.form.lines.iter().any(|line| line.execution) {
            let label = self.form.items[item as usize].label;
            let weight = line.weight.or_else(|| self.weight_in_corner(open));
            let line = ScoredLine { line: label.unwrap_or(printed).line, weight, ..line };
            self.push_line(line, open.width);
            return;
        }
        for printed in [line.weight, line.score].into_iter().flatten() {
            // A merged cell that an extractor repeats says nothing new; a placeholder says nothing at all.
            let repeats = self.form.lines.iter().filter(|line| line.execution).any(|line| {
                [line.weight, line.score].into_iter().flatten().any(|known| known.text == printed.text)
            });
            if repeats || !printed.text.contains(|c: char| c.is_ascii_digit()) {
                self.form.idle.push(printed);
            } else {
                self.misshapen(
                    printed,
                    "This weight or score stands on a line that has none; it is kept here only.",
                );
            }
        }
        self.report_reason(line);
    }

    /// A reason on a line that is not scored, unless it is a placeholder.
    fn report_reason(&mut self, line: ScoredLine<'t>) {
        let Some(reason) = line.reason else { return };
        if reason.text.contains(char::is_alphanumeric) {
            self.misshapen(reason, "This reason stands on a line that is not scored; it is kept here only.");
        } else {
            self.form.idle.push(reason);
        }
    }

    /// The points in brackets behind the label in a section's corner, `(20分)`: what its scored line is worth where no
    /// column says so.
    fn weight_in_corner(&self, open: &Open<'t>) -> Option<Printed<'t>> {
        let section = &self.form.sections[open.section as usize];
        let columns = &self.grammar.blocks[usize::from(open.block)].columns;
        if section.columns.iter().any(|header| columns[usize::from(header.column)].holds == Holds::Weight) {
            return None;
        }
        let corner = section.corner?;
        let mut brackets = corner.text.match_indices(['(', '（']).filter_map(|(at, bracket)| {
            let inside = corner.text[at + bracket.len()..].split([')', '）']).next()?;
            let (_, points) = self.grammars.lexicon.score.strip(inside)?;
            let digits = points.chars().map(fold::narrow).all(|c| c.is_ascii_digit() || c == '.');
            let newlines = corner.text[..at].matches('\n').count() as u32;
            let line = corner.line + newlines;
            (digits && !points.is_empty()).then_some(Printed { text: inside, line, cell: corner.cell })
        });
        brackets.next_back()
    }

    fn report_unbound(&mut self, row: &[Slot<'g>], open: &Open<'t>, item: u32, used: &[bool], shift: isize) {
        let first = open.first.checked_add_signed(-shift).unwrap_or(0);
        for at in first..row.len() {
            let known = used[at] || row[at].sight.blank || row[at].sight.label.is_some();
            if known || self.is_repeated(row, at) {
                continue;
            }
            if let Some(printed) = self.printed(row, at) {
                let place = at.saturating_add_signed(shift);
                self.form.loose.push(Loose { item, place, printed });
                self.unheaded(printed);
            }
        }
        // Before the columns stand labels; a figure there has lost its header.
        for at in 0..first.min(row.len()) {
            if let Some(printed) = self.printed(row, at).filter(|printed| self.is_sum(printed.text)) {
                self.misshapen(
                    printed,
                    "No header that is understood stands above this figure; it is kept here only.",
                );
            }
        }
    }

    /// Whether a row is as long as its header, or as what this holds where blank cells fill it up.
    pub(super) fn is_full(&self, row: &[Slot<'g>], open: &Open<'t>) -> bool {
        let columns = &self.form.sections[open.section as usize].columns;
        let filled = columns.last().map(|header| header.place + 1);
        row.len() == open.width || (self.grid.dialect.shows_rows() && Some(row.len()) == filled)
    }

    /// Reports the cells of a row that are neither labels nor among those bound.
    pub(super) fn report_left(&mut self, row: &[Slot<'g>], bound: &[usize]) {
        for at in (0..row.len()).filter(|at| !bound.contains(at) && row[*at].sight.label.is_none()) {
            if let Some(printed) = self.printed(row, at).filter(|_| !self.is_repeated(row, at)) {
                self.misshapen(printed, "No label in this row says what this cell is; it is kept here only.");
            }
        }
    }
}
