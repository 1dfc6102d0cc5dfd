//! What an analyst should know before trusting a row: one vocabulary for everything reported.
//!
//! A finding is data, never an error: whatever is wrong with a dump becomes a finding beside the rows that
//! could still be read. Codes are stable; `docs/findings.md` explains each.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Settled, but worth knowing.
    Info,
    /// A figure or a line that wants a second look.
    Warning,
    /// Something could not be read at all.
    Error,
}

impl Severity {
    /// The word in the `severity` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// The kind of a finding; its text is what stands in the `code` column.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The dotted, stable name in the `code` column.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }

            /// How much a finding of this kind weighs unless its reporter knows better.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// A figure is written against the rules of its notation, such as `37,70.00`.
    NumberMalformed = "number.malformed", Warning;
    /// A cell that should hold a figure holds something else.
    NumberUnreadable = "number.unreadable", Error;
    /// A figure has more decimals than its column keeps, and was rounded.
    NumberPrecision = "number.precision", Info;
    /// A figure is beyond what its column can mean, and nothing in the document speaks for it.
    NumberImplausible = "number.implausible", Warning;
    /// Two printed statements of the unit disagree.
    UnitConflict = "unit.conflict", Warning;
    /// A unit nobody printed was derived from evidence in the document.
    UnitInferred = "unit.inferred", Info;
    /// No unit is printed and no evidence decides it.
    UnitUnknown = "unit.unknown", Warning;
    /// A printed total differs from its printed parts, or a part exceeds its whole.
    SumMismatch = "sum.mismatch", Warning;
    /// A printed rate differs from the figures it is a rate of.
    RateMismatch = "rate.mismatch", Warning;
    /// A score is above the weight of its line.
    ScoreAboveWeight = "score.above_weight", Warning;
    /// The score of the budget's execution is not its weight times the execution rate.
    ScoreRateMismatch = "score.rate_mismatch", Warning;
    /// A line has its full score although its target was missed, or lost points although it was met.
    ScoreTargetMismatch = "score.target_mismatch", Info;
    /// The lines' scores do not add up to the printed total.
    ScoreSumMismatch = "score.sum_mismatch", Warning;
    /// The lines' weights do not add up to the printed total, or to the weight printed at their level.
    WeightSumMismatch = "weight.sum_mismatch", Warning;
    /// Two forms of one document print different figures for the same thing.
    CrossFormMismatch = "cross_form.mismatch", Warning;
    /// An indicator's first level is not printed; it follows from the second.
    LevelInferred = "level.inferred", Info;
    /// A label was recognised although it is not spelled as the grammar knows it.
    LabelGuessed = "label.guessed", Info;
    /// A row has more or fewer cells than its table's header.
    RowMisshapen = "row.misshapen", Warning;
    /// Lines that no form claimed.
    LineUnclaimed = "line.unclaimed", Warning;
    /// Something that looks like a form, which no grammar reads.
    FormUnknown = "form.unknown", Error;
    /// A form ends before the parts its grammar requires.
    FormTruncated = "form.truncated", Warning;
    /// Helper text of the template was left in a value.
    TemplateTextLeft = "template.text_left", Info;
    /// The encoding is not declared; it was recognised by its content.
    EncodingGuessed = "encoding.guessed", Info;
    /// Some bytes are no text in the document's encoding and were replaced.
    EncodingLossy = "encoding.lossy", Warning;
    /// The same bytes stand in an earlier source, which alone gives rows.
    DocumentDuplicate = "document.duplicate", Info;
    /// The document could not be read.
    DocumentFailed = "document.failed", Error;
}

/// One row of the findings table, before the document and form it belongs to are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// The form's ordinal in its document, from 1; `None` when it concerns the document.
    pub form: Option<u32>,
    /// The table the affected value stands in.
    pub table: Option<&'static str>,
    /// The column the affected value stands in.
    pub field: Option<&'static str>,
    /// 1-based source line.
    pub line: Option<u32>,
    /// The source's own text, trimmed.
    pub raw: Option<String>,
    /// The value given.
    pub value: Option<String>,
    /// One sentence a person can act on.
    pub message: String,
    /// The identity that settles or breaks it, with its figures.
    pub proof: Option<String>,
}

impl Finding {
    /// A finding of `code` with its usual severity and nothing else said yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Finding {
            code,
            severity: code.severity(),
            form: None,
            table: None,
            field: None,
            line: None,
            raw: None,
            value: None,
            message: message.into(),
            proof: None,
        }
    }

    /// With another weight than its code's usual one.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// In the form with this ordinal (from 1).
    pub fn form(mut self, ordinal: u32) -> Self {
        self.form = Some(ordinal);
        self
    }

    /// About this column of this table.
    pub fn field(mut self, table: &'static str, field: &'static str) -> Self {
        self.table = Some(table);
        self.field = Some(field);
        self
    }

    /// At this 1-based source line.
    pub fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// With the source's own text; text that is empty after trimming is left out.
    pub fn raw(mut self, raw: &str) -> Self {
        let raw = crate::grammar::fold::trim(raw);
        self.raw = (!raw.is_empty()).then(|| raw.to_owned());
        self
    }

    /// With the value that was given.
    pub fn value(mut self, value: impl ToString) -> Self {
        self.value = Some(value.to_string());
        self
    }

    /// With the identity that settles or breaks it.
    pub fn proof(mut self, proof: impl Into<String>) -> Self {
        self.proof = Some(proof.into());
        self
    }
}
