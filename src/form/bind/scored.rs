//! Scored lines and their total.

use super::order::stands_at;
use super::torn::{is_astray, lacks_figures};
use super::{Binder, Open, few, is_overfull};
use crate::dump::Dialect;
use crate::finding::{Code, Finding};
use crate::form::flow::Placed;
use crate::form::label::is_figure;
use crate::form::row::Slot;
use crate::form::{Level1, LevelName, Printed, ScoredLine};
use crate::grammar::{Kinds, Role, Sublevel, fold};
use std::rc::Rc;

/// Digits of the longest total before its point.
const LONGEST_TOTAL: usize = 3;

impl<'g, 't> Binder<'_, 'g, 't> {
    pub(super) fn bind_scored(&mut self, row: &[Slot<'g>]) -> bool {
        let Some(mut open) = self.open.clone() else { return false };
        if [open.places.level1, open.places.level2, open.places.level3] == [None; 3] {
            // The header was cut: nothing says what is weighed and scored.
            self.report_left(row, &[]);
            return true;
        }
        let mended = self.mend_levels(row, &open);
        let row = mended.as_deref().unwrap_or(row);
        let lost = self.grid.dialect == Dialect::Tsv && row.len() < open.width;
        let shift = if self.grid.dialect.shows_rows() || lost {
            self.shown_scored_shift(row, &open)
        } else {
            self.scored_shift(row, &open)
        };
        let Some(shift) = shift else { return false };
        let plan = Rc::clone(&open.plan);
        let places = &plan.places;
        let order = self.order_of_line(row, &open, shift, true);
        let begins = order.as_ref().and_then(|order| order.first()).map(|(place, _)| *place);
        let at = |place: Option<usize>| {
            let place = place?;
            let order = order.as_ref().filter(|_| begins.is_some_and(|first| place >= first));
            stands_at(order, place, shift)
        };
        let cell = |place| at(place).and_then(|at| self.printed(row, at));
        // In a row that lost its first cells, the place of the first level is another cell's. Where the continuation of a
        // merge leaves no cell, no cell is as good as an empty one.
        let dialect = self.grid.dialect;
        let has_level1_cell =
            (shift == 0 && places.level1.is_some()) || lost || dialect.shows_rows() || dialect.loses_rows();
        let mut line = ScoredLine {
            level3: cell(places.level3),
            target: cell(places.target),
            target_op: cell(places.target_op),
            target_unit: cell(places.target_unit),
            actual: cell(places.actual),
            weight: cell(places.weight),
            score: cell(places.score),
            reason: cell(places.reason),
            overfull: order.is_none() && is_overfull(row, open.width, shift),
            ..ScoredLine::default()
        };
        let (level1, level2) = (cell(places.level1), cell(places.level2));
        let above = [open.level1.and_then(Level1::printed), open.level2];
        for (place, level) in [(places.level1, level1), (places.level2, level2)] {
            if let Some(level) = level {
                self.name_level(at(place).and_then(|at| row.get(at)), level, above);
            }
        }
        let level2_role =
            at(places.level2).and_then(|at| row.get(at)).map(|slot| slot.sight.roles()).unwrap_or(&[]);
        self.fill_down(&mut open, level1, level2, level2_role, has_level1_cell);
        line.level1 = open.level1;
        line.level2 = open.level2;
        let block = usize::from(plan.block);
        let first = open.first.checked_add_signed(-shift).unwrap_or(0);
        self.open = Some(open);
        self.filled_blocks[block] = true;
        let own = [line.level3, line.target, line.actual, line.weight, line.score];
        if self.grid.dialect.tears_rows() {
            let known = |place: Option<usize>| {
                let slot = at(place).and_then(|at| row.get(at));
                slot.is_none_or(|slot| slot.sight.blank || slot.sight.label.is_some())
            };
            let levels = known(places.level1) && known(places.level2);
            line.torn = self.tear(&line, places, levels);
        } else {
            line.torn = (lost && lacks_figures(&line, places)) || is_astray(&line, &self.grammars.lexicon);
        }
        line.torn |= self.rows.placed == Placed::Likely || order.is_some();
        if let Some(first) = own.into_iter().flatten().next() {
            line.line = first.line;
            self.report_cut(&line);
            self.push_line(line, plan.width);
        }
        let is_told = |at: usize| {
            let ordered = order.as_ref().is_some_and(|order| order.iter().any(|(_, own)| *own == at));
            ordered || at.checked_add_signed(shift).is_some_and(|place| plan.is_headed(place))
        };
        (first..row.len()).filter(|&at| !is_told(at)).for_each(|at| self.report_unheaded(row, at));
        true
    }

    /// Adds a scored line, with room for as many as the rest of the form may hold at so many cells a line.
    pub(super) fn push_line(&mut self, line: ScoredLine<'t>, width: usize) {
        if self.form.lines.len() == self.form.lines.capacity() {
            let left = self.rows.cells.len().saturating_sub(self.rows.place());
            self.form.lines.reserve(1 + few(left / width.max(1)));
        }
        self.form.lines.push(line);
    }

    /// Reports a cell of a scored line under no header, if it says anything.
    fn report_unheaded(&mut self, row: &[Slot<'g>], at: usize) {
        let says = !row[at].sight.blank && !self.is_repeated(row, at);
        if let Some(printed) = self.printed(row, at).filter(|_| says) {
            self.unheaded(printed);
        }
    }

    /// A row with the level at its beginning that lost a character, where rows show and the place of a cell need not.
    fn mend_levels(&mut self, row: &[Slot<'g>], open: &Open<'t>) -> Option<Vec<Slot<'g>>> {
        let levels = open.places.level3.filter(|_| self.grid.dialect.shows_rows())?;
        let filled = row.iter().take(levels).enumerate().filter(|(_, slot)| !slot.sight.blank);
        let mended = filled.filter_map(|(at, slot)| Some((at, self.rows.mend(slot, Kinds::LEVEL)?)));
        let mended: Vec<(usize, Slot<'g>)> = mended.collect();
        if mended.is_empty() {
            return None;
        }
        let mut row = row.to_vec();
        mended.into_iter().for_each(|(at, slot)| row[at] = slot);
        // A merged cell that is repeated was reported above.
        let known = [open.level1.and_then(Level1::printed), open.level2];
        let again =
            |slot: &Slot<'g>| known.iter().flatten().any(|known| known.text == self.grid.trimmed(&slot.cell));
        let anew: Vec<Slot<'g>> = row.iter().filter(|slot| !again(slot)).copied().collect();
        self.report_mended(&anew);
        Some(row)
    }

    /// Whether a row is the form's last and has every blank cell before its name: the dump was cut off in it.
    fn is_cut_behind(&self, row: &[Slot<'g>], open: &Open<'t>) -> bool {
        let name = open.places.level3.filter(|_| self.rows.place() == self.rows.cells.len());
        name.is_some_and(|name| row.iter().position(|slot| !slot.sight.blank) == Some(name) && name > 0)
    }

    /// By how much a row is shorter at its start than a full one; its levels tell where it is not full.
    fn scored_shift(&self, row: &[Slot<'g>], open: &Open<'t>) -> Option<isize> {
        if row.len() == open.width {
            return Some(0);
        }
        let is_level2 = |slot: &Slot<'g>| slot.sight.is(|role| matches!(role, Role::Level2(_)));
        let by_level = row.iter().enumerate().find_map(|(at, slot)| {
            let is_level1 = slot.sight.is(|role| matches!(role, Role::Level1(_)));
            let place = match (is_level1, is_level2(slot)) {
                (false, false) => return None,
                // Some names are both: before a second level it is the first.
                (true, false) => open.places.level1,
                (true, true) if row.get(at + 1).is_some_and(is_level2) => open.places.level1,
                _ => open.places.level2,
            };
            Some(place? as isize - at as isize)
        });
        // A short row without a level lost the empty cells of the merges it stands in: it lacks its beginning.
        by_level.or_else(|| {
            if self.is_cut_behind(row, open) {
                return Some(0);
            }
            let lost = open.width.checked_sub(row.len())?;
            (lost <= open.first + 2 && row.len() > 2).then_some(lost as isize)
        })
    }

    /// Sets the levels that hold from this row on. A first level that is not printed although the second belongs to
    /// another one is inferred from the second.
    fn fill_down(
        &mut self,
        open: &mut Open<'t>,
        level1: Option<Printed<'t>>,
        level2: Option<Printed<'t>>,
        level2_role: &[Role],
        has_level1_cell: bool,
    ) {
        let sublevel = level2_role.iter().find_map(|role| match role {
            Role::Level2(at) => self.grammar.sublevels.get(usize::from(*at)),
            _ => None,
        });
        let level1_again = level1.is_some_and(|level1| self.is_level_again(open.level1, level1));
        if let Some(level1) = level1.filter(|_| !level1_again) {
            let apart = self.is_weight_alone(level1.text).then(|| self.apart(open, level1, level2, sublevel));
            open.level1 = Some(apart.flatten().unwrap_or(Level1::Printed(level1)));
            open.level2 = None;
        }
        let Some(level2) = level2 else { return };
        open.level2 = Some(level2);
        if level1.is_some() {
            return;
        }
        let Some(sublevel) = sublevel else { return };
        let current = open.level1.and_then(|level1| self.level_of(level1));
        let belongs = current.is_some_and(|at| sublevel.under.contains(&at));
        // An empty cell is merged with the one above, which some forms do across levels; no cell at all is not, and where
        // no level is printed there is nothing to merge with.
        let merged = has_level1_cell && !matches!(open.level1, Some(Level1::Inferred(_)));
        let tolerated = merged && current.is_some_and(|at| sublevel.tolerated_by.contains(&at));
        if belongs || tolerated || (current.is_none() && open.level1.is_some()) {
            return;
        }
        let Some(&at) = sublevel.under.first() else { return };
        open.level1 = Some(Level1::Inferred(at));
        self.report_inferred(at, level2);
    }

    /// Whether a first level's cell holds nothing but its weight: `(50分)`, `(50)`, `30分)`.
    fn is_weight_alone(&self, text: &str) -> bool {
        // No weight is longer, and most levels have a name.
        if text.len() > 24 || !text.contains(|c: char| fold::narrow(c).is_ascii_digit()) {
            return false;
        }
        let key = fold::name(text);
        let is_edge = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '[' | ']' | '.');
        let word = key.trim_matches(is_edge);
        word.is_empty() || self.grammars.lexicon.score.whole(word).is_some()
    }

    /// The level whose weight stands in a cell of its own: the one above, where the second level belongs to it, else the
    /// one that the second level belongs to.
    fn apart(
        &mut self,
        open: &Open<'t>,
        weight: Printed<'t>,
        level2: Option<Printed<'t>>,
        sublevel: Option<&Sublevel>,
    ) -> Option<Level1<'t>> {
        let current = open.level1.and_then(|level1| self.level_of(level1));
        let belongs = sublevel.is_none_or(|sublevel| current.is_some_and(|at| sublevel.under.contains(&at)));
        let above = match open.level1 {
            Some(Level1::Printed(printed)) => Some(LevelName::Printed(printed)),
            Some(Level1::Inferred(at)) => Some(LevelName::Inferred(at)),
            _ => None,
        };
        let has_weight = |name: LevelName<'t>| match name {
            LevelName::Printed(printed) => printed.text.contains(|c: char| fold::narrow(c).is_ascii_digit()),
            LevelName::Inferred(_) => false,
        };
        if let Some(name) = above.filter(|&name| belongs && !has_weight(name)) {
            let level = Level1::Apart(weight, name);
            // The lines since its name share the weight too.
            let lines = self.form.lines.iter_mut().rev().take_while(|line| line.level1 == open.level1);
            lines.for_each(|line| line.level1 = Some(level));
            return Some(level);
        }
        let at = *sublevel?.under.first()?;
        self.report_inferred(at, level2?);
        Some(Level1::Apart(weight, LevelName::Inferred(at)))
    }

    fn report_inferred(&mut self, at: u8, level2: Printed<'t>) {
        let name = &self.grammar.levels[usize::from(at)].name;
        let message = format!(
            "The form prints no first level for `{}`; it is taken to be `{name}`, to which that second level belongs.",
            fold::name(level2.text)
        );
        self.form.findings.push(
            Finding::new(Code::LevelInferred, message)
                .field("indicators", "level1")
                .line(level2.line)
                .raw(level2.text)
                .value(name),
        );
    }

    /// Whether a first level is the one that holds already, repeated by a dialect that repeats merged cells.
    fn is_level_again(&self, known: Option<Level1<'t>>, printed: Printed<'t>) -> bool {
        let Some(Level1::Printed(known)) = known else { return false };
        self.grid.dialect.shows_rows() && fold::name(known.text) == fold::name(printed.text)
    }

    /// The level that a first level is, where the grammar knows it.
    fn level_of(&mut self, level1: Level1<'t>) -> Option<u8> {
        match level1 {
            Level1::Inferred(at) | Level1::Apart(_, LevelName::Inferred(at)) => Some(at),
            Level1::Printed(printed) | Level1::Apart(_, LevelName::Printed(printed)) => {
                self.rows.label(printed.text)?.roles.iter().find_map(|role| match role {
                    Role::Level1(at) => Some(*at),
                    _ => None,
                })
            }
        }
    }

    /// Where a full total's row prints its weights: under their column, or in the first of cells that were merged up to it.
    fn weight_of_merged(&self, row: &[Slot<'g>], label: usize, open: &Open<'t>) -> Option<usize> {
        let at = open.places.weight?;
        let first = (label + 1..=at).rev().find(|&at| !row[at].sight.blank);
        let scored = open.places.score.is_some_and(|at| !row[at].sight.blank);
        let merged = first.filter(|&first| scored && is_figure(self.grid.trimmed(&row[first].cell)));
        Some(merged.unwrap_or(at))
    }

    /// A total without the word for how good it is that stands in brackets behind it, which is a text of its own.
    fn without_grade(&mut self, printed: Printed<'t>) -> Printed<'t> {
        let Some((before, grade)) = printed.text.rfind(['(', '（']).map(|at| printed.text.split_at(at))
        else {
            return printed;
        };
        let total = fold::trim(before);
        if !total.contains(|c: char| fold::narrow(c).is_ascii_digit()) || !self.grammar.is_grade(grade) {
            return printed;
        }
        let line = printed.line + self.breaks_in(before);
        self.form.texts.push((self.grammar.grade_text, Printed { text: grade, line, ..printed }));
        Printed { text: total, ..printed }
    }

    /// The totals of weights and scores in one cell, on a line each: catdoc leaves a line break where cells between them are blank.
    /// No pieces of one total: that has three digits at most before its point.
    fn totals_in_one(&self, printed: Printed<'t>) -> Option<(Printed<'t>, Printed<'t>)> {
        let (weight, score) = printed.text.split_once('\n').filter(|_| self.grid.dialect.joins_cells())?;
        let (weight, score) = (fold::trim(weight), fold::trim(score));
        let digits = |text: &str| text.find('.').unwrap_or(text.len());
        let whole = |text: &str| {
            is_figure(text) && !text.ends_with(['.', '%']) && (1..=LONGEST_TOTAL).contains(&digits(text))
        };
        if !whole(weight) || !whole(score) || weight.len() + digits(score) <= LONGEST_TOTAL {
            return None;
        }
        let line = printed.line + self.breaks_in(&printed.text[..printed.text.len() - score.len()]);
        Some((Printed { text: weight, ..printed }, Printed { text: score, line, ..printed }))
    }

    /// The totals of weights and scores: under their columns in a full row, else in their order.
    pub(super) fn bind_total(&mut self, row: &[Slot<'g>]) -> bool {
        let label = row.iter().position(|slot| !slot.sight.blank).unwrap_or(0);
        let full = self.open.clone().filter(|open| row.len() == open.width && self.totals_stand(row, open));
        // Placeholders hold neither a letter nor a digit.
        let says = |at: &usize| {
            let printed = self.printed(row, *at).filter(|_| !self.is_repeated(row, *at));
            printed.is_some_and(|printed| printed.text.contains(char::is_alphanumeric))
        };
        let mut numbers = (label + 1..row.len()).filter(says);
        let counted = full.is_none();
        let (weight, score) = match full {
            Some(open) => (self.weight_of_merged(row, label, &open), open.places.score),
            None => (numbers.next(), numbers.next()),
        };
        // One number alone is what was reached, unless the lines say otherwise.
        let lone = counted && score.is_none();
        let (weight, score) = if lone { (None, weight) } else { (weight, score) };
        let one = score.filter(|_| lone).and_then(|at| self.printed(row, at));
        let both = one.and_then(|one| self.totals_in_one(one));
        let others: Vec<usize> = (label + 1..row.len())
            .filter(says)
            .filter(|&at| Some(at) != weight && Some(at) != score)
            .collect();
        let (weight, score) =
            (weight.and_then(|at| self.printed(row, at)), score.and_then(|at| self.printed(row, at)));
        let both = both.or_else(|| self.totals_glued(one?));
        let (weight, score) = both.map_or((weight, score), |(weight, score)| (Some(weight), Some(score)));
        let lone = lone && both.is_none();
        let score = score.map(|score| self.without_grade(score));
        for (known, again) in [(self.form.weight_total, weight), (self.form.score_total, score)] {
            if let (Some(known), Some(again)) = (known, again)
                && known.text != again.text
            {
                self.misshapen(again, "The form prints another total before this one; the first is kept, and this one only here.");
            }
        }
        self.form.weight_total = self.form.weight_total.or(weight);
        self.form.lone_total |= lone && self.form.score_total.is_none() && self.form.weight_total.is_none();
        self.form.score_total = self.form.score_total.or(score);
        for at in others {
            let Some(printed) = self.printed(row, at) else { continue };
            if self.grammar.is_grade(printed.text) {
                self.form.texts.push((self.grammar.grade_text, printed));
            } else {
                self.misshapen(
                    printed,
                    "This cell of the total's row is neither the weights' nor the scores' total.",
                );
            }
        }
        self.has_total = true;
        self.open = None;
        true
    }
}
