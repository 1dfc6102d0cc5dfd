//! The statements of units in a document of the corpus, hidden and falsified, and what becomes of its sums. The truth is
//! known: it is what the document says before.

use biaodan::pipeline::Converter;
use biaodan::proof::{Fact, Place, Trust};
use biaodan::source::Document;
use biaodan::value::decimal::Decimal;
use biaodan::value::form::Basis;
use std::collections::BTreeMap;

/// The units of money and the powers of ten that take them to yuan.
pub const UNITS: [(&str, i8); 5] = [("元", 0), ("千元", 3), ("万元", 4), ("百万元", 6), ("亿元", 8)];
/// The unit the corpus is written in, by its place above.
const WRITTEN: usize = 2;

/// What a document's forms truly are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// All in one unit, by its place in [`UNITS`].
    One(usize),
    /// The projects in 元, the rest in 万元.
    ProjectsInYuan,
}

impl Truth {
    /// Every truth that is tried.
    pub const ALL: [Truth; 6] =
        [Truth::One(0), Truth::One(1), Truth::One(2), Truth::One(3), Truth::One(4), Truth::ProjectsInYuan];

    fn of(self, kind: Kind) -> usize {
        match self {
            Truth::One(unit) => unit,
            Truth::ProjectsInYuan if kind == Kind::Project => 0,
            Truth::ProjectsInYuan => WRITTEN,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    BaseTable,
    Department,
    Project,
}

/// Whose statements are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    OneProject,
    AllProjects,
    BaseTable,
    Department,
}

/// What is done to the two statements of a form: a place in [`UNITS`] counted on from the truth, or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Statement {
    True,
    Hidden,
    False(usize),
}

/// A way to leave the unit in doubt.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    whose: Whose,
    heading: Statement,
    label: Statement,
}

impl Way {
    /// Every way; the base table states its unit in its heading alone.
    pub fn all() -> Vec<Way> {
        use Statement::{False, Hidden, True};
        let mut changes = vec![(Hidden, True), (True, Hidden), (Hidden, Hidden)];
        for by in 1..UNITS.len() {
            let other = 1 + by % (UNITS.len() - 1);
            changes.extend([
                (False(by), True),
                (True, False(by)),
                (False(by), False(by)),
                (False(by), Hidden),
            ]);
            changes.push((False(by), False(other)));
        }
        let mut out = Vec::new();
        for whose in [Whose::OneProject, Whose::AllProjects, Whose::BaseTable, Whose::Department] {
            let alone = whose == Whose::BaseTable;
            let fitting =
                changes.iter().filter(|(heading, label)| !alone || (*label == True && *heading != True));
            out.extend(fitting.map(|&(heading, label)| Way { whose, heading, label }));
        }
        out
    }

    /// What is done, in words; the same for every false unit.
    pub fn name(&self) -> String {
        use Statement::{False, Hidden, True};
        let whose = match self.whose {
            Whose::OneProject => "one project",
            Whose::AllProjects => "all projects",
            Whose::BaseTable => "the base table",
            Whose::Department => "the department",
        };
        let what = match (self.heading, self.label) {
            (Hidden, True) => "heading hidden",
            (True, Hidden) => "label hidden",
            (Hidden, Hidden) => "heading and label hidden",
            (False(_), True) => "heading false",
            (True, False(_)) => "label false",
            (False(_), Hidden) => "heading false, label hidden",
            (False(a), False(b)) if a == b => "heading and label false",
            _ => "heading and label false and at odds",
        };
        format!("{whose}: {what}")
    }

    fn touches(&self, kind: Kind, nth_project: usize) -> bool {
        match self.whose {
            Whose::OneProject => kind == Kind::Project && nth_project == 0,
            Whose::AllProjects => kind == Kind::Project,
            Whose::BaseTable => kind == Kind::BaseTable,
            Whose::Department => kind == Kind::Department,
        }
    }
}

/// What became of sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub documents: u64,
    pub sums: u64,
    pub proven: u64,
    pub stated: u64,
    /// Among all of these, those whose unit follows from evidence.
    pub inferred: u64,
    pub assumed: u64,
    pub disputed: u64,
    /// Sums with another value than the truth, whatever is said of them.
    pub wrong: u64,
    /// Of these, proven, stated or repaired.
    pub trusted: u64,
}

/// A document of the corpus cut into its forms.
struct Forms(Vec<(Kind, String)>);

