//! Labels that are not spelled as the grammar has them: what is said of them, and what is noted for the names they give.

use super::Binder;
use crate::finding::{Code, Finding};
use crate::form::Printed;
use crate::form::label::Meant;
use crate::form::row::Slot;
use crate::grammar::{Kinds, Role, fold};

/// Characters of the shortest label that may be what is left of one with two more, and bytes of the longest.
const SHORTEST_LACKING: usize = 6;
const LONGEST_LACKING: usize = 90;

impl<'g, 't> Binder<'_, 'g, 't> {
    /// The labels of a row that are not spelled as the grammar has them, and were taken for labels when it was cut.
    #[inline]
    pub(super) fn report_mended(&mut self, row: &[Slot<'g>]) {
        if !self.rows.mended.is_empty() {
            self.report_each_mended(row);
        }
    }

    fn report_each_mended(&mut self, row: &[Slot<'g>]) {
        for (start, meant) in std::mem::take(&mut self.rows.mended) {
            let at = row.iter().position(|slot| slot.cell.start == start && slot.sight.label.is_some());
            if let Some(printed) = at.and_then(|at| self.printed(row, at)) {
                self.report_guess(printed, &meant);
            }
        }
    }

    /// A label that is not spelled as the grammar has it. Where another label is as near, it is known what it means, but not what
    /// is missing: its name stays as it is printed.
    pub(super) fn report_guess(&mut self, printed: Printed<'t>, meant: &Meant) {
        let (name, label) = (fold::name(printed.text), &meant.label);
        let message = if meant.is_sole {
            format!(
                "`{name}` is no label of the form, and `{label}` is the only one that differs from it by one character missing or \
                 mistaken; it is read as that."
            )
        } else {
            format!(
                "`{name}` is no label of the form; `{label}` and others that mean the same differ from it by one character missing \
                 or mistaken. It is read as one of them, under the name that is printed."
            )
        };
        let finding =
            Finding::new(Code::LabelGuessed, message).line(printed.line).raw(printed.text).value(label);
        self.form.findings.push(finding);
        // A label whose end a dump may have cut off with its cell is perhaps the beginning of a longer one.
        let longer = |(other, _): (&str, _)| other.starts_with(&*name) && other != label;
        let cut = self.grid.dialect.tears_rows()
            && label.starts_with(&*name)
            && self.grammar.labels.iter().any(longer);
        if meant.is_sole && !cut {
            self.form.guessed.entry(printed.text).or_insert_with(|| label.clone());
        }
    }

    /// Tells of a label that lacks two characters of a line's of the block: too many to read it as that one, and too few to be a line
    /// that the form does not have.
    pub(super) fn lacks_two(&mut self, printed: Printed<'t>, block: u8) -> bool {
        if printed.text.len() > LONGEST_LACKING {
            return false;
        }
        let key = fold::key(printed.text);
        let bare = self.grammars.labelling.strip_lead(&key);
        let length = bare.chars().count();
        let of_block = |role: &Role| matches!(role, Role::Row { block: own, .. } if *own == block);
        let lacking = |(label, roles): &(&str, &[Role])| {
            label.len() > bare.len()
                && roles.iter().any(of_block)
                && label.chars().count() == length + 2
                && is_within(bare, label)
        };
        let Some((label, _)) =
            self.grammar.labels.iter().filter(|_| length >= SHORTEST_LACKING).find(lacking)
        else {
            return false;
        };
        let message = format!(
            "`{}` is no label of this table, and lacks two characters of `{label}`; the name is kept as it is printed.",
            fold::name(printed.text)
        );
        self.form
            .findings
            .push(Finding::new(Code::LabelGuessed, message).line(printed.line).raw(printed.text));
        true
    }

    /// A level's text without the figure and brackets that it ends with.
    fn without_weight<'l>(&self, text: &'l str) -> &'l str {
        let is_edge = |c: char| {
            let narrow = fold::narrow(c);
            narrow.is_ascii_digit() || matches!(narrow, '(' | ')' | '[' | ']' | '.')
        };
        let inside = fold::trim(text.trim_end_matches(is_edge));
        let pointless = self.grammars.lexicon.score.strip(inside).map_or(inside, |(_, rest)| rest);
        fold::trim(pointless.trim_end_matches(is_edge))
    }

    /// A level that no label is, though it is nearly one: as the only one that it is near to, else under the name that is printed,
    /// which is told of. Nothing is said twice of the levels `known` above.
    pub(super) fn name_level(
        &mut self,
        slot: Option<&Slot<'g>>,
        level: Printed<'t>,
        known: [Option<Printed<'t>>; 2],
    ) {
        let again = known.iter().flatten().any(|known| known.text == level.text);
        if again || slot.is_none_or(|slot| slot.sight.label.is_some()) {
            return;
        }
        // Its weight may lack a bracket while its name is whole.
        let name = self.without_weight(level.text);
        if name.len() < level.text.len() && self.rows.label(name).is_some() {
            return;
        }
        let guess = self.rows.guess(level.text).filter(|guess| guess.found.kinds.has(Kinds::LEVEL));
        if let Some(guess) = guess {
            return self.report_guess(level, &guess.meant);
        }
        if self.rows.looker.is_near_level(level.text) {
            let message = format!(
                "`{}` is no level of the form, and differs from more than one, or from a short one, by a single character missing or \
                 mistaken; the name is kept as it is printed.",
                fold::name(level.text)
            );
            let finding = Finding::new(Code::LabelGuessed, message);
            self.form.findings.push(finding.line(level.line).raw(level.text));
        }
    }
}

/// Whether the characters of `text` stand in `label` in their order.
fn is_within(text: &str, label: &str) -> bool {
    let mut label = label.chars();
    text.chars().all(|c| label.any(|other| other == c))
}
