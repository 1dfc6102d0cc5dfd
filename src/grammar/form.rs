//! A compiled grammar: plain data that one interpreter (`crate::form`) runs.

use super::file::About;
use super::found::Found;
use super::labels::Labels;
use super::{Grammars, fold};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;

/// The grammar of one form.
#[derive(Clone, Debug)]
pub struct Grammar {
    /// Its name in the `form_type` column.
    pub id: String,
    /// The form's own name.
    pub name: String,
    /// What the form reports on.
    pub about: About,
    /// Titles it goes by, folded.
    pub titles: Vec<String>,
    /// Every label of the form and what it may be.
    pub labels: Labels,
    /// The labels of its fields, to be found inside a line.
    pub inline: Inline,
    /// Texts the template prints where a value belongs, folded.
    pub noise: Vec<String>,
    /// Helper texts of the template, as patterns over folded text.
    pub template_texts: Vec<Regex>,
    /// What a template prints beside its form, as patterns over folded text.
    pub boilerplate: Vec<Regex>,
    /// What a template prints where an indicator's name belongs, as patterns over folded text.
    pub fillers: Vec<Regex>,
    /// What numbers an annex, folded.
    pub annex: Vec<Annex>,
    /// Words for how good a total is, folded.
    pub grades: Vec<String>,
    /// The number of the text that they are, where there are any.
    pub grade_text: u16,
    /// Names of the prose fields, as [`Role::Text`] and [`Holds::Text`] count them.
    pub texts: Vec<String>,
    /// For texts by number: the text that a second passage behind the label is.
    pub beside: Vec<(u16, u16)>,
    /// The tables inside the form.
    pub blocks: Vec<Block>,
    /// First levels of indicators.
    pub levels: Vec<Level>,
    /// Second levels of indicators and the first levels they may stand under.
    pub sublevels: Vec<Sublevel>,
    /// The parts without which the form is cut off.
    pub requires: Vec<Part>,
    /// What its figures must satisfy.
    pub identities: Vec<Identity>,
}

impl Grammar {
    /// The label of this form that a printed text, without an extractor's marks, is.
    pub fn label(&self, printed: &str, grammars: &Grammars) -> Option<Found<'_>> {
        self.labels.find(&fold::key(printed), &grammars.labelling, &grammars.lexicon)
    }

    /// Whether a text is what the template prints beside the form, and no one's own words.
    pub fn is_boilerplate(&self, text: &str) -> bool {
        let key = fold::name(text);
        self.boilerplate.iter().any(|pattern| pattern.is_match(&key))
    }

    /// Whether a text says how good a total is: `优`, `(自评等级：优)`.
    pub fn is_grade(&self, text: &str) -> bool {
        let name = fold::name(text);
        let bare = name.trim_matches(['(', ')']);
        let word = bare.rsplit(':').next().unwrap_or(bare);
        self.grades.iter().any(|grade| grade == word)
    }

    /// Whether an indicator's name is the template's own, with nobody's behind it.
    pub fn is_filler(&self, name: &str) -> bool {
        self.fillers.iter().any(|pattern| pattern.is_match(name))
    }

    /// The template's own words in a value, folded, where some were left.
    pub fn template_text(&self, value: &str) -> Option<String> {
        // Helper texts stand in brackets, and most values hold none.
        if !fold::opens_bracket(value) {
            return None;
        }
        let key = fold::name(value);
        self.template_texts
            .iter()
            .find_map(|pattern| pattern.find(&key))
            .map(|found| found.as_str().to_owned())
    }
}

/// What the number of an annex stands between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// The word before the number.
    pub before: String,
    /// The word behind it, often none.
    pub behind: String,
}

/// The labels of a form's fields as one automaton: headings and signature lines hold several.
#[derive(Clone, Debug, Default)]
pub struct Inline {
    pub(super) automaton: Option<AhoCorasick>,
    pub(super) fields: Vec<FieldColumn>,
}

impl Inline {
    /// The labels in `key` (folded): the field and where its label stands, from the left, the longest first.
    pub fn find<'k>(&'k self, key: &'k str) -> impl Iterator<Item = (FieldColumn, Range<usize>)> + 'k {
        let automaton = self.automaton.iter();
        automaton.flat_map(move |automaton| {
            automaton.find_iter(key).map(|found| (self.fields[found.pattern().as_usize()], found.range()))
        })
    }
}

/// A table inside a form.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its name in the grammar.
    pub id: String,
    /// How its rows are read.
    pub kind: BlockKind,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows (of a matrix).
    pub rows: Vec<Row>,
    /// What a sum is that stands in one cell with its label.
    pub inline: Option<Measure>,
    /// The row that has no label of its own.
    pub bare_row: Option<u16>,
    /// Whether its rows may stand side by side in a header, under each of its columns of money.
    pub spread: bool,
}

