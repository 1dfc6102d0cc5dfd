//! From judged forms to rows of the tables.

pub(crate) mod names;

use super::row::{AmountRow, FindingRow, FormRow, IndicatorRow, MeasureRow, TextRow, Unfit};
use super::{Mask, Rows};
use crate::dump::Dialect;
use crate::finding::Finding;
use crate::form::Level1;
use crate::grammar::{FieldColumn, Grammar, Grammars, Holds, fold};
use crate::proof::{Judged, Trust};
use crate::source::DocId;
use crate::value::decimal::Decimal;
use crate::value::exact::QUANTITY;
use crate::value::form::{Basis, day, field, filled};
use crate::value::target::target;
use names::Names;
use names::{name, passage};
use std::borrow::Cow;

/// Whether personal fields are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Personal {
    /// They are null, and their values show nowhere else.
    #[default]
    Drop,
    /// They are given, in their own columns and nowhere else.
    Keep,
}

/// What the rows of a document share.
pub struct DocumentContext<'a> {
    /// The document's id.
    pub id: DocId,
    /// The same as the tables print it.
    pub doc_id: String,
    /// The dialect it was read in.
    pub dialect: Dialect,
    /// The grammars it was read with.
    pub grammars: &'a Grammars,
    /// Whether personal fields are given.
    pub personal: Personal,
    /// The personal values to be taken out of prose; none where they are given.
    pub mask: Mask,
}

/// The id of a form: its document's and its ordinal from 1.
pub fn form_id(id: DocId, ordinal: u32) -> String {
    format!("{id}-{ordinal:04}")
}

/// Adds the rows of a form.
///
/// # Errors
/// [`Unfit`] where a number is too large for its column, which the judge should have seen.
pub fn form(
    tables: &mut impl Rows,
    context: &DocumentContext<'_>,
    ordinal: u32,
    judged: &Judged<'_>,
) -> Result<(), Unfit> {
    let filler = Filler::new(context, ordinal, judged);
    filler.form(tables)?;
    filler.figures(tables)?;
    filler.lines(tables)?;
    filler.texts(tables)
}

/// Adds a finding of a document.
///
/// # Errors
/// Never: a finding holds no decimal.
pub fn finding(tables: &mut impl Rows, id: DocId, finding: &Finding) -> Result<(), Unfit> {
    let form_id = finding.form.map(|ordinal| form_id(id, ordinal));
    tables.findings(&FindingRow {
        doc_id: &id.to_string(),
        form_id: form_id.as_deref(),
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        table: finding.table,
        field: finding.field,
        line: finding.line,
        raw: finding.raw.as_deref(),
        value: finding.value.as_deref(),
        message: &finding.message,
        proof: finding.proof.as_deref(),
    })
}

struct Filler<'a, 't> {
    context: &'a DocumentContext<'a>,
    judged: &'a Judged<'t>,
    grammar: &'a Grammar,
    form_id: String,
    doc_id: String,
    department: Option<String>,
    project: Option<String>,
}

impl<'a, 't> Filler<'a, 't> {
    fn new(context: &'a DocumentContext<'a>, ordinal: u32, judged: &'a Judged<'t>) -> Self {
        let grammar = &context.grammars.forms[usize::from(judged.valued.form.grammar)];
        let mut filler = Filler {
            context,
            judged,
            grammar,
            form_id: format!("{}-{ordinal:04}", context.doc_id),
            doc_id: context.doc_id.clone(),
            department: None,
            project: None,
        };
        let department = [FieldColumn::Department, FieldColumn::SupervisingOrg, FieldColumn::ReportingOrg];
        filler.department = department.into_iter().find_map(|column| filler.field(column));
        filler.project = filler.field(FieldColumn::Project);
        filler
    }

    /// A field as a name; `None` where it is missing or a placeholder.
    fn field(&self, column: FieldColumn) -> Option<String> {
        let printed = filled(field(&self.judged.valued.form, column), &self.context.grammars.lexicon)?;
        Some(name(printed.text, self.context.dialect).into_owned()).filter(|name| !name.is_empty())
    }

