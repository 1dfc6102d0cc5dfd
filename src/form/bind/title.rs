//! What is said of titles that no grammar has as they are printed.

use super::Binder;
use crate::finding::{Code, Finding};
use crate::grammar::fold;

impl Binder<'_, '_, '_> {
    /// A title of which a character is missing or mistaken.
    pub(super) fn report_near_title(&mut self) {
        let printed = self.form.title;
        let Some(meant) = self.grammars.titles.near(&fold::key(printed.text)) else { return };
        let message = format!(
            "`{}` is no form's title, and `{meant}` differs from it by one character alone, missing or mistaken; it is read as that.",
            fold::name(printed.text)
        );
        let finding =
            Finding::new(Code::LabelGuessed, message).line(printed.line).raw(printed.text).value(meant);
        self.form.findings.push(finding);
    }

    /// A title that no grammar has.
    pub(super) fn report_unknown_title(&mut self) {
        let printed = self.form.title;
        let message = format!(
            "`{}` is no title of a form that any grammar reads; by the labels below it, it is read as `{}`. Where it is right, add it to the \
             grammar's titles.",
            fold::name(printed.text),
            self.grammar.name
        );
        self.form
            .findings
            .push(Finding::new(Code::LabelGuessed, message).line(printed.line).raw(printed.text));
    }
}