/// How the rows of a block are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A label and figures under a header.
    Matrix,
    /// Indicator lines with levels, target, actual value, weight and score.
    ScoredLines,
    /// Prose under a header.
    Passages,
}

/// A column of a block.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the grammar.
    pub id: String,
    /// What its cells hold.
    pub holds: Holds,
    /// Years from the form's own, where the label prints none.
    pub year_offset: i32,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A sum of money.
    Money(Measure),
    /// A head count.
    Person,
    /// A floor area in square metres.
    Area,
    /// A rate, printed in percent or as a fraction.
    Ratio,
    /// The weight of a line.
    Weight,
    /// The score of a line.
    Score,
    /// First level of an indicator.
    Level1,
    /// Second level.
    Level2,
    /// Third level: the indicator itself.
    Level3,
    /// What was to be reached, or its number alone.
    Target,
    /// How the number of a target is compared, in a column of its own.
    TargetOp,
    /// The unit of a target, in a column of its own.
    TargetUnit,
    /// What was reached.
    Actual,
    /// Why it was missed.
    Reason,
    /// What the line is called, where its label does not stand right before its figures.
    Item,
    /// The prose field with this number.
    Text(u16),
}

/// The contract's kinds of sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// A budget of which the form does not say when.
    Budget,
    /// The budget at the year's start.
    BudgetInitial,
    /// The budget as adjusted.
    BudgetFinal,
    /// What was spent of it.
    Executed,
    /// The final account.
    FinalAccount,
    /// The form does not say.
    Amount,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 6] = [
        Measure::Budget,
        Measure::BudgetInitial,
        Measure::BudgetFinal,
        Measure::Executed,
        Measure::FinalAccount,
        Measure::Amount,
    ];

    /// Whether it is a budget, of whatever time.
    pub const fn is_budget(self) -> bool {
        matches!(self, Measure::Budget | Measure::BudgetInitial | Measure::BudgetFinal)
    }

    /// The word in the `measure` column and in grammars.
    pub const fn as_str(self) -> &'static str {
        match self {
            Measure::Budget => "budget",
            Measure::BudgetInitial => "budget_initial",
            Measure::BudgetFinal => "budget_final",
            Measure::Executed => "executed",
            Measure::FinalAccount => "final_account",
            Measure::Amount => "amount",
        }
    }
}

/// A row of a matrix.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name across years and regions: the `item_code` column.
    pub code: String,
    /// The row it is a part of.
    pub within: Option<u16>,
    /// The rows that are a part of it.
    pub parts: Vec<u16>,
    /// Where its weight and score are the form's execution line: the name of that line.
    pub scored: Option<String>,
    /// Whether it stands for every label the block does not know, below the row it is within.
    pub free: bool,
}

/// A first level of indicators.
#[derive(Clone, Debug)]
pub struct Level {
    /// The name given where the form does not print it.
    pub name: String,
}

/// A second level of indicators.
#[derive(Clone, Debug, Default)]
pub struct Sublevel {
    /// First levels it belongs to, by their place in [`Grammar::levels`].
    pub under: Vec<u8>,
    /// First levels some forms merge it under.
    pub tolerated_by: Vec<u8>,
}

/// What a label may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The label of a field of the form.
    Field(FieldColumn),
    /// The label of the prose field with this number.
    Text(u16),
    /// The label in the corner of a block.
    Opens(u8),
    /// The header of a column.
    Column {
        /// The block.
        block: u8,
        /// Its column.
        column: u8,
    },
    /// The label of a row.
    Row {
        /// The block.
        block: u8,
        /// Its row.
        row: u16,
    },
    /// The label of the total of weights and scores.
    Total,
    /// A first level.
    Level1(u8),
    /// A second level, by its place in [`Grammar::sublevels`].
    Level2(u16),
}

/// Fields that stand once in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldColumn {
    /// Who reports.
    ReportingOrg,
    /// The department the form is about.
    Department,
    /// The department above the project.
    SupervisingOrg,
    /// Who carries the project out.
    ImplementingOrg,
    /// The project.
    Project,
    /// The unit of the form's sums.
    Unit,
    /// The year reported on.
    FiscalYear,
    /// Who filled the form in. Personal.
    PreparedBy,
    /// When.
    PreparedOn,
    /// Whom to call. Personal.
    Phone,
    /// Who signed. Personal.
    SignedBy,
    /// Anyone else whom a form names. Personal, and in no column.
    Person,
}

impl FieldColumn {
    /// Every field.
    pub const ALL: [FieldColumn; 12] = [
        FieldColumn::ReportingOrg,
        FieldColumn::Department,
        FieldColumn::SupervisingOrg,
        FieldColumn::ImplementingOrg,
        FieldColumn::Project,
        FieldColumn::Unit,
        FieldColumn::FiscalYear,
        FieldColumn::PreparedBy,
        FieldColumn::PreparedOn,
        FieldColumn::Phone,
        FieldColumn::SignedBy,
        FieldColumn::Person,
    ];

