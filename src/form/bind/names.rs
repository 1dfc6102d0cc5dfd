//! Names and passages of which nothing in the dump says where they end: they are told of.

use super::Binder;
use crate::finding::{Code, Finding};
use crate::form::Printed;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{FieldColumn, Kinds, fold};

/// Points of figures that stand in a row with nothing between them.
const GLUED_POINTS: usize = 2;
/// Bytes of the longest label that is looked for behind a name.
const LONGEST_LABEL: usize = 60;
/// What the weights of most forms add up to.
const HUNDRED: &str = "100";
/// Digits of the shortest code in a name.
const CODE_DIGITS: usize = 8;

/// The column of the forms table that a field's name is given in.
fn name_column(column: FieldColumn) -> Option<&'static str> {
    match column {
        FieldColumn::Department | FieldColumn::SupervisingOrg => Some("department"),
        FieldColumn::ReportingOrg | FieldColumn::ImplementingOrg | FieldColumn::Project => {
            Some(column.as_str())
        }
        _ => None,
    }
}

impl<'t> Binder<'_, '_, 't> {
    /// Reports the names that hold another label, and in a dump with nothing between its cells those whose end may as well be the
    /// beginning of the label behind them; so too the passages that took figures in there.
    pub(super) fn report_open_ends(&mut self) {
        let mut found = Vec::new();
        for nth in 0..self.form.fields.len() {
            let (column, printed) = self.form.fields[nth];
            let Some(name) = name_column(column) else { continue };
            let what = if self.holds_label(printed.text) {
                "A label of the form or the unit of a table stands in this name, so that it took in what stands behind it."
            } else if self.grid.parted && self.ends_in_label(printed) {
                "Nothing stands between this name and the label behind it, and both that label and the rest of it are labels of the \
                 form: the name may be longer."
            } else if holds_misread_code(printed.text, &self.grammars.lexicon) {
                "A letter that looks like a digit stands among the digits of the code in this name; it is kept as it is printed."
            } else {
                continue;
            };
            let finding = Finding::new(Code::RowMisshapen, what).field("forms", name);
            found.push(finding.line(printed.line).raw(printed.text));
        }
        for &(_, printed) in
            self.form.texts.iter().filter(|(_, text)| self.grid.parted && holds_glued(text.text))
        {
            let what = "Figures stand in this passage with nothing between them, and no label or header says what they are; they are \
                        kept in it only.";
            found.push(Finding::new(Code::RowMisshapen, what).line(printed.line).raw(printed.text));
        }
        self.form.findings.extend(found);
    }

    /// Whether one of the words of a name, but the first, is a label or ends with a unit of money in brackets.
    fn holds_label(&mut self, name: &'t str) -> bool {
        if !fold::may_hold_space(name) {
            return false;
        }
        let mut words = name.split(fold::is_space).filter(|word| !word.is_empty()).skip(1);
        words.any(|word| {
            let label = self.rows.label(word);
            label.is_some_and(|label| label.kinds.has(Kinds::PAIR.or(Kinds::COLUMN)))
                || (word.ends_with([')', '）']) && self.unit_in_brackets(word).is_some())
        })
    }

    /// Whether the label that begins where a name ends is another label behind its first characters.
    fn ends_in_label(&mut self, printed: Printed<'t>) -> bool {
        let end = printed.text.as_ptr() as usize + printed.text.len() - self.grid.text.as_ptr() as usize;
        let cells = self.rows.cells;
        let at = cells.partition_point(|slot| (slot.cell.start as usize) < end);
        let Some(next) = cells.get(at).filter(|slot| slot.cell.start as usize == end) else { return false };
        let label = self.grid.trimmed(&next.cell);
        let pair = |text: &'t str, rows: &mut super::Rows<'_, '_, 't>| {
            rows.label(text).is_some_and(|label| label.kinds.has(Kinds::PAIR))
        };
        let mut shorter = label.char_indices().skip(1).map(|(at, _)| &label[at..]);
        label.len() <= LONGEST_LABEL && shorter.any(|shorter| pair(shorter, &mut self.rows))
    }

    /// The totals of weights and scores with nothing between them: no total has more than three digits before its point, and most
    /// weights are a hundred.
    pub(super) fn totals_glued(&mut self, printed: Printed<'t>) -> Option<(Printed<'t>, Printed<'t>)> {
        let (weight, score) =
            printed.text.split_at_checked(HUNDRED.len()).filter(|(weight, _)| *weight == HUNDRED)?;
        if !self.grid.parted || !may_be_total(score) {
            return None;
        }
        let what = "Nothing stands between the total of the weights and that of the scores in this cell; it is taken for a hundred and \
                    the rest.";
        let finding = Finding::new(Code::RowMisshapen, what).field("forms", "score_total");
        self.form.findings.push(finding.line(printed.line).raw(printed.text).value(score));
        Some((Printed { text: weight, ..printed }, Printed { text: score, ..printed }))
    }
}

/// Whether a text is a figure of at most three digits before its point, none of them a zero in front of others.
fn may_be_total(text: &str) -> bool {
    let whole = text.find('.').unwrap_or(text.len());
    let figure = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let padded = whole > 1 && text.starts_with('0');
    figure
        && text.matches('.').count() <= 1
        && !text.ends_with('.')
        && !padded
        && (1..=HUNDRED.len()).contains(&whole)
}

/// Whether a code in a text, a run of many digits, has a letter that looks like one.
fn holds_misread_code(text: &str, lexicon: &Lexicon) -> bool {
    // Names are words; the digits of a code are many.
    if text.bytes().filter(u8::is_ascii_alphanumeric).count() <= CODE_DIGITS {
        return false;
    }
    let mut runs = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| run.len() > CODE_DIGITS);
    runs.any(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        digits >= CODE_DIGITS && holds_letter_among_digits(run, lexicon)
    })
}

/// Whether a letter that looks like a digit stands behind a digit, or one more such letter, and before one or the end.
fn holds_letter_among_digits(run: &str, lexicon: &Lexicon) -> bool {
    let alike = |c: char| lexicon.look_alike(c).is_some();
    let may_be_digit = |c: char| c.is_ascii_digit() || alike(c);
    run.char_indices().any(|(at, c)| {
        alike(c)
            && run[..at].chars().next_back().is_some_and(may_be_digit)
            && run[at + 1..].chars().next().is_none_or(may_be_digit)
    })
}

/// Whether a text holds figures with points that follow each other with nothing between them.
fn holds_glued(text: &str) -> bool {
    let of_figure = |c: char| matches!(fold::narrow(c), '0'..='9' | '.');
    let mut runs = text.split(|c| !of_figure(c));
    runs.any(|run| run.chars().filter(|&c| fold::narrow(c) == '.').count() >= GLUED_POINTS)
}
