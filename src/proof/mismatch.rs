//! The findings of identities that fail: the sentence beside each certificate.

use super::Judged;
use super::certificate::{identity, name_of, printed_scale, raw_of};
use super::fact::Fact;
use super::identity::{Instance, Of, Rule, Shape, add};
use super::mend::{self, Mend};
use super::shift::Shifted;
use crate::finding::{Finding, Severity};
use crate::grammar::Grammars;
use crate::value::decimal::Decimal;

/// The finding of an identity that fails; `shifted` is the row that would mend it.
pub(super) fn mismatch(
    instance: &Instance<'_>,
    form: &Judged<'_>,
    grammars: &Grammars,
    shifted: Option<&Shifted<'_>>,
) -> Finding {
    let facts = &form.facts.all;
    let (anchor, message) = Words { form }.sentence(instance);
    let mends = match (&instance.shape, instance.of) {
        (Shape::Sum { total, parts }, Of::Grammar(_)) => mend::candidates(form, *total, parts),
        _ => Vec::new(),
    };
    let fact = &facts[anchor as usize];
    let message = message + &offer(&mends, facts) + &shifted.map(Shifted::offer).unwrap_or_default();
    let mut finding = form.at_figure(instance.code(), fact, message);
    if matches!(instance.shape, Shape::Score { rule: Rule::Unstated, .. }) {
        finding = finding.severity(Severity::Info);
    }
    let mut proof = identity(form, instance, grammars);
    if !mends.is_empty() {
        proof["one_slip_away"] = mends.iter().map(|mend| mend.certificate(form)).collect();
    }
    if let Some(shifted) = shifted {
        proof["shifted_row"] = shifted.certificate(form);
    }
    finding.proof(proof.to_string())
}

/// The figures of a form, in words.
struct Words<'f, 't> {
    form: &'f Judged<'t>,
}

impl Words<'_, '_> {
    /// The fact that a failing identity speaks of, and what is wrong with it.
    fn sentence(&self, instance: &Instance<'_>) -> (u32, String) {
        match &instance.shape {
            Shape::Sum { total, parts } => (*total, self.sum(instance.of, *total, parts)),
            Shape::Bound { whole, part } => {
                let relation = match instance.of {
                    Of::Score => "which is the line's weight",
                    _ => "of which it is a part",
                };
                let (part_is, whole_is) = (self.placed(*part), self.placed(*whole));
                (*part, format!("{part_is} is above {whole_is}, {relation}."))
            }
            Shape::Ratio { ratio, of, to, .. } => (*ratio, self.ratio(*ratio, *of, *to)),
            Shape::Equal { first, other, .. } => {
                let (one, two) = (self.placed(*other), self.placed(*first));
                (*other, format!("{one} differs from {two}, although the two are the same sum."))
            }
            Shape::Score { score, weight, rate, rule } => {
                (*score, self.score([*score, *weight, *rate], *rule))
            }
        }
    }

    fn sum(&self, of: Of, total: u32, parts: &[u32]) -> String {
        let facts = &self.form.facts.all;
        let power = facts[total as usize].power;
        let sum = add(|at| facts[at as usize].value, parts).and_then(|sum| sum.shifted(-power));
        let lines: Vec<String> = parts.iter().map(|&part| self.line(part).to_string()).collect();
        let what = match of {
            Of::Weights | Of::Levels => "The weights",
            Of::Level => "The weights below this level",
            Of::Scores => "The scores",
            _ => "The parts",
        };
        format!(
            "{what} on {} {} add up to {}, but {} is printed on line {}.",
            if lines.len() == 1 { "line" } else { "lines" },
            lines.join(", "),
            sum.map_or_else(String::new, |sum| sum.to_string()),
            self.named(total),
            self.line(total)
        )
    }

    fn ratio(&self, ratio: u32, of: u32, to: u32) -> String {
        let facts = &self.form.facts.all;
        format!(
            "The rate `{}` on line {} is printed for {} over {}, which is {}.",
            raw_of(self.form, &facts[ratio as usize]),
            self.line(ratio),
            self.named(of),
            self.named(to),
            quotient(facts[of as usize].value, facts[to as usize].value),
        )
    }

    fn score(&self, [score, weight, rate]: [u32; 3], rule: Rule) -> String {
        let because = match rule {
            Rule::Always => "such forms score the weight times the rate",
            Rule::Stated(_) => "the form says that it is the weight times the rate",
            Rule::Unstated | Rule::Moot => {
                "where the score follows the rate it would be their product; no text of this form says that it does"
            }
        };
        format!(
            "The score {} on line {} is printed for the weight {} and the rate `{}` on line {}: {because}.",
            self.printed(score),
            self.line(score),
            self.printed(weight),
            raw_of(self.form, &self.form.facts.all[rate as usize]),
            self.line(rate)
        )
    }

    fn printed(&self, at: u32) -> String {
        let fact = &self.form.facts.all[at as usize];
        fact.value.map_or_else(String::new, |value| printed_scale(fact, value).to_string())
    }

    /// A figure and its name.
    fn named(&self, at: u32) -> String {
        let name = name_of(self.form, &self.form.facts.all[at as usize]);
        if name.is_empty() { self.printed(at) } else { format!("{} ({name})", self.printed(at)) }
    }

    /// A figure, its name and its line.
    fn placed(&self, at: u32) -> String {
        format!("{} on line {}", self.named(at), self.line(at))
    }

    fn line(&self, at: u32) -> u32 {
        self.form.facts.all[at as usize].line
    }
}

/// The sentence that offers what one slip would mend; nothing is changed by it.
fn offer(mends: &[Mend], facts: &[Fact]) -> String {
    let each = |mend: &Mend| format!("{} on line {}", mend.needed, facts[mend.at as usize].line);
    match mends {
        [] => String::new(),
        [one] => format!(" One slip would explain it: {} would add up.", each(one)),
        several => {
            let each: Vec<String> = several.iter().map(each).collect();
            format!(" Any one of these would add up, each one slip away: {}.", each.join(", "))
        }
    }
}

/// A quotient in percent with two decimals, for people; nothing is derived from it.
fn quotient(of: Option<Decimal>, to: Option<Decimal>) -> String {
    let percent = || {
        let (of, to) = (of?.at_scale(6)?.0, to?.at_scale(6)?.0);
        Some(Decimal::new(of.checked_mul(10_000)?.checked_div(to)?, 2))
    };
    percent().map_or_else(|| "another".to_owned(), |percent| format!("{percent}%"))
}
