//! The unit of a form's money: what is stated, where statements disagree, and what evidence settles.

use super::Judged;
use super::fact::Facts;
use super::relation::Pair;
use crate::finding::{Code, Finding};
use crate::form::Printed;
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{FieldColumn, Grammars, Holds, fold};
use crate::value::decimal::Decimal;
use crate::value::form::{Basis, FigureValue, Valued, field};
use serde_json::json;

/// What is known of the unit of a form's money.
#[derive(Clone, Debug)]
pub struct FormUnit {
    /// The unit that applies where nothing nearer is stated.
    unit: MoneyUnit,
    basis: Basis,
    /// Units the form may be in: none where its statements agree.
    hypotheses: Vec<MoneyUnit>,
    /// The two statements that disagree: the heading's, and that of a label.
    statements: Option<(MoneyUnit, MoneyUnit)>,
    /// Figures whose unit hangs on it, by their facts.
    contested: Vec<u32>,
    /// What settled it.
    evidence: Option<String>,
    settled: bool,
}

impl FormUnit {
    /// The unit of a figure that has no statement of its own nearer than the form's.
    pub(super) fn fallback(&self) -> (MoneyUnit, Basis) {
        (self.unit, self.basis)
    }

    /// The unit that applies to the form's money; `None` where it is unknown or contested.
    pub fn known(&self) -> Option<MoneyUnit> {
        // Nothing states a unit, and no sum of the form needs one.
        let idle = self.hypotheses.is_empty() && self.basis == Basis::Default;
        (self.settled || (self.hypotheses.is_empty() && !idle)).then_some(self.unit)
    }

    /// The unit that figures without a nearer statement were read in, known or assumed.
    pub fn applied(&self) -> MoneyUnit {
        self.unit
    }

    /// Whether a fact's unit hangs on what the form's is.
    pub(super) fn hangs(&self, fact: u32) -> bool {
        self.contested.binary_search(&fact).is_ok()
    }

    /// Reads other figures of the form as its own are read, where what is stated does not decide.
    pub(super) fn read_in(&self, valued: &Valued<'_>, facts: &mut Facts) {
        if !self.hypotheses.is_empty() {
            facts.rescale(&open(valued), self.unit.power(), self.basis);
        }
    }

    /// The value that a figure has in the form.
    pub(super) fn value_of(&self, figure: &FigureValue<'_>) -> Option<Decimal> {
        let number = figure.cell.number?;
        let power = match figure.holds {
            Holds::Money(_) if is_open(figure) && !self.hypotheses.is_empty() => self.unit.power(),
            Holds::Money(_) => figure.unit.unwrap_or_else(|| self.fallback()).0.power(),
            _ => super::fact::rate_power(figure),
        };
        number.value.shifted(power)
    }

    /// Whether figures may be compared with those of other forms.
    pub(super) fn is_firm(&self) -> bool {
        self.known().is_some()
    }
}

/// Whether the unit of a sum hangs on what the form's is: neither its cell nor its row states one.
fn is_open(figure: &FigureValue<'_>) -> bool {
    matches!(figure.holds, Holds::Money(_)) && !matches!(figure.unit, Some((_, Basis::Cell | Basis::Row)))
}

/// The sums whose unit hangs on what the form's is, by their places among its figures.
fn open(valued: &Valued<'_>) -> Vec<u32> {
    let all = valued.figures.iter().enumerate();
    all.filter(|(_, figure)| is_open(figure)).map(|(at, _)| at as u32).collect()
}

