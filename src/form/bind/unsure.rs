//! Rows of a matrix whose figures nothing makes sure of, whatever adds up: a sum down a column holds in any column, and digits that
//! were broken off a figure are missing from both.

use super::torn::may_be_points;
use super::{Binder, Open};
use crate::dump::Dialect;
use crate::finding::{Code, Finding, Severity};
use crate::form::Printed;
use crate::form::row::Slot;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{BlockKind, Holds, fold};

impl<'g, 't> Binder<'_, 'g, 't> {
    /// Counts a row that reaches the end of its header, and one that goes beyond it.
    pub(super) fn count_width(&mut self, open: &Open<'t>, row: &[Slot<'g>], shift: isize, overfull: bool) {
        let section = open.section as usize;
        let last = self.form.sections[section].columns.last().map(|header| header.place);
        let at = last.and_then(|place| place.checked_add_signed(-shift));
        let reaches = at.is_some_and(|at| row.get(at).is_some_and(|slot| !slot.sight.blank));
        if self.widths.len() <= section {
            self.widths.resize(section + 1, (0, 0));
        }
        let (full, beyond) = &mut self.widths[section];
        *full += u32::from(reaches || overfull);
        *beyond += u32::from(overfull);
    }

    /// Notes a row of figures alone that nothing binds: where cells break over lines it is what is left of the row above, or what the
    /// row below lacks.
    pub(super) fn tear_figures(&mut self, row: &[Slot<'g>]) {
        let in_matrix = self.open.as_ref().is_some_and(|open| open.kind == BlockKind::Matrix);
        // The unit of one may have been broken off as well.
        let figures = || {
            let mut texts =
                row.iter().filter(|slot| !slot.sight.blank).map(|slot| self.grid.trimmed(&slot.cell));
            let sum = texts.clone().any(|text| self.is_sum(text));
            sum && texts.all(|text| self.is_sum(text) || self.grammars.lexicon.money_unit(text).is_some())
        };
        // A figure that ends with its point was cut, whatever the dump is like.
        let cut = || row.iter().any(|slot| self.grid.trimmed(&slot.cell).ends_with(['.', '．']));
        if in_matrix && (self.grid.dialect.tears_rows() || cut()) && figures() {
            self.form.items.last_mut().into_iter().for_each(|item| item.unsure = true);
            self.figures_above = true;
        }
    }

    /// Doubts an item whose label is one character that nobody knows, and the one above it: a page's end cut a row between the
    /// characters of its label, and so its figures.
    pub(super) fn doubt_rest(&mut self, item: u32) {
        let (above, own) = self.form.items.split_at_mut(item as usize);
        let Some(own) = own.first_mut().filter(|own| own.row.is_none()) else { return };
        let mut characters = own.label.iter().flat_map(|label| label.text.chars());
        if characters.next().is_some() && characters.next().is_none() {
            own.unsure = true;
            let above = above.last_mut().filter(|above| above.section == own.section);
            above.into_iter().for_each(|above| above.unsure = true);
        }
    }

    /// Whether a cell of a row says what its column cannot hold, so that the row stands elsewhere: a share among sums, words or a share
    /// among points, a sum or words among rates; the cells in `taken` are labels with their own sums.
    pub(super) fn is_astray_row(
        &self,
        open: &Open<'t>,
        row: &[Slot<'g>],
        shift: isize,
        taken: &[usize],
    ) -> bool {
        let block = &self.grammar.blocks[usize::from(open.block)];
        let lexicon = &self.grammars.lexicon;
        // A sum of the row, under a header of rates as well.
        let says_again = |text: &str| {
            text.contains(|c: char| matches!(fold::narrow(c), '1'..='9'))
                && row.iter().filter(|slot| self.grid.trimmed(&slot.cell) == text).count() > 1
        };
        self.joins_rate(open, row, shift, taken)
            || self.form.sections[open.section as usize].columns.iter().any(|header| {
                let holds = block.columns[usize::from(header.column)].holds;
                if !matches!(holds, Holds::Money(_) | Holds::Weight | Holds::Score | Holds::Ratio) {
                    return false;
                }
                let at = header.place.checked_add_signed(-shift).filter(|at| !taken.contains(at));
                let Some(slot) = at.and_then(|at| row.get(at)).filter(|slot| !slot.sight.blank) else {
                    return false;
                };
                let text = self.text_in(slot);
                // Digits and a point are no share, and may be points.
                if holds != Holds::Ratio && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.')) {
                    return false;
                }
                let share = || lexicon.percent_after.within(text);
                match holds {
                    Holds::Money(_) => share(),
                    Holds::Weight | Holds::Score => !may_be_points(text, lexicon),
                    Holds::Ratio => {
                        !share() && (is_large(text) || !may_be_points(text, lexicon) || says_again(text))
                    }
                    _ => false,
                }
            })
    }

    /// Whether figures of a row that stand side by side may be one that a space parts, where spaces part cells.
    fn joins_rate(&self, open: &Open<'t>, row: &[Slot<'g>], shift: isize, taken: &[usize]) -> bool {
        if self.grid.dialect != Dialect::Words {
            return false;
        }
        let block = &self.grammar.blocks[usize::from(open.block)];
        let text = |place: usize| {
            let at = place.checked_add_signed(-shift).filter(|at| !taken.contains(at))?;
            self.printed(row, at).map(|printed| printed.text)
        };
        let columns = &self.form.sections[open.section as usize].columns;
        // A figure that ends with its point goes on in the next cell.
        if columns.iter().any(|header| text(header.place).is_some_and(|text| text.ends_with('.'))) {
            return true;
        }
        columns.windows(2).any(|pair| {
            let holds = |nth: usize| block.columns[usize::from(pair[nth].column)].holds;
            let beside = matches!(holds(0), Holds::Money(_)) && holds(1) == Holds::Ratio;
            let texts = || text(pair[0].place).zip(text(pair[1].place));
            beside && texts().is_some_and(|(sum, rate)| may_be_one(sum, rate))
        })
    }

    /// Whether what stands behind a sum in one cell with its label may be the rest of it, parted by a space.
    pub(super) fn goes_on(&self, row: &[Slot<'g>], at: usize, value: Printed<'t>) -> bool {
        let figure = |text: &str| text.starts_with(|c: char| fold::narrow(c).is_ascii_digit() || c == '.');
        let next = self.printed(row, at + 1);
        let next = next
            .filter(|next| row[at + 1].sight.label.is_none() && is_rest(next.text, &self.grammars.lexicon));
        let same_line = next.is_some_and(|next| next.line == value.line);
        self.grid.dialect.loses_blanks() && same_line && figure(value.text)
    }

    /// Whether a sum in one cell with its label is no more than the first digits of one, the next cell holding the rest with its point.
    pub(super) fn is_begun(&self, row: &[Slot<'g>], at: usize, value: Printed<'t>) -> bool {
        let digits = value.text.bytes().all(|byte| byte.is_ascii_digit());
        if self.grid.dialect != Dialect::Words || !digits {
            return false;
        }
        // Between two labels with their sums, side by side on a line, no column's figure stands.
        let mut behind = row.iter().skip(at + 2).filter(|slot| !slot.sight.blank);
        let behind = behind.next().or_else(|| self.rows.cells.get(self.rows.place()));
        let between = behind.is_some_and(|slot| {
            slot.cell.line + 1 == value.line && self.grid.trimmed(&slot.cell).contains(['：', ':'])
        });
        (between || value.text.len() <= SHORT)
            && self.goes_on(row, at, value)
            && self.printed(row, at + 1).is_some_and(|next| next.text.contains('.'))
    }

    /// A unit of money in brackets that stands alone where the label in the corner does is what a dump has cut off that label.
    pub(super) fn note_unit_alone(&mut self, row: &[Slot<'g>], open: &Open<'t>) {
        if !self.grid.dialect.tears_rows() || self.form.sections[open.section as usize].unit.is_some() {
            return;
        }
        let Some(first) = row.iter().take(open.first.max(1)).position(|slot| !slot.sight.blank) else {
            return;
        };
        let Some(printed) = self.printed(row, first) else { return };
        let alone = printed.text.starts_with(['(', '（']) && printed.text.ends_with([')', '）']);
        if alone && let Some(unit) = self.unit_in_brackets(printed.text) {
            self.form.sections[open.section as usize].unit = Some(unit);
        }
    }

    /// Doubts the rows that have fewer sums than columns and nothing but zeros among them, where the dump does not show which cells
    /// are blank: a zero adds up in every column. Gives them in their order.
    fn doubt_zeros(&mut self) -> Vec<u32> {
        let mut adrift = Vec::new();
        if !self.form.items.iter().any(|item| item.doubtful && !item.unsure) {
            return adrift;
        }
        // Zeros of each item, and whether it has another figure.
        let mut sums = vec![(0, false); self.form.items.len()];
        for figure in &self.form.figures {
            let item = &self.form.items[figure.item as usize];
            let Some(header) = figure.header else { continue };
            if self.is_money(item.section, header) {
                let digits = |one: fn(char) -> bool| figure.printed.text.chars().map(fold::narrow).any(one);
                let (zeros, other) = &mut sums[figure.item as usize];
                *other |= digits(|c| matches!(c, '1'..='9'));
                *zeros += usize::from(digits(|c| c == '0'));
            }
        }
        for (at, (zeros, _)) in sums.into_iter().enumerate().filter(|(_, sums)| sums.0 > 0 && !sums.1) {
            let item = &self.form.items[at];
            let columns = 0..self.form.sections[item.section as usize].columns.len() as u32;
            let money = columns.filter(|&header| self.is_money(item.section, header)).count();
            if item.doubtful && !item.unsure && zeros < money {
                self.form.items[at].unsure = true;
                adrift.push(at as u32);
            }
        }
        adrift
    }

    /// Whether a column of a section holds sums.
    fn is_money(&self, section: u32, header: u32) -> bool {
        let section = &self.form.sections[section as usize];
        let column = usize::from(section.columns[header as usize].column);
        matches!(self.grammar.blocks[usize::from(section.block)].columns[column].holds, Holds::Money(_))
    }

    /// Says of each figure that nothing makes sure of that it is assumed.
    pub(super) fn report_unsure(&mut self) {
        let cut: Vec<bool> = self.widths.iter().map(|(full, beyond)| *beyond > 0 && beyond == full).collect();
        for item in &mut self.form.items {
            item.unsure |= cut.get(item.section as usize).is_some_and(|cut| *cut);
        }
        let adrift = self.doubt_zeros();
        let zero = "The dump does not show which cells of this row are blank, and this zero may as well stand under another of its \
                    columns, where a sum would hold as well; it is assumed whatever adds up.";
        let what = "The rows of this table are wider than its header, its row says what its columns cannot hold, its label was cut, or \
                    it may go on in the next cell: nothing makes sure whose this figure is and that it is whole, so it is assumed \
                    whatever adds up.";
        let mut findings = Vec::new();
        for figure in self.form.figures.iter().filter(|figure| self.form.items[figure.item as usize].unsure) {
            let section = &self.form.sections[self.form.items[figure.item as usize].section as usize];
            let block = &self.grammar.blocks[usize::from(section.block)];
            let column = figure.header.map(|at| usize::from(section.columns[at as usize].column));
            let money = column.is_none_or(|column| matches!(block.columns[column].holds, Holds::Money(_)));
            let (table, field) = if money { ("amounts", "measure") } else { ("measures", "item") };
            let what = if adrift.binary_search(&figure.item).is_ok() { zero } else { what };
            let finding = Finding::new(Code::RowMisshapen, what).severity(Severity::Info);
            findings.push(finding.field(table, field).line(figure.printed.line).raw(figure.printed.text));
        }
        self.form.findings.extend(findings);
    }
}

/// Whether a text may be the rest of a figure that a space parts, misread digits among its own.
fn is_rest(text: &str, lexicon: &Lexicon) -> bool {
    let digit = |c: char| fold::narrow(c).is_ascii_digit() || c == '.';
    let of_figure = |c: char| digit(c) || c == ',' || lexicon.look_alike(c).is_some();
    let behind = fold::trim(text.trim_start_matches(of_figure));
    text.starts_with(digit)
        || (text.starts_with(of_figure) && (behind.is_empty() || lexicon.money_unit(behind).is_some()))
}

/// Whether a sum and the rate beside it may be one figure that a space parts: few whole digits behind a long sum, or a few before a
/// rate of nothing, which any sum has to one so small, or before one in which a letter stands.
fn may_be_one(sum: &str, rate: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(sum) {
        return false;
    }
    let rest = digits(rate) && rate.len() < SHORT && sum.len() > SHORT;
    let of_nothing = rate.ends_with(['%', '％']) || rate.contains(char::is_alphabetic);
    let begin = sum.len() <= SHORT && !sum.starts_with('0') && rate.starts_with('0') && of_nothing;
    rest || begin
}

/// Digits of a whole rate.
const SHORT: usize = 3;

/// Whether a figure has four digits and more before its point, as no rate has.
fn is_large(text: &str) -> bool {
    let digits = text
        .chars()
        .take_while(|&c| !matches!(fold::narrow(c), '.'))
        .filter(|&c| fold::narrow(c).is_ascii_digit());
    digits.count() > 3
}
