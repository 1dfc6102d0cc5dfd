//! Scored lines cut from a stream.

use super::{LONGEST, Placed, Token, blank_at};
use crate::dump::Opens;
use crate::form::label::is_figure;
use crate::form::row::{Expected, Rows, Slot};
use crate::grammar::{Holds, Kinds, Role, fold};

/// A line whose indicator is called like a level.
struct Named<'g> {
    slots: Vec<Slot<'g>>,
    /// The place behind it.
    end: usize,
    /// Whether what stands in it leaves no other reading.
    sure: bool,
}

impl<'g> Rows<'_, 'g, '_> {
    /// A scored line: its levels on a row of their own, then what stands behind them.
    /// `below_level` says that the row before was a second level.
    pub(super) fn line(&mut self, expected: &Expected, below_level: bool, row: &mut Vec<Slot<'g>>) -> bool {
        let Some(width) = expected.width else { return self.alone(row) };
        let Some(mut token) = self.token(self.at) else { return false };
        // The label in the corner stands again beside the first level below a header that a page repeats.
        if token.0.sight.is(|role| Some(role) == expected.block.map(Role::Opens).as_ref())
            && let Some(level) = self.token(token.1).filter(|(slot, _)| slot.sight.has(Kinds::LEVEL))
        {
            let corner = token.0;
            token = level;
            if self.levels(token, expected, width, row) {
                if let Some(blank) = row.first_mut().filter(|slot| slot.sight.blank) {
                    *blank = corner;
                }
                return true;
            }
        }
        if let Some(named) = self.named_as_level(self.at, expected) {
            if !below_level && !named.sure {
                self.placed = Placed::Likely;
            }
            self.at = named.end;
            self.scored(expected, width, named.slots, row);
            return true;
        }
        let unscored = self.begins_unscored(&token.0, token.1, expected);
        if !unscored && self.levels(token, expected, width, row) {
            return true;
        }
        if !expected.has_points() {
            return self.unscored(expected, width, row);
        }
        let core = self.core(self.at, expected);
        if let Some((slots, end)) = core {
            let unit_lost = self.loses_blanks() && slots.iter().any(|slot| slot.sight.blank);
            if unit_lost || !self.begins_line(&slots, expected) {
                self.placed = Placed::Likely;
            }
            self.at = end;
            self.scored(expected, width, slots, row);
            return true;
        }
        let (slot, next) = token;
        if let Some(level) = self.mend(&slot, Kinds::LEVEL) {
            return self.levels((level, next), expected, width, row);
        }
        // A second level that the grammar does not know, before a line that is whole.
        if let Some(place) = expected.place(|holds| holds == Holds::Level2)
            && !self.is_value(&slot)
            && slot.sight.label.is_none()
            && !self.may_be_reason(expected)
            && self.core(next, expected).is_some()
        {
            self.after_line = false;
            row.resize(width, blank_at(&slot));
            row[place] = slot;
            self.at = next;
            return true;
        }
        self.loose(expected, row)
    }

    /// The line whose indicator is called like a level: no level stands behind it, and the cells from it on are a whole line,
    /// while those behind it are none, or lack its last figure. A sign of comparison behind it is a target's, and no indicator's.
    fn named_as_level(&mut self, at: usize, expected: &Expected) -> Option<Named<'g>> {
        let (slot, next) = self.token(at)?;
        if !slot.sight.has(Kinds::LEVEL) || !expected.has_points() {
            return None;
        }
        if self.token(next).is_some_and(|(slot, _)| slot.sight.has(Kinds::LEVEL)) {
            return None;
        }
        let (slots, end) = self.core_or_without_unit(true, at, expected)?;
        let whole = |slots: &[Slot<'g>]| slots.last().is_some_and(|slot| !slot.sight.blank);
        let sure = self.is_named(&slot, next);
        // Where cells are blank, what stands behind them may be any column's.
        let units = usize::from(expected.place(|holds| holds == Holds::TargetUnit).is_some());
        if !sure && slots.iter().filter(|slot| slot.sight.blank).count() > units {
            return None;
        }
        let behind = self.core(next, expected).is_some_and(|(slots, _)| whole(&slots));
        let named = self.is_compared(next) || (whole(&slots) && !behind);
        named.then_some(Named { slots, end, sure })
    }