impl Forms {
    fn of(text: &str) -> Forms {
        let mut out = Vec::new();
        let (mut from, mut kind) = (0, Kind::BaseTable);
        for (at, line) in text.match_indices(" 附件") {
            out.push((kind, text[from..at].to_owned()));
            let department = text[at + line.len()..].starts_with('3');
            (from, kind) = (at, if department { Kind::Department } else { Kind::Project });
        }
        out.push((kind, text[from..].to_owned()));
        Forms(out)
    }

    /// The text in truth, with the statements changed in `way`.
    fn text(&self, truth: Truth, way: Option<&Way>) -> String {
        let mut projects = 0;
        let mut out = String::new();
        for (kind, form) in &self.0 {
            let unit = truth.of(*kind);
            let way = way.filter(|way| way.touches(*kind, projects));
            projects += usize::from(*kind == Kind::Project);
            let word = |statement: Statement| match statement {
                Statement::True => UNITS[unit].0,
                Statement::Hidden => "",
                Statement::False(by) => UNITS[(unit + by) % UNITS.len()].0,
            };
            let heading = word(way.map_or(Statement::True, |way| way.heading));
            let label = word(way.map_or(Statement::True, |way| way.label));
            let heading = if heading.is_empty() { String::new() } else { format!("单位：{heading}") };
            let label = if label.is_empty() { String::new() } else { format!("（{label}）") };
            let in_yuan = truth == Truth::ProjectsInYuan && *kind == Kind::Project;
            let form = if in_yuan { times_ten_thousand(form) } else { form.clone() };
            out += &form.replace("单位：万元", &heading).replace("（万元）", &label);
        }
        out
    }
}

/// A form with its sums, two decimals each, ten thousand times as large.
fn times_ten_thousand(form: &str) -> String {
    let larger = |line: &str| {
        let bare = line.trim_matches(['\t', '　', ' ']);
        let sum = bare.split_once('.').filter(|(a, b)| {
            b.len() == 2 && [a, b].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        });
        sum.map(|(whole, cents)| line.replace(bare, &format!("{whole}{cents}00")))
    };
    form.split('\n')
        .map(|line| larger(line).unwrap_or_else(|| line.to_owned()))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Changes the statements of a document in every way and counts what became of its sums, by the names of the ways.
/// Panics where a change of words changes which figures are read, for then nothing could be compared.
pub fn measure(
    converter: &Converter<'_>,
    text: &str,
    truths: &[Truth],
    ways: &[Way],
    tallies: &mut BTreeMap<String, Tally>,
) {
    let forms = Forms::of(text);
    let written = values(converter, &forms.text(Truth::One(WRITTEN), None), |_| {});
    for &truth in truths {
        let sound = values(converter, &forms.text(truth, None), |_| {});
        if let Truth::One(unit) = truth {
            // That the truth is read as the truth is no matter of trust.
            let by = UNITS[unit].1 - UNITS[WRITTEN].1;
            let due: Vec<_> = written.iter().map(|value| value.and_then(|value| value.shifted(by))).collect();
            assert!(sound == due, "the document is misread before anything is changed");
        } else {
            assert!(sound == written, "the document is misread before anything is changed");
        }
        for way in ways {
            let tally = tallies.entry(way.name()).or_default();
            tally.documents += 1;
            let mut nth = 0;
            values(converter, &forms.text(truth, Some(way)), |fact| {
                count(tally, fact, sound[nth]);
                nth += 1;
            });
            assert!(nth == sound.len(), "{}: other figures are read", way.name());
        }
    }
}

/// The sums of a document in their order; `see` is called with each fact.
fn values(converter: &Converter<'_>, text: &str, mut see: impl FnMut(&Fact)) -> Vec<Option<Decimal>> {
    let document = Document::from_text("units", text);
    let converted = converter.convert(&document);
    let mut out = Vec::new();
    for form in &converted.forms {
        for fact in form.facts.all.iter().filter(|fact| matches!(fact.place, Place::Amount(_))) {
            see(fact);
            out.push(fact.value);
        }
    }
    out
}

fn count(tally: &mut Tally, fact: &Fact, truth: Option<Decimal>) {
    tally.sums += 1;
    tally.inferred += u64::from(fact.basis == Some(Basis::Evidence));
    match fact.trust {
        Trust::Proven => tally.proven += 1,
        Trust::Stated | Trust::Repaired => tally.stated += 1,
        Trust::Assumed => tally.assumed += 1,
        Trust::Disputed => tally.disputed += 1,
    }
    if fact.value != truth {
        tally.wrong += 1;
        tally.trusted += u64::from(matches!(fact.trust, Trust::Proven | Trust::Stated | Trust::Repaired));
    }
}
