//! One document, from its text to judged forms and findings.

use super::ledger;
use super::pool::Pool;
use crate::dump::{self, Dialect};
use crate::finding::{Code, Finding};
use crate::form::{self, Form, Ledger};
use crate::grammar::Grammars;
use crate::proof::{Judge, Judged};
use crate::source::Document;
use crate::table::{self, DocumentContext, Mask, Memory, Personal, Rows, Unfit};
use crate::value;

/// How documents are converted.
#[derive(Clone, Debug, Default)]
pub struct ConvertOptions {
    /// The dialect of every document; detected where `None`.
    pub dialect: Option<Dialect>,
    /// Whether personal fields are given.
    pub personal: Personal,
}

/// Converts documents with one set of grammars.
#[derive(Debug)]
pub struct Converter<'g> {
    grammars: &'g Grammars,
    options: ConvertOptions,
    /// What was learnt of texts from the documents before.
    memories: Pool<form::Memory>,
}

/// A converted document.
#[derive(Clone, Debug)]
pub struct Converted<'t> {
    /// The dialect it was read in; `None` where its lines show none.
    pub dialect: Option<Dialect>,
    /// Its forms, judged, in their order.
    pub forms: Vec<Judged<'t>>,
    /// Everything found, in the order of forms and lines.
    pub findings: Vec<Finding>,
    /// Lines that hold anything.
    pub lines: u32,
    /// Those among them that no form claims.
    pub lines_unclaimed: u32,
    /// What every line is claimed as.
    pub ledger: Ledger,
    /// Its personal values, which nothing shown of it may hold; empty where the run keeps them.
    pub mask: Mask,
    /// Why nothing of it is given although it holds forms.
    pub refused: Option<&'static str>,
}

/// Why forms without a single digit are not given: every figure of them would be missing, and none reported.
const NO_DIGITS: &str =
    "It holds forms but not a single digit: its digits were lost when it was extracted. Extract it again.";

impl Converted<'_> {
    /// The word in the `status` column.
    pub fn status(&self) -> &'static str {
        if self.refused.is_some() {
            "failed"
        } else if self.forms.is_empty() {
            "no_forms"
        } else if self.lines_unclaimed > 0 || self.forms.iter().any(|form| !form.valued.form.complete) {
            "partial"
        } else {
            "converted"
        }
    }
}

impl<'g> Converter<'g> {
    /// A converter that reads forms with `grammars`.
    pub fn new(grammars: &'g Grammars, options: ConvertOptions) -> Self {
        Converter { grammars, options, memories: Pool::default() }
    }

    /// The grammars it reads with.
    pub fn grammars(&self) -> &'g Grammars {
        self.grammars
    }

    /// Reads and judges the forms of a document.
    pub fn convert<'t>(&self, document: &'t Document) -> Converted<'t> {
        let detected = self.options.dialect.or_else(|| dump::detect(&document.text));
        // Without a TAB every dialect reads the same body lines.
        let dialect = detected.unwrap_or(Dialect::CellLines);
        let mut grid = dump::read(&document.text, dialect, &document.kept);
        let mut judge = Judge::new(self.grammars);
        let mut full = false;
        // Each form is laid out at once, so that none is held in two shapes.
        let take = |form: Form<'t>| {
            // A heading alone may do without any digit; lines of figures and scores do not.
            full |= form.items.len() + form.lines.len() > 2;
            judge.take(value::form::read(form, self.grammars));
        };
        let mut ledger = self.memories.with(
            || form::Memory::new(self.grammars),
            |memory| form::read_each(&mut grid, self.grammars, memory, take),
        );
        let refused = (full && !holds_digits(&document.text)).then_some(NO_DIGITS);
        if refused.is_some() {
            judge = Judge::new(self.grammars);
            ledger = Ledger::new(&grid.filled, &[]);
        }
        let starts: Vec<u32> = judge.forms().iter().map(|judged| judged.valued.form.first_line).collect();
        let unclaimed = ledger::unclaimed(&grid, &ledger, &starts, self.grammars);
        let lines = grid.filled_lines() as u32;
        drop(grid);
        let mut forms = judge.conclude();
        let mut findings = document.findings.clone();
        findings.extend(refused.map(|reason| Finding::new(Code::DocumentFailed, reason)));
        for (nth, judged) in forms.iter_mut().enumerate() {
            let own = std::mem::take(&mut judged.valued.form.findings);
            let judged_findings = std::mem::take(&mut judged.findings);
            let all = own.into_iter().chain(judged_findings);
            findings.extend(all.map(|finding| finding.form(nth as u32 + 1)));
        }
        findings.extend(ledger::template_text(&forms, self.grammars));
        findings.extend(unclaimed);
        findings.sort_by(|a, b| {
            (a.form.unwrap_or(0), a.line, a.code).cmp(&(b.form.unwrap_or(0), b.line, b.code))
        });
        let mask = match self.options.personal {
            Personal::Keep => Mask::default(),
            Personal::Drop => {
                let lines =
                    findings.iter().flat_map(|finding| finding.raw.iter().flat_map(|raw| raw.lines()));
                Mask::of(&forms, lines, self.grammars)
            }
        };
        table::mask(&mut findings, &mask);
        Converted {
            dialect: detected,
            forms,
            findings,
            lines,
            lines_unclaimed: ledger.unclaimed() as u32,
            ledger,
            mask,
            refused,
        }
    }

    /// What the rows of a converted document share.
    pub fn context(&self, document: &Document, converted: &Converted<'_>) -> DocumentContext<'g> {
        DocumentContext {
            id: document.id,
            doc_id: document.id.to_string(),
            dialect: converted.dialect.unwrap_or(Dialect::CellLines),
            grammars: self.grammars,
            personal: self.options.personal,
            mask: converted.mask.clone(),
        }
    }

    /// Adds the rows of a converted document: its forms and findings, not its own row. `memory` is best kept from document
    /// to document.
    ///
    /// # Errors
    /// [`Unfit`] where a number is too large for its column, which the judge prevents.
    pub fn fill(
        &self,
        tables: &mut impl Rows,
        memory: &mut Memory,
        document: &Document,
        converted: &Converted<'_>,
    ) -> Result<(), Unfit> {
        let context = self.context(document, converted);
        for (nth, judged) in converted.forms.iter().enumerate() {
            table::form(tables, memory, &context, nth as u32 + 1, judged)?;
        }
        table::findings(tables, &context.doc_id, &converted.findings)
    }

    /// As [`fill`](Self::fill), but gives each form's room back once its rows are filled: rows take a quarter of what the
    /// forms of a large document do.
    pub(super) fn fill_from(
        &self,
        tables: &mut impl Rows,
        memory: &mut Memory,
        document: &Document,
        converted: Converted<'_>,
    ) -> Result<(), Unfit> {
        let context = self.context(document, &converted);
        for (nth, judged) in converted.forms.into_iter().enumerate() {
            table::form(tables, memory, &context, nth as u32 + 1, &judged)?;
        }
        table::findings(tables, &context.doc_id, &converted.findings)
    }
}

/// Whether a text holds a digit of any width.
fn holds_digits(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.chars().any(char::is_numeric)
}