    /// Whether what stands at a place begins with a sign of comparison.
    fn is_compared(&mut self, at: usize) -> bool {
        let sign = |c: char| matches!(fold::narrow(c), '<' | '>' | '=' | '≤' | '≥');
        self.token(at).is_some_and(|(slot, _)| self.grid.trimmed(&slot.cell).starts_with(sign))
    }

    /// Whether a label of a level is the name of an indicator: what stands behind it is a target or a figure.
    pub(super) fn is_named(&mut self, label: &Slot<'g>, next: usize) -> bool {
        let figure = |text: &str| !text.is_empty() && is_figure(text);
        label.sight.has(Kinds::LEVEL)
            && (self.is_compared(next)
                || self.token(next).is_some_and(|(slot, _)| figure(self.grid.trimmed(&slot.cell))))
    }

    /// Whether the cell at hand may be the reason of the line above.
    fn may_be_reason(&self, expected: &Expected) -> bool {
        let reasons = expected.place(|holds| holds == Holds::Reason).is_some();
        reasons && self.after_line && self.loses_blanks()
    }

    /// Whether the first cell of a line is its indicator, and not the reason of the line above, before an indicator whose
    /// target or value is blank: nothing above can have a reason, or a target follows and no indicator. Nor is it what is left
    /// of a value.
    fn begins_line(&self, slots: &[Slot<'g>], expected: &Expected) -> bool {
        let target = |slot: &Slot<'g>| begins_as_target(self.grid.trimmed(&slot.cell));
        let value = self.loses_blanks() && slots.first().is_some_and(target);
        !value && (!self.may_be_reason(expected) || slots.get(1).is_some_and(target))
    }

    /// The levels at hand, on a row of their own.
    pub(super) fn levels(
        &mut self,
        (slot, next): Token<'g>,
        expected: &Expected,
        width: usize,
        row: &mut Vec<Slot<'g>>,
    ) -> bool {
        let is1 = |slot: &Slot<'_>| slot.sight.is(|role| matches!(role, Role::Level1(_)));
        let is2 = |slot: &Slot<'_>| slot.sight.is(|role| matches!(role, Role::Level2(_)));
        if !is1(&slot) && !is2(&slot) {
            return false;
        }
        let place1 = expected.place(|holds| holds == Holds::Level1);
        let place2 = expected.place(|holds| holds == Holds::Level2);
        self.after_line = false;
        row.resize(width, blank_at(&slot));
        let named = is2(&slot) && self.named_as_level(next, expected).is_some();
        let second = self.second_level(next).filter(|_| !named);
        let bracket = self.grid.text_of(&slot.cell).contains(['(', '（']);
        self.at = next;
        match (place1, place2) {
            (Some(place1), Some(place2)) if is1(&slot) && (!is2(&slot) || second.is_some() || bracket) => {
                row[place1] = slot;
                if let Some((second, behind)) = second {
                    row[place2] = second;
                    self.at = behind;
                }
            }
            (_, Some(place)) | (Some(place), None) => row[place] = slot,
            (None, None) => return false,
        }
        self.below_level = place2.is_some_and(|place| !row[place].sight.blank);
        true
    }

    /// The second level at a place.
    fn second_level(&mut self, at: usize) -> Option<Token<'g>> {
        let (slot, next) = self.token(at)?;
        let slot = self.mend(&slot, Kinds::LEVEL).unwrap_or(slot);
        slot.sight.is(|role| matches!(role, Role::Level2(_))).then_some((slot, next))
    }

    /// The cells of one line from its indicator to its last figure, if they are what the header expects: all of them, or all
    /// but the unit of a target that has none, where blank cells are lost.
    fn core(&mut self, from: usize, expected: &Expected) -> Option<(Vec<Slot<'g>>, usize)> {
        self.core_or_without_unit(false, from, expected)
    }

    /// As [`Self::core`]; a `named` line may be called like a level.
    fn core_or_without_unit(
        &mut self,
        named: bool,
        from: usize,
        expected: &Expected,
    ) -> Option<(Vec<Slot<'g>>, usize)> {
        let split = expected.place(|holds| holds == Holds::TargetOp).is_some() && self.loses_blanks();
        let unit = expected.place(|holds| holds == Holds::TargetUnit).filter(|_| split);
        self.core_of(named, None, from, expected).or_else(|| self.core_of(named, Some(unit?), from, expected))
    }

