//! Certificates: what settles or breaks a figure, as JSON that another program can check, and the sentences beside it.

use super::fact::{Fact, Place};
use super::identity::{Instance, Of, Outcome, Rule, Shape, add};

use super::Judged;
use super::repair::Deciding;

use crate::grammar::{Grammars, fold};
use crate::value::decimal::Decimal;
use serde_json::{Value, json};

/// The law of figures that are the same.
pub(super) const EQUAL: &str = "first = other";
/// The law of a score that follows a rate.
pub(super) const SCORE: &str =
    "score = weight * rate, at most weight, within half the last printed digit of score and rate";

/// The text a fact was read from.
pub(super) fn raw_of<'t>(form: &Judged<'t>, fact: &Fact) -> &'t str {
    let valued = &form.valued;
    let cell = match fact.place {
        Place::Amount(at) | Place::Measure(at) => Some(valued.figures[at as usize].cell),
        Place::Weight(at) => valued.lines[at as usize].weight,
        Place::Score(at) => valued.lines[at as usize].score,
        Place::WeightTotal => valued.weight_total,
        Place::ScoreTotal => valued.score_total,
        Place::Level(at) => return valued.levels[at as usize].printed.text,
    };
    cell.map_or("", |cell| cell.printed.text)
}

/// A value in the unit it is printed in.
pub(super) fn printed_scale(fact: &Fact, value: Decimal) -> Decimal {
    value.shifted(-fact.power).unwrap_or(value)
}

/// What a fact is called: its line's label and its column's.
pub(super) fn name_of(form: &Judged<'_>, fact: &Fact) -> String {
    let valued = &form.valued;
    match fact.place {
        Place::Amount(at) | Place::Measure(at) => {
            let figure = &valued.figures[at as usize];
            let item = &valued.form.items[figure.item as usize];
            let section = &valued.form.sections[item.section as usize];
            let label = item.label.or(section.corner).map(|label| fold::name(label.text).into_owned());
            let header =
                figure.header.map(|at| fold::name(section.columns[at as usize].label.text).into_owned());
            [label, header].into_iter().flatten().collect::<Vec<_>>().join(" / ")
        }
        Place::Weight(at) | Place::Score(at) => {
            let line = &valued.form.lines[at as usize];
            line.level3.map(|level3| fold::name(level3.text).into_owned()).unwrap_or_default()
        }
        Place::Level(at) => fold::name(valued.levels[at as usize].name).into_owned(),
        Place::WeightTotal | Place::ScoreTotal => String::new(),
    }
}

/// A term of an identity: where it stands and what it is.
pub(super) fn term(form: &Judged<'_>, fact: &Fact) -> Value {
    let (table, field) = fact.place.column();
    let mut term = json!({
        "table": table,
        "field": field,
        "line": fact.line,
        "raw": raw_of(form, fact),
        "value": fact.value.map(|value| value.to_string()),
    });
    if let Place::Amount(at) | Place::Measure(at) = fact.place {
        term["cell"] = json!(form.valued.figures[at as usize].cell.printed.cell);
    }
    let name = name_of(form, fact);
    if !name.is_empty() {
        term["name"] = json!(name);
    }
    term
}

/// An identity with its terms and their sum or quotient.
pub(super) fn identity(form: &Judged<'_>, instance: &Instance<'_>, grammars: &Grammars) -> Value {
    let facts = &form.facts;
    let term_of = |at: u32| term(form, &facts.all[at as usize]);
    let (id, because) = law_of(form, instance, grammars);
    let mut out = json!({ "identity": id, "because": because });
    match &instance.shape {
        Shape::Sum { total, parts } => {
            out["law"] = json!("total = sum of parts");
            out["total"] = term_of(*total);
            out["parts"] = parts.iter().map(|&part| term_of(part)).collect();
            out["sum"] = json!(add(|at| facts.all[at as usize].value, parts).map(|sum| sum.to_string()));
        }
        Shape::Bound { whole, part } => {
            out["law"] = json!("part <= whole");
            out["whole"] = term_of(*whole);
            out["part"] = term_of(*part);
        }
        Shape::Ratio { ratio, of, to, .. } => {
            out["law"] = json!("ratio = of / to, within half the ratio's last printed digit");
            out["ratio"] = term_of(*ratio);
            out["of"] = term_of(*of);
            out["to"] = term_of(*to);
        }
        Shape::Equal { first, other, .. } => {
            out["law"] = json!(EQUAL);
            out["first"] = term_of(*first);
            out["other"] = term_of(*other);
        }
        Shape::Score { score, weight, rate, rule } => {
            out["law"] = json!(SCORE);
            out["score"] = term_of(*score);
            out["weight"] = term_of(*weight);
            out["rate"] = term_of(*rate);
            out["stated"] = stated(form, *rule, grammars);
        }
    }
    let holds = match instance.evaluate(facts) {
        Outcome::Holds(_) => json!(true),
        Outcome::Fails | Outcome::Off => json!(false),
        Outcome::Silent => Value::Null,
    };
    out["holds"] = holds;
    out
}

/// Where a form states the rule of its score; null where every form has it, or this one does not say.
fn stated(form: &Judged<'_>, rule: Rule, grammars: &Grammars) -> Value {
    let Rule::Stated(at) = rule else { return Value::Null };
    let (text, printed) = form.valued.form.texts[at as usize];
    let grammar = &grammars.forms[usize::from(form.valued.form.grammar)];
    json!({ "table": "texts", "field": grammar.texts[usize::from(text)], "line": printed.line })
}

/// The name and the reason of an identity.
pub(super) fn law_of<'g>(
    form: &Judged<'_>,
    instance: &Instance<'_>,
    grammars: &'g Grammars,
) -> (&'g str, &'g str) {
    match instance.of {
        Of::Grammar(at) => {
            let grammar = &grammars.forms[usize::from(form.valued.form.grammar)];
            let identity = &grammar.identities[usize::from(at)];
            (&identity.id, &identity.because)
        }
        Of::Scores => ("scores.total", "The total of the scores is the sum of the lines' scores."),
        Of::Weights => ("weights.total", "The total of the weights is the sum of the lines' weights."),
        Of::Level => ("weights.level", "The weight printed at a level is shared by the lines below it."),
        Of::Levels => ("weights.levels", "The levels and the execution line share the total weight."),
        Of::Score => ("score.weight", "A line cannot score more than its weight."),
    }
}

/// The certificate of a malformed figure's reading: the identities that allow it, and the readings they refute.
pub(super) fn reading(form: &Judged<'_>, at: u32, deciding: &Deciding<'_>, grammars: &Grammars) -> String {
    let fact = &form.facts.all[at as usize];
    let over: Vec<Instance<'_>> = deciding.of(&form.facts, at).collect();
    let candidates: Vec<Value> = fact
        .readings
        .iter()
        .map(|(value, repairs)| {
            let with =
                |term: u32| if term == at { Some(*value) } else { form.facts.all[term as usize].value };
            let refuted: Vec<&str> = over
                .iter()
                .filter(|instance| instance.evaluate_with(with) == Outcome::Fails)
                .map(|instance| law_of(form, instance, grammars).0)
                .collect();
            json!({ "value": value.to_string(), "operators": repairs.to_string(), "refuted_by": refuted })
        })
        .collect();
    json!({
        "raw": raw_of(form, fact),
        "value": fact.value.map(|value| value.to_string()),
        "candidates": candidates,
        "identities": over.iter().map(|instance| identity(form, instance, grammars)).collect::<Vec<_>>(),
    })
    .to_string()
}
