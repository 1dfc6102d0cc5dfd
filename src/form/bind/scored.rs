//! Scored lines and their total.

use super::{Binder, Open, is_overfull};
use crate::finding::{Code, Finding};
use crate::form::row::Slot;
use crate::form::{Level1, Printed, ScoredLine};
use crate::grammar::{Role, fold};

impl<'g, 't> Binder<'_, 'g, 't> {
    pub(super) fn bind_scored(&mut self, row: &[Slot<'g>]) -> bool {
        let Some(mut open) = self.open.clone() else { return false };
        let Some(shift) = self.scored_shift(row, &open) else { return false };
        let places = open.places;
        let at = |place: Option<usize>| place.and_then(|place| place.checked_add_signed(-shift));
        let cell = |place| at(place).and_then(|at| self.printed(row, at));
        let has_level1_cell = at(places.level1).is_some();
        let mut line = ScoredLine {
            level3: cell(places.level3),
            target: cell(places.target),
            actual: cell(places.actual),
            weight: cell(places.weight),
            score: cell(places.score),
            reason: cell(places.reason),
            overfull: is_overfull(row, open.width, shift),
            ..ScoredLine::default()
        };
        let (level1, level2) = (cell(places.level1), cell(places.level2));
        let level2_role =
            at(places.level2).and_then(|at| row.get(at)).map(|slot| slot.sight.roles()).unwrap_or(&[]);
        self.fill_down(&mut open, level1, level2, level2_role, has_level1_cell);
        line.level1 = open.level1;
        line.level2 = open.level2;
        let (block, section) = (usize::from(open.block), open.section as usize);
        let first = open.first.checked_add_signed(-shift).unwrap_or(0);
        self.open = Some(open);
        self.filled_blocks[block] = true;
        let own = [line.level3, line.target, line.actual, line.weight, line.score];
        if let Some(first) = own.into_iter().flatten().next() {
            line.line = first.line;
            self.form.lines.push(line);
        }
        for at in first..row.len() {
            let mut headers = self.form.sections[section].columns.iter();
            if headers.any(|header| header.place.checked_add_signed(-shift) == Some(at)) {
                continue;
            }
            if let Some(printed) = self.printed(row, at) {
                self.misshapen(
                    printed,
                    "No header stands above this cell, so nothing says what it is; it is kept here only.",
                );
            }
        }
        true
    }

    /// By how much a row is shorter at its start than a full one; its levels tell where it is not full.
    fn scored_shift(&self, row: &[Slot<'g>], open: &Open<'t>) -> Option<isize> {
        if row.len() == open.width {
            return Some(0);
        }
        let by_level = row.iter().enumerate().find_map(|(at, slot)| {
            let role =
                slot.sight.roles().iter().find(|role| matches!(role, Role::Level1(_) | Role::Level2(_)))?;
            let place = if matches!(role, Role::Level1(_)) { open.places.level1 } else { open.places.level2 };
            Some(place? as isize - at as isize)
        });
        // A short row without a level lost the empty cells of the merges it stands in: it lacks its beginning.
        by_level.or_else(|| {
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
        if let Some(level1) = level1 {
            open.level1 = Some(Level1::Printed(level1));
            open.level2 = None;
        }
        let Some(level2) = level2 else { return };
        open.level2 = Some(level2);
        if level1.is_some() {
            return;
        }
        let Some(sublevel) = level2_role.iter().find_map(|role| match role {
            Role::Level2(at) => self.grammar.sublevels.get(usize::from(*at)),
            _ => None,
        }) else {
            return;
        };
        let current = open.level1.and_then(|level1| self.level_of(level1));
        let belongs = current.is_some_and(|at| sublevel.under.contains(&at));
        // An empty cell is merged with the one above, which some forms do across levels; no cell at all is not.
        let tolerated = has_level1_cell && current.is_some_and(|at| sublevel.tolerated_by.contains(&at));
        if belongs || tolerated || (current.is_none() && open.level1.is_some()) {
            return;
        }
        let Some(&at) = sublevel.under.first() else { return };
        open.level1 = Some(Level1::Inferred(at));
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

    /// The level that a first level is, where the grammar knows it.
    fn level_of(&mut self, level1: Level1<'t>) -> Option<u8> {
        match level1 {
            Level1::Inferred(at) => Some(at),
            Level1::Printed(printed) => {
                self.rows.label(printed.text)?.roles.iter().find_map(|role| match role {
                    Role::Level1(at) => Some(*at),
                    _ => None,
                })
            }
        }
    }

    /// The totals of weights and scores: under their columns in a full row, else in their order.
    pub(super) fn bind_total(&mut self, row: &[Slot<'g>]) -> bool {
        let label = row.iter().position(|slot| !slot.sight.blank).unwrap_or(0);
        let full = self.open.clone().filter(|open| row.len() == open.width);
        // Placeholders hold neither a letter nor a digit.
        let says =
            |at: &usize| self.printed(row, *at).is_some_and(|p| p.text.contains(char::is_alphanumeric));
        let mut numbers = (label + 1..row.len()).filter(says);
        let (weight, score) = match full {
            Some(open) => (open.places.weight, open.places.score),
            None => (numbers.next(), numbers.next()),
        };
        let (weight, score) = match (weight, score) {
            // One number alone is what was reached.
            (Some(only), None) if full_is_none(&self.open, row) => (None, Some(only)),
            both => both,
        };
        let others: Vec<usize> = (label + 1..row.len())
            .filter(says)
            .filter(|&at| Some(at) != weight && Some(at) != score)
            .collect();
        let (weight, score) =
            (weight.and_then(|at| self.printed(row, at)), score.and_then(|at| self.printed(row, at)));
        for (known, again) in [(self.form.weight_total, weight), (self.form.score_total, score)] {
            if let (Some(known), Some(again)) = (known, again)
                && known.text != again.text
            {
                self.misshapen(again, "The form prints another total before this one; the first is kept, and this one only here.");
            }
        }
        self.form.weight_total = self.form.weight_total.or(weight);
        self.form.score_total = self.form.score_total.or(score);
        for at in others {
            if let Some(printed) = self.printed(row, at) {
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

fn full_is_none(open: &Option<Open<'_>>, row: &[Slot<'_>]) -> bool {
    open.as_ref().is_none_or(|open| open.width != row.len())
}
