//! Targets and outcomes in which a letter or sign stands for a digit or a point: no figure is read from one, and nothing in a
//! form proves which it is, so that it is told of.

use super::Judged;
use crate::finding::{Code, Finding};
use crate::form::Level1;
use crate::grammar::lexicon::Lexicon;
use crate::value::target::{before_misread_weight, is_misread};

/// Reports them.
pub(super) fn report(form: &mut Judged<'_>, lexicon: &Lexicon) {
    let mut found: Vec<Finding> = Vec::new();
    for line in form.valued.form.lines.iter().filter(|line| !line.execution) {
        for (field, printed) in [("target", line.target), ("actual", line.actual)] {
            let Some(printed) = printed.filter(|printed| is_misread(printed.text, lexicon)) else { continue };
            let message = "A letter or sign stands where a digit or the point of this figure should; nothing proves which, so no number \
                           is read from it.";
            let finding = Finding::new(Code::NumberMalformed, message).field("indicators", field);
            found.push(finding.line(printed.line).raw(printed.text));
        }
    }
    let mut last = None;
    for line in &form.valued.form.lines {
        let Some(level) = line.level1.filter(|level| last != Some(*level)).and_then(Level1::printed) else {
            continue;
        };
        last = line.level1;
        if lexicon.may_hold_alike(level.text) && before_misread_weight(level.text, lexicon).is_some() {
            let message =
                "A letter stands where a digit of this level's weight should; no weight is read from it.";
            let finding = Finding::new(Code::NumberMalformed, message).field("indicators", "level1_weight");
            found.push(finding.line(level.line).raw(level.text));
        }
    }
    form.findings.extend(found);
}
