//! From judged forms to rows of the tables.

pub(crate) mod memory;
pub(crate) mod names;
mod shape;

use super::row::{AmountRow, FindingRow, FormRow, IndicatorRow, MeasureRow, TextRow, Unfit};
use super::term::{Series, Term};
use super::{Mask, Rows};
use crate::dump::Dialect;
use crate::finding::Finding;
use crate::form::{Level1, LevelName, Printed, ScoredLine};
use crate::grammar::{FieldColumn, Grammar, Grammars, Holds, Measure, fold};
use crate::proof::{Judged, Trust};
use crate::source::DocId;
use crate::value::decimal::Decimal;
use crate::value::form::{Basis, FigureValue, day, field, filled};
use crate::value::score::level_weight;
use crate::value::target::{before_misread_weight, put_together};
use memory::{Memory, NameId, Said};
use names::{Names, name, passage};
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
    id_of_form(&id.to_string(), ordinal)
}

/// The same, from the document's id as the tables print it.
fn id_of_form(doc_id: &str, ordinal: u32) -> String {
    format!("{doc_id}-{ordinal:04}")
}

/// Adds the rows of a form. `memory` is best kept from form to form.
///
/// # Errors
/// [`Unfit`] where a number is too large for its column, which the judge should have seen.
pub fn form(
    tables: &mut impl Rows,
    memory: &mut Memory,
    context: &DocumentContext<'_>,
    ordinal: u32,
    judged: &Judged<'_>,
) -> Result<(), Unfit> {
    memory.make_room(context.dialect);
    let filler = Filler::new(memory, context, ordinal, judged);
    filler.form(tables, memory)?;
    filler.figures(tables, memory)?;
    filler.lines(tables, memory)?;
    filler.texts(tables, memory)
}

/// Adds a finding of a document.
///
/// # Errors
/// Never: a finding holds no decimal.
pub fn finding(tables: &mut impl Rows, id: DocId, finding: &Finding) -> Result<(), Unfit> {
    findings(tables, &id.to_string(), std::slice::from_ref(finding))
}

/// Adds findings of the document with this id; those of a form best stand behind each other.
///
/// # Errors
/// Never: a finding holds no decimal.
pub(crate) fn findings(tables: &mut impl Rows, doc_id: &str, findings: &[Finding]) -> Result<(), Unfit> {
    let mut form: Option<(u32, String)> = None;
    for finding in findings {
        if form.as_ref().map(|(ordinal, _)| *ordinal) != finding.form {
            form = finding.form.map(|ordinal| (ordinal, id_of_form(doc_id, ordinal)));
        }
        tables.findings(&finding_row(doc_id, form.as_ref().map(|(_, id)| &**id), finding))?;
    }
    Ok(())
}

fn finding_row<'a>(doc_id: &'a str, form_id: Option<&'a str>, finding: &'a Finding) -> FindingRow<'a> {
    FindingRow {
        doc_id,
        form_id,
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        table: finding.table,
        field: finding.field,
        line: finding.line,
        raw: finding.raw.as_deref(),
        value: finding.value.as_deref(),
        message: &finding.message,
        proof: finding.proof.as_deref(),
    }
}

struct Filler<'a, 't> {
    context: &'a DocumentContext<'a>,
    judged: &'a Judged<'t>,
    grammar: &'a Grammar,
    form_id: String,
    /// The form's own series of numbers.
    series: Series,
    department: Option<NameId>,
    project: Option<NameId>,
}

impl<'a, 't> Filler<'a, 't> {
    fn new(
        memory: &mut Memory,
        context: &'a DocumentContext<'a>,
        ordinal: u32,
        judged: &'a Judged<'t>,
    ) -> Self {
        let grammar = &context.grammars.forms[usize::from(judged.valued.form.grammar)];
        let form_id = id_of_form(&context.doc_id, ordinal);
        let mut filler = Filler {
            context,
            judged,
            grammar,
            form_id,
            series: Series::new(),
            department: None,
            project: None,
        };
        let department = [FieldColumn::Department, FieldColumn::SupervisingOrg, FieldColumn::ReportingOrg];
        filler.department = department.into_iter().find_map(|column| filler.field(memory, column));
        filler.project = filler.field(memory, FieldColumn::Project);
        filler
    }

