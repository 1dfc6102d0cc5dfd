//! Hop 5: what the forms' own arithmetic says of their figures.
//!
//! Every figure becomes a [`Fact`]. The identities of the grammar are laid over the facts (`identity`); a malformed
//! figure is repaired where exactly one of its readings satisfies them (`repair`); contested units are settled by
//! what the forms of the document say about the same money (`unit`, `relation`); and each fact gets a [`Trust`].
//! Everything is exact: no float, and no tolerance but that of printed digits.

mod astray;
mod called;
mod certificate;
mod counterpart;
mod fact;
mod identity;
mod laid;
mod lay;
mod mend;
mod mismatch;
mod misread;
mod plausible;
mod reached;
mod relation;
mod repair;
mod shift;
mod standing;
mod statement;
mod sum_bound;
mod unit;

pub use fact::{Fact, Facts, Place, Readings};
pub use statement::{Statement, Term, Verdict, statements};
pub use unit::FormUnit;

use crate::finding::{Code, Finding, Severity};
use crate::grammar::{FieldColumn, Grammars};
use crate::value::form::{Valued, field};
use called::Called;
use identity::{Instance, Outcome};
use laid::Laid;
use standing::Standing;

/// What stands behind a figure; the words of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// Well-formed, and an identity over other printed figures holds exactly with it.
    Proven,
    /// Well-formed, and nothing in the document speaks for or against it.
    Stated,
    /// Malformed; the value given is the only reading that makes an identity hold.
    Repaired,
    /// Malformed or of doubtful unit; the value given is the likeliest reading.
    Assumed,
    /// An identity over it fails, or two printed statements disagree.
    Disputed,
}

impl Trust {
    /// Every trust, the best first.
    pub const ALL: [Trust; 5] =
        [Trust::Proven, Trust::Stated, Trust::Repaired, Trust::Assumed, Trust::Disputed];

    /// The word in the `trust` columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Trust::Proven => "proven",
            Trust::Stated => "stated",
            Trust::Repaired => "repaired",
            Trust::Assumed => "assumed",
            Trust::Disputed => "disputed",
        }
    }
}

/// A form whose figures have been judged.
#[derive(Clone, Debug)]
pub struct Judged<'t> {
    /// The form with its values.
    pub valued: Valued<'t>,
    /// Its figures, judged.
    pub facts: Facts,
    /// The unit of its money.
    pub unit: FormUnit,
    /// What was found; the form's ordinal is not set yet.
    pub findings: Vec<Finding>,
    /// Where its figures stand.
    standing: Standing,
}

impl<'t> Judged<'t> {
    /// The text that one of its facts was read from.
    pub fn raw_of(&self, fact: &Fact) -> &'t str {
        certificate::raw_of(self, fact)
    }

    /// A finding at a figure, with its text and what was read from it.
    fn at_figure(&self, code: Code, fact: &Fact, message: impl Into<String>) -> Finding {
        let finding = at_fact(code, fact, message).raw(self.raw_of(fact));
        match fact.value {
            Some(value) => finding.value(value),
            None => finding,
        }
    }
}

/// Judges the forms of one document.
pub fn judge<'t>(forms: Vec<Valued<'t>>, grammars: &Grammars) -> Vec<Judged<'t>> {
    let mut judge = Judge::new(grammars);
    forms.into_iter().for_each(|valued| judge.take(valued));
    judge.conclude()
}

/// Forms of one document from which on the room they take until they have been compared counts for more than the time to
/// give some of it back.
const MANY: usize = 256;

/// Forms that a document of a department holds, and then some: most lists of them never grow, which would move all that is in them.
const COMMON: usize = 24;

/// Judges the forms of one document, which are handed over one by one: what each says alone is laid out at once, and all are
/// compared once the last is there.
pub(crate) struct Judge<'g, 't> {
    grammars: &'g Grammars,
    forms: Vec<Judged<'t>>,
    /// For each form, the identities laid over it.
    laid: Vec<Laid>,
}

impl<'g, 't> Judge<'g, 't> {
    /// A judge who has seen no form yet.
    pub fn new(grammars: &'g Grammars) -> Self {
        Judge { grammars, forms: Vec::with_capacity(COMMON), laid: Vec::with_capacity(COMMON) }
    }

