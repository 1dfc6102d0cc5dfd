//! Whether a line's score fits what was reached: full points for a target that was missed, or points lost on one that was met, are a
//! reason to look. Points may be given and taken for reasons that no form prints, so that nothing is disputed by it.

use super::{Judged, Trust};
use crate::finding::{Code, Finding};
use crate::form::ScoredLine;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::Op;
use crate::value::decimal::Decimal;
use crate::value::form::filled;
use crate::value::target::{put_together, target};

/// Reports the lines whose score does not fit what was reached.
pub(super) fn report(form: &mut Judged<'_>, lexicon: &Lexicon) {
    let mut found: Vec<Finding> = Vec::new();
    for (line, facts) in form.valued.form.lines.iter().zip(&form.facts.lines) {
        let (Some(weight), Some(score)) = *facts else { continue };
        let (weight, score) = (&form.facts.all[weight as usize], &form.facts.all[score as usize]);
        let (Some(points), Some(most)) = (score.value, weight.value) else { continue };
        let assumed = [weight.trust, score.trust].contains(&Trust::Assumed);
        if assumed || line.execution || points > most {
            continue;
        }
        let full = points == most;
        // Most lines reach what they name.
        if full && is_reached_to_the_letter(line, lexicon) {
            continue;
        }
        let message = match (is_met(line, lexicon), full) {
            (Some(false), true) => {
                "This line has its full score, although what was reached misses the target."
            }
            (Some(true), false) => "This line lost points, although what was reached meets the target.",
            _ => continue,
        };
        found.push(form.at_figure(Code::ScoreTargetMismatch, score, message));
    }
    form.findings.extend(found);
}

/// Whether what a line reached meets its target; `None` where the two are not figures of one unit, or nothing says how they compare.
fn is_met(line: &ScoredLine<'_>, lexicon: &Lexicon) -> Option<bool> {
    let (actual, wanted) = (line.actual?, filled(line.target, lexicon)?.text);
    // Behind a number only a few words compare it.
    let bare = line.target_op.is_none() && wanted.starts_with(|c: char| c.is_ascii_digit());
    if bare && !lexicon.operator_after.within(wanted) {
        return None;
    }
    let reached = target(actual.text, lexicon);
    let number = reached.value.filter(|_| reached.op.is_none())?;
    let wanted = put_together(Some(wanted.into()), line, lexicon)?;
    let wanted = target(&wanted, lexicon);
    (wanted.unit == reached.unit).then_some(())?;
    meets(number, wanted.op?, wanted.value?)
}

/// Whether a number meets a target. More than a target that names the number itself is good of readers, and bad of accidents.
fn meets(reached: Decimal, op: Op, wanted: Decimal) -> Option<bool> {
    match op {
        Op::Eq => (reached <= wanted).then_some(reached == wanted),
        Op::Ge => Some(reached >= wanted),
        Op::Gt => Some(reached > wanted),
        Op::Le => Some(reached <= wanted),
        Op::Lt => Some(reached < wanted),
    }
}

/// Whether what a line reached is its target itself, `≥95%` and `95%`, so that no figure need be read.
fn is_reached_to_the_letter(line: &ScoredLine<'_>, lexicon: &Lexicon) -> bool {
    let (Some(wanted), Some(reached)) = (line.target, line.actual) else { return false };
    let sign = wanted.text.strip_suffix(reached.text);
    let is_strict = |sign: &str| matches!(lexicon.operator(sign), None | Some(Op::Gt | Op::Lt));
    line.target_op.is_none() && sign.is_some_and(|sign| sign.is_empty() || !is_strict(sign))
}