/// What a form states of its unit.
pub(super) fn state(valued: &Valued<'_>) -> FormUnit {
    let money = || {
        let all = valued.figures.iter().enumerate();
        all.filter(|(_, figure)| matches!(figure.holds, Holds::Money(_)))
    };
    // A unit in a cell or in a row's own label is meant for that one; a section's or a column's is a rival of the heading's.
    let mut nearer: Vec<MoneyUnit> = money()
        .filter_map(|(_, figure)| figure.unit)
        .filter(|(_, basis)| matches!(basis, Basis::Section | Basis::Column))
        .map(|(unit, _)| unit)
        .collect();
    nearer.sort_unstable();
    nearer.dedup();
    let plain = |unit, basis| FormUnit {
        unit,
        basis,
        hypotheses: Vec::new(),
        statements: None,
        contested: Vec::new(),
        evidence: None,
        settled: false,
    };
    // A label that nobody knows says nothing of other columns, but that it contradicts the heading is a doubt.
    let bare = money().any(|(_, figure)| figure.unit.is_none());
    let rival = rival(valued).map(|(_, unit)| unit).filter(|_| bare);
    let nearest = match (valued.heading_unit, rival) {
        (Some(heading), Some(rival)) if rival != heading => vec![rival],
        _ => nearer,
    };
    match (valued.heading_unit, nearest.as_slice()) {
        (Some(heading), [near]) if *near != heading => {
            let hypotheses = vec![heading, *near];
            let unit = likeliest(valued, &hypotheses);
            let statements = Some((heading, *near));
            FormUnit { hypotheses, statements, contested: open(valued), ..plain(unit, Basis::Form) }
        }
        (Some(heading), _) => plain(heading, Basis::Form),
        (None, [near, ..]) => plain(*near, Basis::Section),
        (None, []) => {
            let hypotheses = MoneyUnit::ALL.to_vec();
            let unit = likeliest(valued, &[MoneyUnit::Yuan, MoneyUnit::WanYuan]);
            let contested = open(valued);
            if contested.is_empty() {
                return plain(unit, Basis::Default);
            }
            FormUnit { hypotheses, contested, ..plain(unit, Basis::Default) }
        }
    }
}

/// The label of a header that nobody knows and the unit it states, where that is not the heading's.
fn rival<'t>(valued: &Valued<'t>) -> Option<(Printed<'t>, MoneyUnit)> {
    let mut rivals = valued.form.sections.iter().filter_map(|section| section.rival);
    rivals.find(|(_, unit)| Some(*unit) != valued.heading_unit)
}

/// The likeliest of several units by how the figures look: sums in yuan have many digits before the point and few behind
/// it. It decides only what an `assumed` figure shows, never whether it is trusted.
fn likeliest(valued: &Valued<'_>, among: &[MoneyUnit]) -> MoneyUnit {
    let money = valued.figures.iter().filter(|figure| matches!(figure.holds, Holds::Money(_)));
    let largest = money.filter_map(|figure| figure.cell.number).map(|number| number.value.abs()).max();
    let small_unit = largest.is_some_and(|largest| largest >= Decimal::from(10_000));
    let (mut small, mut large) = (among[0], among[0]);
    for &unit in among {
        small = small.min(unit);
        large = large.max(unit);
    }
    if small_unit { small } else { large }
}