    /// The name in grammars.
    pub const fn as_str(self) -> &'static str {
        match self {
            FieldColumn::ReportingOrg => "reporting_org",
            FieldColumn::Department => "department",
            FieldColumn::SupervisingOrg => "supervising_org",
            FieldColumn::ImplementingOrg => "implementing_org",
            FieldColumn::Project => "project",
            FieldColumn::Unit => "unit",
            FieldColumn::FiscalYear => "fiscal_year",
            FieldColumn::PreparedBy => "prepared_by",
            FieldColumn::PreparedOn => "prepared_on",
            FieldColumn::Phone => "phone",
            FieldColumn::SignedBy => "signed_by",
            FieldColumn::Person => "person",
        }
    }

    /// Whether the value names a person or how to reach one.
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            FieldColumn::PreparedBy | FieldColumn::Phone | FieldColumn::SignedBy | FieldColumn::Person
        )
    }
}

/// A part a form may require.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A block with at least one row.
    Block(u8),
    /// The label of the prose field with this number.
    Text(u16),
    /// The total of weights and scores.
    Total,
}

/// What figures of one form must satisfy.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its name in the grammar.
    pub id: String,
    /// The block its rows and columns belong to.
    pub block: u8,
    /// What must hold.
    pub law: Law,
    /// Why it must hold.
    pub because: String,
}

/// The shapes of identities. Rows and columns are places in [`Block::rows`] and [`Block::columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Law {
    /// In every column of money: the total is the sum of the parts; a part that is blank is nothing.
    Sum {
        /// The row of the total.
        total: u16,
        /// The rows of the parts.
        parts: Vec<u16>,
    },
    /// In every column of money: no part exceeds the whole.
    Bound {
        /// The row of the whole.
        whole: u16,
        /// The rows of the parts.
        parts: Vec<u16>,
    },
    /// In every row, between columns: the total is the sum of the parts, where all of them are printed.
    Across {
        /// The column of the total.
        total: u8,
        /// The columns of the parts.
        parts: Vec<u8>,
    },
    /// The ratio is `of` over `to`, each the first of its columns that holds a figure.
    Ratio {
        /// The row; every row where it is `None`.
        row: Option<u16>,
        /// The column of the printed rate.
        ratio: u8,
        /// Columns of the numerator, in the order of preference.
        of: Vec<u8>,
        /// Columns of the denominator, in the order of preference.
        to: Vec<u8>,
    },
    /// The same figure is printed in several places: on each of the rows, column by column; or on the one row, in each of
    /// the columns.
    Equal {
        /// The rows.
        rows: Vec<u16>,
        /// The columns; none where the rows are compared in every column of money.
        columns: Vec<u8>,
    },
    /// The score of the form's execution line is its weight times the rate printed on its row, at most the weight.
    Score {
        /// The row, which is the form's execution line.
        row: u16,
        /// The column of the rate.
        rate: u8,
        /// What a form says in its own texts that has this rule, as patterns over folded text; none where every form has it.
        stated: Vec<Stated>,
    },
}

/// A pattern, compared by what it is written as.
#[derive(Clone, Debug)]
pub struct Stated(pub(super) Regex);

impl Stated {
    /// Where a folded text says it.
    pub fn find<'t>(&self, folded: &'t str) -> Option<&'t str> {
        self.0.find(folded).map(|found| found.as_str())
    }
}

impl PartialEq for Stated {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Stated {}

/// What figures of different forms of one document say about each other.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its name in the grammar.
    pub id: String,
    /// What must hold.
    pub kind: RelationKind,
    /// The figure on the smaller side.
    pub part: Term,
    /// The figure on the larger side, or the equal one.
    pub whole: Term,
    /// Why it must hold.
    pub because: String,
}

/// The shapes of relations between forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// The part is at most the whole.
    AtMost,
    /// Both print the same figure.
    Equal,
    /// Both print the same figure where the row of the one bears the name of the other's project.
    SameName,
    /// The parts of all forms together are at most the whole.
    SumAtMost,
}

impl Term {
    /// Where a form of the grammar at `form` has the row: its block and row.
    pub fn row_in(&self, form: u16) -> Option<(u8, u16)> {
        self.rows.iter().find(|(known, _, _)| *known == form).map(|&(_, block, row)| (block, row))
    }
}

/// Figures of forms: a row and, in the order of preference, measures.
#[derive(Clone, Debug)]
pub struct Term {
    /// The row in each grammar that has it: the grammar's place in the set, the block, the row.
    pub rows: Vec<(u16, u8, u16)>,
    /// The row's code.
    pub row: String,
    /// Measures, the first that is printed counts.
    pub measures: Vec<Measure>,
}