    /// The form's id as its rows take it.
    fn form_id(&self) -> Term<'_> {
        Term::known(&self.form_id, 0..self.form_id.len() as u32, self.series, 0)
    }

    /// A field as a name; `None` where it is missing or a placeholder.
    fn field(&self, memory: &mut Memory, column: FieldColumn) -> Option<NameId> {
        let printed = field(&self.judged.valued.form, column);
        self.label(memory, printed).filter(|&name| !memory.text(name).is_empty())
    }

    /// A cell as a name; `None` where it is blank or a placeholder.
    fn label(&self, memory: &mut Memory, printed: Option<Printed<'_>>) -> Option<NameId> {
        let printed = filled(printed, &self.context.grammars.lexicon)?;
        Some(memory.name(printed.text, self.context.dialect))
    }

    /// Prose with its paragraphs joined by `between`, without personal values.
    fn prose<'p>(&self, text: &'p str, between: &str) -> Cow<'p, str> {
        let prose = passage(text, self.context.dialect, between);
        match self.context.mask.over(&prose) {
            Cow::Owned(masked) => Cow::Owned(masked),
            Cow::Borrowed(_) => prose,
        }
    }

    fn personal(&self, memory: &mut Memory, column: FieldColumn) -> Option<NameId> {
        (self.context.personal == Personal::Keep).then(|| self.field(memory, column)).flatten()
    }

    /// Whether a value is nothing but helper text of the template.
    fn is_template_alone(&self, text: &str) -> bool {
        self.grammar.template_text(text).is_some_and(|left| left == fold::name(text))
    }

    fn year(&self) -> Option<i32> {
        self.judged.valued.fiscal_year
    }

    fn points(&self, fact: Option<u32>) -> Option<Decimal> {
        self.judged.facts.all[fact? as usize].value
    }

    fn form(&self, tables: &mut impl Rows, memory: &mut Memory) -> Result<(), Unfit> {
        let (form, facts) = (&self.judged.valued.form, &self.judged.facts);
        let prepared_on =
            field(form, FieldColumn::PreparedOn).and_then(|on| day(on.text, &self.context.grammars.lexicon));
        let title = memory.name(form.title.text, self.context.dialect);
        let annex = form.annex.map(|annex| memory.name(annex.text, self.context.dialect));
        let reporting_org = self.field(memory, FieldColumn::ReportingOrg);
        let implementing_org = self.field(memory, FieldColumn::ImplementingOrg);
        let unit_stated = self.field(memory, FieldColumn::Unit);
        let prepared_by = self.personal(memory, FieldColumn::PreparedBy);
        let phone = self.personal(memory, FieldColumn::Phone);
        let signed_by = self.personal(memory, FieldColumn::SignedBy);
        let text = |name: Option<NameId>| name.map(|name| memory.text(name));
        tables.forms(
            self.year(),
            &FormRow {
                form_id: &self.form_id,
                doc_id: &self.context.doc_id,
                form_type: &self.grammar.id,
                line: form.first_line,
                line_last: form.last_line,
                title: memory.text(title),
                annex: text(annex).map(|annex| annex.trim_end_matches(':')),
                reporting_org: text(reporting_org),
                department: text(self.department),
                implementing_org: text(implementing_org),
                project: text(self.project),
                unit: self.judged.unit.known().map(|unit| unit.as_str()),
                unit_stated: text(unit_stated),
                weight_total: self.points(facts.weight_total),
                score_total: self.points(facts.score_total),
                prepared_by: text(prepared_by),
                prepared_on,
                phone: text(phone),
                signed_by: text(signed_by),
                status: if form.complete { "complete" } else { "partial" },
            },
        )
    }

    fn figures(&self, tables: &mut impl Rows, memory: &mut Memory) -> Result<(), Unfit> {
        let names = Names::of(&self.judged.valued.form, self.grammar, self.context, memory);
        for (at, figure) in self.judged.valued.figures.iter().enumerate() {
            match figure.holds {
                Holds::Money(measure) => self.amount(tables, memory, &names, (at, figure, measure))?,
                holds => self.measure(tables, memory, &names, (at, figure, holds))?,
            }
        }
        names.leave(memory);
        Ok(())
    }

    fn amount(
        &self,
        tables: &mut impl Rows,
        memory: &Memory,
        names: &Names<'_>,
        (at, figure, measure): (usize, &FigureValue<'_>, Measure),
    ) -> Result<(), Unfit> {
        let fact = &self.judged.facts.all[at];
        let item = names.item(figure.item as usize);
        let section = self.judged.valued.form.items[figure.item as usize].section as usize;
        let header = figure.header.map(|nth| names.header(section, nth as usize));
        tables.amounts(
            self.year(),
            &AmountRow {
                form_id: self.form_id(),
                doc_id: &self.context.doc_id,
                form_type: &self.grammar.id,
                department: self.department.map(|name| memory.term(name)),
                project: self.project.map(|name| memory.term(name)),
                item: memory.term(item.name),
                item_path: memory.term(item.path),
                item_code: item.code.map(|code| memory.term(code)),
                measure_label: header.map(|header| memory.term(header)),
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
        )
    }

    fn measure(
        &self,
        tables: &mut impl Rows,
        memory: &mut Memory,
        names: &Names<'_>,
        (at, figure, holds): (usize, &FigureValue<'_>, Holds),
    ) -> Result<(), Unfit> {
        let fact = &self.judged.facts.all[at];
        let column = names.measure(figure.item, figure.header, memory);
        tables.measures(
            self.year(),
            &MeasureRow {
                form_id: self.form_id(),
                doc_id: &self.context.doc_id,
                form_type: &self.grammar.id,
                department: self.department.map(|name| memory.term(name)),
                project: self.project.map(|name| memory.term(name)),
                item: memory.term(column.name),
                item_path: memory.term(column.path),
                item_code: column.code.map(|code| memory.term(code)),
                amount_year: figure.year,
                value: fact.value,
                unit: match holds {
                    Holds::Person => "person",
                    Holds::Area => "square_metre",
                    _ => "ratio",
                },
                raw: figure.cell.printed.text,
                trust: fact.trust.as_str(),
                line: fact.line,
                cell: figure.cell.printed.cell,
            },
        )
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

    fn lines(&self, tables: &mut impl Rows, memory: &mut Memory) -> Result<(), Unfit> {
        let execution =
            self.grammar.blocks.iter().flat_map(|block| &block.rows).find_map(|row| row.scored.as_deref());
        let mut ordinal = 0;
        // Levels are filled down over the lines below them.
        let (mut level1, mut level2) = ((None, None, None), (None, None));
        let valued = &self.judged.valued;
        for (at, line) in valued.form.lines.iter().enumerate() {
            let Some(words) = self.words(memory, at, line, execution) else { continue };
            ordinal += 1;
            let weighed = valued.lines[at].level;
            if (level1.0, level1.1) != (line.level1, weighed) {
                level1 = (line.level1, weighed, self.level1(memory, at, line));
            }
            if level2.0 != line.level2 {
                let meant = line.level2.and_then(|level2| self.judged.valued.form.meant(level2.text));
                let name = match meant {
                    Some(meant) => Some(memory.given(meant)),
                    None => self.label(memory, line.level2),
                };
                level2 = (line.level2, name);
            }
            self.line(tables, memory, (at, line), (ordinal, level1.2, level2.1), &words)?;
        }
        Ok(())
    }

    /// What a scored line says; `None` for one that holds nothing.
    fn words<'w>(
        &self,
        memory: &mut Memory,
        at: usize,
        line: &ScoredLine<'w>,
        execution: Option<&'w str>,
    ) -> Option<Words<'w>> {
        let lexicon = &self.context.grammars.lexicon;
        let text = |printed| filled(printed, lexicon).map(|printed| self.prose(printed.text, ""));
        let level3 = match line.execution {
            true => execution.map(Cow::Borrowed),
            false => filled(line.level3, lexicon).map(|printed| name(printed.text, self.context.dialect)),
        };
        let target = match (line.target_op, line.target_unit) {
            (None, None) => self.cell(memory, line.target),
            _ => put_together(text(line.target), line, lexicon).map(Wording::Own),
        };
        let actual = self.cell(memory, line.actual);
        let is_scored = self.judged.facts.lines[at] != (None, None);
        let is_named = |name: &str| line.execution || !self.grammar.is_filler(name);
        let holds = target.is_some() || actual.is_some() || is_scored;
        (holds || level3.as_deref().is_some_and(is_named)).then(|| Words {
            level3,
            target,
            actual,
            reason: text(line.reason.filter(|reason| !self.is_template_alone(reason.text))),
        })
    }

    /// A target or an outcome; `None` where it is blank.
    fn cell<'w>(&self, memory: &mut Memory, printed: Option<Printed<'w>>) -> Option<Wording<'w>> {
        let (printed, lexicon) = (printed?, &self.context.grammars.lexicon);
        let Some(told) = memory.told(printed.text, self.context.dialect, lexicon) else {
            return filled(Some(printed), lexicon).map(|printed| Wording::Own(self.prose(printed.text, "")));
        };
        let words = told.words?;
        Some(match self.context.mask.over(memory.text(words)) {
            Cow::Borrowed(_) => Wording::Known(words, told.said),
            Cow::Owned(masked) => Wording::Own(Cow::Owned(masked)),
        })
    }

    /// The first level of a line.
    fn level1(&self, memory: &mut Memory, at: usize, line: &ScoredLine<'_>) -> Option<NameId> {
        let valued = &self.judged.valued;
        let weighed = valued.lines[at].level.map(|level| valued.levels[level as usize].name);
        let inferred = |level: u8| self.grammar.levels[usize::from(level)].name.as_str();
        let level1 = line.level1?;
        if let Level1::Printed(own) | Level1::Apart(_, LevelName::Printed(own)) = level1
            && let Some(meant) = valued.form.meant(own.text)
        {
            // A bracket that was mended may hold its weight.
            let weighed = level_weight(meant, &self.context.grammars.lexicon);
            return Some(memory.given(weighed.map_or(meant, |weighed| weighed.name)));
        }
        let printed = match (level1, weighed) {
            (Level1::Inferred(level) | Level1::Apart(_, LevelName::Inferred(level)), _) => inferred(level),
            (Level1::Printed(_), Some(name)) => name,
            (Level1::Printed(printed) | Level1::Apart(_, LevelName::Printed(printed)), _) => {
                let lexicon = &self.context.grammars.lexicon;
                let text = filled(Some(printed), lexicon)?.text;
                before_misread_weight(text, lexicon).unwrap_or(text)
            }
        };
        Some(memory.name(printed, self.context.dialect)).filter(|&name| !memory.text(name).is_empty())
    }

    fn line(
        &self,
        tables: &mut impl Rows,
        memory: &mut Memory,
        (at, line): (usize, &ScoredLine<'_>),
        (ordinal, level1, level2): (u32, Option<NameId>, Option<NameId>),
        words: &Words<'_>,
    ) -> Result<(), Unfit> {
        let (weight, score) = self.judged.facts.lines[at];
        let valued = &self.judged.valued;
        let lexicon = &self.context.grammars.lexicon;
        let mut said = |words: &Option<Wording<'_>>| match words {
            Some(Wording::Known(_, said)) => *said,
            Some(Wording::Own(text)) => memory.target(text, lexicon),
            None => Said::default(),
        };
        let (wanted, reached) = (said(&words.target), said(&words.actual));
        let memory = &*memory;
        let term = |name: Option<NameId>| name.map(|name| memory.term(name));
        tables.indicators(
            self.year(),
            &IndicatorRow {
                form_id: self.form_id(),
                doc_id: &self.context.doc_id,
                form_type: &self.grammar.id,
                department: term(self.department),
                project: term(self.project),
                ordinal,
                kind: if line.execution { "execution" } else { "indicator" },
                level1: term(level1),
                level2: term(level2),
                level3: words.level3.as_deref(),
                level1_weight: valued.lines[at].level.map(|level| valued.levels[level as usize].weight),
                target: words.target.as_ref().map(|words| words.term(memory)),
                target_op: wanted.op.map(|op| op.as_str()),
                target_value: wanted.value,
                target_unit: term(wanted.unit),
                actual: words.actual.as_ref().map(|words| words.term(memory)),
                actual_op: reached.op.map(|op| op.as_str()),
                actual_value: reached.value,
                actual_unit: term(reached.unit),
                weight: self.points(weight),
                score: self.points(score),
                reason: words.reason.as_deref(),
                trust: self.trust_of(score),
                weight_trust: self.trust_of(weight),
                line: line.line,
            },
        )
    }

    /// The trust of a weight or score; of one that is blank nothing speaks for or against.
    fn trust_of(&self, fact: Option<u32>) -> &'static str {
        fact.map_or(Trust::Stated, |at| self.judged.facts.all[at as usize].trust).as_str()
    }

    fn texts(&self, tables: &mut impl Rows, memory: &Memory) -> Result<(), Unfit> {
        for (text, printed) in &self.judged.valued.form.texts {
            let Some(printed) = filled(Some(*printed), &self.context.grammars.lexicon) else { continue };
            // A cell that holds nothing but the template's helper text was left blank.
            if self.is_template_alone(printed.text) {
                continue;
            }
            tables.texts(
                self.year(),
                &TextRow {
                    form_id: self.form_id(),
                    doc_id: &self.context.doc_id,
                    form_type: &self.grammar.id,
                    department: self.department.map(|name| memory.term(name)),
                    project: self.project.map(|name| memory.term(name)),
                    field: &self.grammar.texts[usize::from(*text)],
                    text: &self.prose(printed.text, "\n"),
                    line: printed.line,
                },
            )?;
        }
        Ok(())
    }
}

/// The words of a scored line.
struct Words<'w> {
    level3: Option<Cow<'w, str>>,
    target: Option<Wording<'w>>,
    actual: Option<Wording<'w>>,
    reason: Option<Cow<'w, str>>,
}

/// A target or an outcome.
enum Wording<'w> {
    /// One that was met before, and what it says.
    Known(NameId, Said),
    /// One that may not come again.
    Own(Cow<'w, str>),
}

impl Wording<'_> {
    fn term<'a>(&'a self, memory: &'a Memory) -> Term<'a> {
        match self {
            Wording::Known(words, _) => memory.term(*words),
            Wording::Own(text) => Term::from(&**text),
        }
    }
}