/// Settles contested and unknown units by what other forms of the document print for the same money. Gives the forms
/// whose figures changed against others of the same form, so that their identities have to be looked at again.
pub(super) fn settle(forms: &mut [Judged<'_>], pairs: &[Pair], grammars: &Grammars) -> Vec<usize> {
    let open: Vec<usize> = (0..forms.len()).filter(|&at| !forms[at].unit.is_firm()).collect();
    for &at in &open {
        let doubtful = std::mem::take(&mut forms[at].unit.contested);
        let (power, basis) = (forms[at].unit.unit.power(), forms[at].unit.basis);
        // Until evidence says otherwise every contested figure is read in the likeliest unit.
        forms[at].facts.rescale(&doubtful, power, basis);
        for &fact in &doubtful {
            forms[at].facts.all[fact as usize].unit_doubtful = true;
        }
        forms[at].unit.contested = doubtful;
    }
    if open.is_empty() {
        return Vec::new();
    }
    let mut settled = Vec::new();
    // A form that was settled may settle another.
    loop {
        let before = settled.len();
        for &at in &open {
            if forms[at].unit.is_firm() {
                continue;
            }
            if let Some((unit, evidence)) = decide(at, forms, pairs, grammars) {
                apply(&mut forms[at], unit, evidence);
                settled.push(at);
            }
        }
        if settled.len() == before {
            break;
        }
    }
    settled.retain(|&at| {
        forms[at]
            .valued
            .figures
            .iter()
            .any(|figure| matches!(figure.unit, Some((_, Basis::Cell | Basis::Row))))
    });
    settled
}

fn apply(form: &mut Judged<'_>, unit: MoneyUnit, evidence: String) {
    form.facts.rescale(&form.unit.contested, unit.power(), Basis::Evidence);
    form.unit.unit = unit;
    form.unit.basis = Basis::Evidence;
    form.unit.evidence = Some(evidence);
    form.unit.settled = true;
}

/// The one unit that other forms leave, with the evidence.
fn decide(
    at: usize,
    forms: &[Judged<'_>],
    pairs: &[Pair],
    grammars: &Grammars,
) -> Option<(MoneyUnit, String)> {
    let hypotheses = &forms[at].unit.hypotheses;
    let about: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.part.0 == at || pair.whole.0 == at)
        .filter(|pair| forms[pair.other(at).0].unit.is_firm())
        .collect();
    let mut rejected = Vec::new();
    let mut left = Vec::new();
    let mut matched = Vec::new();
    for &unit in hypotheses {
        let refuting = about.iter().find(|pair| pair.refutes(at, unit, forms));
        match refuting {
            Some(pair) => rejected.push(
                json!({ "unit": unit.as_str(), "refuted_by": pair.certificate(at, unit, forms, grammars) }),
            ),
            None => left.push(unit),
        }
        if let Some(pair) = about.iter().find(|pair| pair.matches(at, unit, forms)) {
            matched.push((unit, pair.certificate(at, unit, forms, grammars)));
        }
    }
    matched.retain(|(unit, _)| left.contains(unit));
    // A match decides alone; a refutation only where one of two statements is left.
    let (unit, matches) = match (matched.as_slice(), left.as_slice()) {
        ([(unit, matches)], _) => (*unit, Some(matches.clone())),
        // A statement that is left is not right where the same money is printed just as in some other unit.
        ([], [unit])
            if forms[at].unit.statements.is_some()
                && !about.iter().any(|pair| pair.belies(at, *unit, forms)) =>
        {
            (*unit, None)
        }
        _ => return None,
    };
    Some((unit, json!({ "unit": unit.as_str(), "matched": matches, "rejected": rejected }).to_string()))
}

/// Reports a form whose unit was contested or not stated.
pub(super) fn report(form: &mut Judged<'_>) {
    if form.unit.hypotheses.is_empty() {
        return;
    }
    let unit = form.unit.unit.as_str();
    let settled = form.unit.settled;
    let section = form.valued.form.sections.iter().find(|section| section.unit.is_some());
    let label = section.and_then(|section| section.corner).or(rival(&form.valued).map(|(label, _)| label));
    let heading = field(&form.valued.form, FieldColumn::Unit);
    let first = form.unit.contested.first().map(|&at| &form.facts.all[at as usize]);
    let (code, message) = match form.unit.statements {
        Some((heading, near)) => {
            let (heading, near) = (heading.as_str(), near.as_str());
            let outcome = if settled {
                format!("{unit} is right, as other forms of the document show (see `proof`).")
            } else {
                format!("Nothing in the document decides; {unit} is the likelier by the size of the figures.")
            };
            let label = label.map(|label| format!(" `{}`", fold::name(label.text))).unwrap_or_default();
            let message =
                format!("The form's heading says {heading}, but its label{label} says {near}. {outcome}");
            (Code::UnitConflict, message)
        }
        None if settled => {
            let message = format!(
                "The form states no unit; {unit} follows from other forms of the document (see `proof`)."
            );
            (Code::UnitInferred, message)
        }
        None => {
            let message = format!(
                "The form states no unit and nothing in the document decides it; {unit} is assumed from the size of the figures."
            );
            (Code::UnitUnknown, message)
        }
    };
    let line = heading
        .map(|heading| heading.line)
        .or(first.map(|fact| fact.line))
        .unwrap_or(form.valued.form.first_line);
    let mut finding = Finding::new(code, message).field("amounts", "unit").line(line).value(unit);
    if let Some(heading) = heading {
        finding = finding.raw(heading.text);
    }
    finding.proof = form.unit.evidence.clone();
    form.findings.push(finding);
}