    /// Prose with its paragraphs joined by `between`, without personal values.
    fn prose<'p>(&self, text: &'p str, between: &str) -> Cow<'p, str> {
        let prose = passage(text, self.context.dialect, between);
        match self.context.mask.over(&prose) {
            Cow::Owned(masked) => Cow::Owned(masked),
            Cow::Borrowed(_) => prose,
        }
    }

    fn personal(&self, column: FieldColumn) -> Option<String> {
        (self.context.personal == Personal::Keep).then(|| self.field(column)).flatten()
    }

    fn year(&self) -> Option<i32> {
        self.judged.valued.fiscal_year
    }

    fn points(&self, fact: Option<u32>) -> Option<Decimal> {
        self.judged.facts.all[fact? as usize].value
    }

    fn form(&self, tables: &mut impl Rows) -> Result<(), Unfit> {
        let (form, facts) = (&self.judged.valued.form, &self.judged.facts);
        let prepared_on =
            field(form, FieldColumn::PreparedOn).and_then(|on| day(on.text, &self.context.grammars.lexicon));
        let annex = form.annex.map(|annex| name(annex.text, self.context.dialect).into_owned());
        tables.forms(
            self.year(),
            &FormRow {
                form_id: &self.form_id,
                doc_id: &self.doc_id,
                form_type: &self.grammar.id,
                line: form.first_line,
                line_last: form.last_line,
                title: &name(form.title.text, self.context.dialect),
                annex: annex.as_deref(),
                reporting_org: self.field(FieldColumn::ReportingOrg).as_deref(),
                department: self.department.as_deref(),
                implementing_org: self.field(FieldColumn::ImplementingOrg).as_deref(),
                project: self.project.as_deref(),
                unit: self.judged.unit.known().map(|unit| unit.as_str()),
                unit_stated: self.field(FieldColumn::Unit).as_deref(),
                weight_total: self.points(facts.weight_total),
                score_total: self.points(facts.score_total),
                prepared_by: self.personal(FieldColumn::PreparedBy).as_deref(),
                prepared_on,
                phone: self.personal(FieldColumn::Phone).as_deref(),
                signed_by: self.personal(FieldColumn::SignedBy).as_deref(),
                status: if form.complete { "complete" } else { "partial" },
            },
        )
    }

    fn figures(&self, tables: &mut impl Rows) -> Result<(), Unfit> {
        let names = Names::of(&self.judged.valued.form, self.grammar, self.context);
        for (at, figure) in self.judged.valued.figures.iter().enumerate() {
            let fact = &self.judged.facts.all[at];
            let item = &names.items[figure.item as usize];
            let section = self.judged.valued.form.items[figure.item as usize].section as usize;
            let header = figure.header.map(|header| &*names.headers[section][header as usize]);
            match figure.holds {
                Holds::Money(measure) => tables.amounts(
                    self.year(),
                    &AmountRow {
                        form_id: &self.form_id,
                        doc_id: &self.doc_id,
                        form_type: &self.grammar.id,
                        department: self.department.as_deref(),
                        project: self.project.as_deref(),
                        item: &item.name,
                        item_path: &item.path,
                        item_code: item.code,
                        measure_label: header,
                        measure: measure.as_str(),
                        amount_year: figure.year,
                        amount_yuan: fact.value,
                        raw: Some(figure.cell.printed.text),
                        unit: self.unit_of(at),
                        unit_basis: fact.basis.unwrap_or(Basis::Default).as_str(),
                        trust: fact.trust.as_str(),
                        line: fact.line,
                        cell: figure.cell.printed.cell,
                    },
                )?,
                holds => {
                    let column = names.measure(item, header, section, figure.header);
                    tables.measures(
                        self.year(),
                        &MeasureRow {
                            form_id: &self.form_id,
                            doc_id: &self.doc_id,
                            form_type: &self.grammar.id,
                            department: self.department.as_deref(),
                            project: self.project.as_deref(),
                            item: column.name,
                            item_path: &column.path,
                            item_code: column.code.as_deref(),
                            amount_year: figure.year,
                            value: fact.value,
                            unit: if holds == Holds::Person { "person" } else { "ratio" },
                            raw: figure.cell.printed.text,
                            trust: fact.trust.as_str(),
                            line: fact.line,
                            cell: figure.cell.printed.cell,
                        },
                    )?;
                }
            }
        }
        Ok(())
    }

    /// The unit a sum was read in.
    fn unit_of(&self, at: usize) -> &'static str {
        let figure = &self.judged.valued.figures[at];
        let fact = &self.judged.facts.all[at];
        match (figure.unit, fact.basis) {
            (Some((unit, basis)), Some(settled)) if basis == settled => unit.as_str(),
            _ => self.judged.unit.applied().as_str(),
        }
    }

    fn lines(&self, tables: &mut impl Rows) -> Result<(), Unfit> {
        let lexicon = &self.context.grammars.lexicon;
        let dialect = self.context.dialect;
        let execution =
            self.grammar.blocks.iter().flat_map(|block| &block.rows).find_map(|row| row.scored.as_deref());
        let mut ordinal = 0;
        let valued = &self.judged.valued;
        let levels: Vec<Cow<'_, str>> = valued.levels.iter().map(|level| name(level.name, dialect)).collect();
        // A second level is filled down over the lines below it.
        let mut level2 = (None, None);
        for (at, line) in valued.form.lines.iter().enumerate() {
            let text = |printed| filled(printed, lexicon).map(|printed| self.prose(printed.text, ""));
            let label = |printed| filled(printed, lexicon).map(|printed| name(printed.text, dialect));
            let (weight, score) = self.judged.facts.lines[at];
            let (target_text, actual_text) = (text(line.target), text(line.actual));
            let level3 = match line.execution {
                true => execution.map(Cow::Borrowed),
                false => label(line.level3),
            };
            let empty = level3.is_none()
                && target_text.is_none()
                && actual_text.is_none()
                && weight.is_none()
                && score.is_none();
            if empty {
                continue;
            }
            ordinal += 1;
            let level = valued.lines[at].level.map(|level| level as usize);
            if level2.0 != line.level2 {
                level2 = (line.level2, label(line.level2));
            }
            let level1 = match (line.level1, level) {
                (_, Some(level)) => Some(Cow::Borrowed(&*levels[level])),
                (Some(Level1::Inferred(at)), _) => {
                    Some(self.grammar.levels[usize::from(at)].name.as_str().into())
                }
                (Some(Level1::Printed(printed)), _) => label(Some(printed)),
                (None, _) => None,
            };
            let number = |text: &Option<Cow<'_, str>>| {
                let text = text.as_deref()?;
                let found = target(text, lexicon);
                let fits = found.value.is_none_or(|value| QUANTITY.fits(value));
                fits.then(|| (found.op, found.value, found.unit.map(|unit| unit.into_owned())))
            };
            let wanted = number(&target_text).unwrap_or_default();
            let reached = number(&actual_text).unwrap_or_default();
            tables.indicators(
                self.year(),
                &IndicatorRow {
                    form_id: &self.form_id,
                    doc_id: &self.doc_id,
                    form_type: &self.grammar.id,
                    department: self.department.as_deref(),
                    project: self.project.as_deref(),
                    ordinal,
                    kind: if line.execution { "execution" } else { "indicator" },
                    level1: level1.as_deref().filter(|level1| !level1.is_empty()),
                    level2: level2.1.as_deref(),
                    level3: level3.as_deref(),
                    level1_weight: level.map(|level| valued.levels[level].weight),
                    target: target_text.as_deref(),
                    target_op: wanted.0.map(|op| op.as_str()),
                    target_value: wanted.1,
                    target_unit: wanted.2.as_deref(),
                    actual: actual_text.as_deref(),
                    actual_op: reached.0.map(|op| op.as_str()),
                    actual_value: reached.1,
                    actual_unit: reached.2.as_deref(),
                    weight: self.points(weight),
                    score: self.points(score),
                    reason: text(line.reason).as_deref(),
                    trust: self.trust_of(score),
                    weight_trust: self.trust_of(weight),
                    line: line.line,
                },
            )?;
        }
        Ok(())
    }

    /// The trust of a weight or score; of one that is blank nothing speaks for or against.
    fn trust_of(&self, fact: Option<u32>) -> &'static str {
        fact.map_or(Trust::Stated, |at| self.judged.facts.all[at as usize].trust).as_str()
    }

    fn texts(&self, tables: &mut impl Rows) -> Result<(), Unfit> {
        for (text, printed) in &self.judged.valued.form.texts {
            let Some(printed) = filled(Some(*printed), &self.context.grammars.lexicon) else { continue };
            // A cell that holds nothing but the template's helper text was left blank.
            if self.grammar.template_text(printed.text).is_some_and(|left| left == fold::name(printed.text)) {
                continue;
            }
            tables.texts(
                self.year(),
                &TextRow {
                    form_id: &self.form_id,
                    doc_id: &self.doc_id,
                    form_type: &self.grammar.id,
                    department: self.department.as_deref(),
                    project: self.project.as_deref(),
                    field: &self.grammar.texts[usize::from(*text)],
                    text: &self.prose(printed.text, "\n"),
                    line: printed.line,
                },
            )?;
        }
        Ok(())
    }
}