    /// Takes the next form of the document.
    pub fn take(&mut self, valued: Valued<'t>) {
        let mut form = lay_out(valued, self.grammars);
        let mut laid = examine(&mut form, self.grammars);
        if self.forms.len() >= MANY {
            laid.shrink();
        }
        self.forms.push(form);
        self.laid.push(laid);
    }

    /// The forms taken so far.
    pub fn forms(&self) -> &[Judged<'t>] {
        &self.forms
    }

    /// Compares the forms and concludes.
    pub fn conclude(self) -> Vec<Judged<'t>> {
        let Judge { grammars, forms: mut judged, laid: mut instances } = self;
        let mut called = Called::of(&judged, grammars);
        let pairs = relation::pairs(&judged, &mut called, grammars);
        for at in unit::settle(&mut judged, &pairs, grammars) {
            // Sums that mix settled and self-stated units only now compare like with like.
            judged[at].facts.forget();
            instances[at] = examine(&mut judged[at], grammars);
        }
        judged.iter_mut().zip(&instances).for_each(|(form, instances)| astray::settle(form, instances));
        relation::compare(&mut judged, &pairs, grammars);
        let outcomes: Vec<Vec<Outcome>> =
            judged.iter_mut().zip(&instances).map(|(form, instances)| vouch(form, instances)).collect();
        // Which of many sums their own forms clear is known only now.
        sum_bound::compare(&mut judged, &called, grammars);
        for ((form, instances), outcomes) in judged.iter_mut().zip(&instances).zip(&outcomes) {
            conclude(form, instances, outcomes, grammars);
        }
        judged
    }
}

fn lay_out<'t>(valued: Valued<'t>, grammars: &Grammars) -> Judged<'t> {
    let mut findings: Vec<Finding> = rival_year(&valued).into_iter().collect();
    let unit = unit::state(&valued);
    let facts = Facts::of(&valued, &unit, &grammars.lexicon, &mut findings);
    let standing = Standing::of(&valued, &grammars.forms[usize::from(valued.form.grammar)]);
    Judged { valued, facts, unit, findings, standing }
}

/// Says that the title and the heading name two years.
fn rival_year(valued: &Valued<'_>) -> Option<Finding> {
    let (year, rival) = (valued.fiscal_year?, valued.rival_year?);
    let heading = field(&valued.form, FieldColumn::FiscalYear)?;
    let message = format!(
        "The title and the heading of this form name two years, and {year} is taken rather than {rival}. Look which of them its \
         figures are about."
    );
    let finding = Finding::new(Code::RowMisshapen, message).line(heading.line);
    Some(finding.raw(heading.text).value(year))
}

/// Lays the grammar's identities over the facts and repairs what they settle.
fn examine(form: &mut Judged<'_>, grammars: &Grammars) -> Laid {
    let grammar = &grammars.forms[usize::from(form.valued.form.grammar)];
    let instances = lay::instances(&form.valued, &form.standing, &form.facts, grammar);
    repair::repair(&mut form.facts, &instances);
    instances
}

/// What each identity says; those that hold speak for their facts.
fn vouch(form: &mut Judged<'_>, instances: &Laid) -> Vec<Outcome> {
    let speak = |instance: Instance<'_>| {
        let outcome = instance.evaluate(&form.facts);
        if let Outcome::Holds(held) = outcome {
            instance.terms().enumerate().for_each(|(nth, at)| {
                let fact = &mut form.facts.all[at as usize];
                fact.count_for(u16::from(held.pins(nth)) + u16::from(held.matches(nth)));
                fact.pinned |= held.pins(nth);
            });
        }
        outcome
    };
    instances.iter().map(speak).collect()
}

