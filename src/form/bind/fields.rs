//! The fields of a form's heading and footer.

use super::Binder;
use crate::form::{Printed, inline};
use crate::grammar::{FieldColumn, fold};

impl<'t> Binder<'_, '_, 't> {
    /// Notes a field; of two that differ the first is kept and the other reported.
    pub(super) fn field(&mut self, column: FieldColumn, value: Printed<'t>) {
        if value.text.is_empty() {
            return;
        }
        if column.is_personal() && inline::is_no_person(value.text) {
            return self.misshapen(
                value,
                "A figure stands where a person's name or telephone number should; it is neither, and kept here only.",
            );
        }
        let known = self.form.fields.iter().find(|(known, _)| *known == column).map(|(_, known)| *known);
        match known {
            None => self.form.fields.push((column, value)),
            // A form names as many people as it likes.
            Some(_) if column == FieldColumn::Person => self.form.fields.push((column, value)),
            Some(known) if column == FieldColumn::Unit && self.is_body_before_unit(known, value) => {
                self.form.fields.retain(|(column, _)| *column != FieldColumn::Unit);
                self.form.fields.push((column, value));
                self.field(FieldColumn::ReportingOrg, known);
            }
            Some(known) if fold::name(known.text) != fold::name(value.text) => {
                // Personal values are noted, so that they can be masked wherever they stand, but not shown.
                let shown = if column.is_personal() { Printed { text: "", ..value } } else { value };
                if column.is_personal() {
                    self.form.fields.push((column, value));
                }
                self.misshapen(
                    shown,
                    "This field was printed before with another value; the first is kept, and this one only here.",
                );
            }
            Some(_) => {}
        }
    }

    /// Whether what a heading's unit was taken for is the body that reports, for whom the same word stands:
    /// `单位：某局  单位：万元`.
    fn is_body_before_unit(&self, known: Printed<'t>, value: Printed<'t>) -> bool {
        let unit = |printed: Printed<'t>| self.grammars.lexicon.unit_in(printed.text);
        unit(known).is_none() && unit(value).is_some()
    }

    /// Notes the unit in the brackets of the title, where the heading has none: `…表（单位：元）`.
    pub(super) fn unit_of_title(&mut self) {
        let title = self.form.title;
        let known = self.form.fields.iter().any(|(column, _)| *column == FieldColumn::Unit);
        let mut brackets = title.text.split(['(', ')', '（', '）']).skip(1);
        let unit = |inside: &&str| self.grammars.lexicon.unit_in(inside).is_some();
        if !known
            && !self.untitled
            && let Some(inside) = brackets.find(unit)
        {
            self.form.fields.push((FieldColumn::Unit, Printed { text: fold::trim(inside), ..title }));
        }
    }
}