    /// As [`Self::core_or_without_unit`], with nothing at the place `blank`.
    fn core_of(
        &mut self,
        named: bool,
        blank: Option<usize>,
        from: usize,
        expected: &Expected,
    ) -> Option<(Vec<Slot<'g>>, usize)> {
        let (first, last) = expected.core()?;
        let mut at = from;
        let mut slots = Vec::with_capacity(last - first + 1);
        for place in first..=last {
            if blank == Some(place) {
                slots.push(blank_at(slots.last()?));
                continue;
            }
            let (slot, next) = self.token(at)?;
            let text = self.grid.trimmed(&slot.cell);
            let fits = match expected.holds(place) {
                Some(Holds::Weight | Holds::Score) => slot.sight.blank || is_points(text),
                Some(Holds::Level3) => !slot.sight.blank && !is_figure(text) && !self.looker.is_misread(text),
                // What is not compared has no unit, and what is has one.
                Some(Holds::TargetOp) if self.loses_blanks() => {
                    self.looker.is_operator(text) == blank.is_none()
                }
                _ => true,
            };
            let label = slot.sight.has(Kinds::LEVEL.or(Kinds::TOTAL).or(Kinds::OPENS));
            let name = named && place == first && !slot.sight.has(Kinds::TOTAL);
            if !fits || slot.cell.opens == Opens::Body || (label && !name) {
                return None;
            }
            slots.push(slot);
            at = next;
        }
        Some((slots, at))
    }

    /// A line with its reason, if it has one.
    fn scored(&mut self, expected: &Expected, width: usize, slots: Vec<Slot<'g>>, row: &mut Vec<Slot<'g>>) {
        let first = slots[0];
        let Some((from, _)) = expected.core() else { return };
        row.resize(width, blank_at(&first));
        for (nth, slot) in slots.into_iter().enumerate() {
            row[from + nth] = slot;
        }
        self.after_line = true;
        let Some(place) = expected.place(|holds| holds == Holds::Reason) else { return };
        let Some((slot, next)) = self.token(self.at) else { return };
        let label = slot.sight.has(Kinds::LEVEL.or(Kinds::TOTAL).or(Kinds::PAIR).or(Kinds::OPENS));
        if label || slot.cell.opens == Opens::Body || place < from {
            return;
        }
        if slot.sight.blank {
            self.at = next;
            return;
        }
        // What may be a reason may be the next line's indicator: only one of the two leaves a whole line behind it.
        let anew = self.core(self.at, expected).is_some();
        let behind = self.token(next);
        let ends = behind.is_none_or(|(slot, _)| {
            slot.cell.opens == Opens::Body
                || slot.sight.has(Kinds::LEVEL.or(Kinds::TOTAL).or(Kinds::PAIR))
                || slot.sight.blank
        });
        let mut goes_on = ends || self.core(next, expected).is_some();
        // Or the level behind it lost a character.
        if let Some((level, _)) = behind.filter(|_| !goes_on && !anew) {
            goes_on = self.mend(&level, Kinds::LEVEL).is_some();
        }
        if goes_on && !anew && self.mend(&slot, Kinds::LEVEL).is_none() {
            row[place] = slot;
            self.at = next;
            self.after_line = false;
        }
    }

    /// Cells up to the next place at which the form is understood again.
    pub(super) fn loose(&mut self, expected: &Expected, row: &mut Vec<Slot<'g>>) -> bool {
        let label = Kinds::LEVEL.or(Kinds::TOTAL).or(Kinds::PAIR).or(Kinds::OPENS);
        while row.len() < LONGEST {
            let Some((slot, next)) = self.token(self.at) else { break };
            let whole =
                expected.has_points() && !self.loses_blanks() && self.core(self.at, expected).is_some();
            let stop = slot.cell.opens == Opens::Body || slot.sight.has(label) || whole;
            if !row.is_empty() && (stop || self.opens_form(&slot)) {
                break;
            }
            row.push(slot);
            self.at = next;
        }
        self.placed = if row.len() > 1 { Placed::Not } else { Placed::Surely };
        self.after_line = true;
        !row.is_empty()
    }
}

/// Weights and scores are numbers up to a hundred.
pub(super) fn is_points(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let number = text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number && whole.parse::<u32>().is_ok_and(|points| points <= 100)
}

/// Whether a text begins with a digit or an operator, as targets and values do and indicators do not.
pub(super) fn begins_as_target(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric() || matches!(fold::narrow(c), '<' | '>' | '=' | '≤' | '≥'))
}