/// Gives every fact its trust and reports what does not hold.
fn conclude(form: &mut Judged<'_>, instances: &Laid, outcomes: &[Outcome], grammars: &Grammars) {
    let shifted = shift::find(form, instances, outcomes, grammars);
    let displaced: Vec<u32> = shifted.iter().flat_map(|shifted| shifted.displaced(&form.facts)).collect();
    for at in displaced {
        // Even what an identity holds: figures that slipped together may agree with each other.
        form.facts.all[at as usize].count_against();
    }
    let against = |(_, outcome): &(usize, &Outcome)| matches!(outcome, Outcome::Fails | Outcome::Off);
    for (nth, outcome) in outcomes.iter().enumerate().filter(against) {
        let instance = instances.get(nth);
        let cut = *outcome == Outcome::Fails && is_cut_off(form, &instance);
        match outcome {
            Outcome::Fails if !cut => instance.dispute(&mut form.facts),
            // A rule that the form does not state is a reason to look, not to distrust; so are totals of lines above a cut.
            Outcome::Off => {}
            Outcome::Fails if form.valued.form.headless && instance.is_of_totals() => {}
            _ => continue,
        }
        let mended_by = shifted.as_ref().filter(|shifted| shifted.mends.contains(&nth));
        let mut finding = mismatch::mismatch(&instance, form, grammars, mended_by);
        if cut {
            finding = finding.severity(Severity::Info);
        }
        form.findings.push(finding);
    }
    unit::report(form);
    repair::report(form, instances, grammars);
    let mut doubted = false;
    for fact in &mut form.facts.all {
        fact.trust = fact.conclude();
        doubted |= matches!(fact.trust, Trust::Assumed | Trust::Disputed);
    }
    // Most forms have no figure to be told of.
    if doubted {
        report_guessed(form);
        report_misplaced(form);
        plausible::report(form);
        astray::report(form);
    }
    reached::report(form, &grammars.lexicon);
    misread::report(form, &grammars.lexicon);
}

/// Reports the figures whose label had to be guessed.
fn report_guessed(form: &mut Judged<'_>) {
    let guessed = form.facts.all.iter().filter(|fact| fact.label_guessed && fact.trust == Trust::Assumed);
    let findings: Vec<Finding> = guessed
        .map(|fact| {
            let message =
                "The label of this figure's line or column had to be guessed, and no identity speaks for it.";
            at_fact(Code::LabelGuessed, fact, message).raw(form.raw_of(fact))
        })
        .collect();
    form.findings.extend(findings);
}

/// Reports the figures that are only assumed to stand under their own header.
fn report_misplaced(form: &mut Judged<'_>) {
    let is_assumed = |fact: &&Fact| fact.misplaced && fact.proofs == 0 && fact.trust == Trust::Assumed;
    let found: Vec<Finding> = form
        .facts
        .all
        .iter()
        .filter(is_assumed)
        .map(|fact| {
            let message = "A cell of this row stands beyond the last header, so that this figure may belong one column \
                           further, and nothing in the document says that it stands where it should.";
            form.at_figure(Code::RowMisshapen, fact, message)
        })
        .collect();
    form.findings.extend(found);
}

/// Whether a sum falls short only because the form was cut off among its parts.
fn is_cut_off(form: &Judged<'_>, instance: &Instance<'_>) -> bool {
    if form.valued.form.complete || !instance.falls_short(&form.facts) {
        return false;
    }
    // Any of its parts may have stood above the cut.
    if form.valued.form.headless {
        return true;
    }
    // A total stands below all of its lines: where it is printed, none of them was cut off behind the last.
    let mut places = instance.terms().map(|at| form.facts.all[at as usize].place);
    if places.any(|place| matches!(place, Place::WeightTotal | Place::ScoreTotal)) {
        return false;
    }
    let (items, lines) = (form.valued.form.items.len() as u32, form.valued.lines.len() as u32);
    // The last row may be cut in its middle: then the columns behind the cut end one row earlier.
    instance.terms().any(|at| match form.facts.all[at as usize].place {
        Place::Amount(at) => form.valued.figures[at as usize].item + 2 >= items,
        Place::Weight(at) | Place::Score(at) => at + 2 >= lines,
        _ => false,
    })
}

/// A finding of this code at a fact.
fn at_fact(code: Code, fact: &Fact, message: impl Into<String>) -> Finding {
    let (table, field) = fact.place.column();
    Finding::new(code, message).field(table, field).line(fact.line)
}

/// A finding that weighs as an error: nothing could be read.
fn unreadable(fact: &Fact, raw: &str, message: impl Into<String>) -> Finding {
    at_fact(Code::NumberUnreadable, fact, message).raw(raw).severity(Severity::Error)
}

#[cfg(test)]
mod tests;
