//! Mistakes of whoever filled in a form, planted into a sound one. What the form prints is the truth; that it contradicts
//! itself is what a reader must notice.

use super::random::Random;
use super::sheet::{Cell, Holds, Sheet};
use super::truth;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defective {
    /// A part of a total is off by a little.
    Sum,
    /// The printed rate is not that of the printed sums.
    Rate,
    /// The weights add up to one less.
    Weights,
    /// A score is above its weight.
    Score,
    /// The heading's unit is not the label's.
    Unit,
}

impl Defective {
    pub const ALL: [Defective; 5] =
        [Defective::Sum, Defective::Rate, Defective::Weights, Defective::Score, Defective::Unit];

    pub fn name(self) -> &'static str {
        match self {
            Defective::Sum => "sum off",
            Defective::Rate => "rate wrong",
            Defective::Weights => "weights 99",
            Defective::Score => "score above weight",
            Defective::Unit => "unit conflict",
        }
    }

    /// The code of the finding that reports it.
    pub fn finding(self) -> &'static str {
        match self {
            Defective::Sum => "sum.mismatch",
            Defective::Rate => "rate.mismatch",
            Defective::Weights => "weight.sum_mismatch",
            Defective::Score => "score.above_weight",
            Defective::Unit => "unit.conflict",
        }
    }
}

/// Plants a defect into a finished form; a form that has nothing to spoil stays sound. Conflicts of units are planted while the
/// heading is written.
pub fn plant(sheet: &mut Sheet, form: &mut truth::Form, defect: Defective, random: &mut Random) {
    let about = match defect {
        Defective::Sum => sum(sheet, form, random),
        Defective::Rate => rate(sheet, form),
        Defective::Weights => line(sheet, form, random, Holds::Weight),
        Defective::Score => line(sheet, form, random, Holds::Score),
        Defective::Unit => None,
    };
    if let Some(about) = about {
        form.defects.push(truth::Defect { kind: defect.name(), finding: defect.finding(), about });
    }
}

/// Prints something else where a figure stands.
fn reprint(sheet: &mut Sheet, holds: Holds, new: &str) -> bool {
    let cell: Option<&mut Cell> = sheet.cells_mut().find(|cell| cell.holds == holds);
    cell.map(|cell| cell.paragraphs = vec![new.to_owned()]).is_some()
}

fn sum(sheet: &mut Sheet, form: &mut truth::Form, random: &mut Random) -> Option<String> {
    let parts: Vec<usize> = (0..form.amounts.len())
        .filter(|&at| {
            form.amounts[at].part && form.amounts[at].raw.ends_with(|c: char| ('1'..='8').contains(&c))
        })
        .collect();
    let at = *parts.get(random.below(parts.len().max(1) as u64) as usize)?;
    let amount = &mut form.amounts[at];
    let last = amount.raw.chars().last()?.to_digit(10)? + 1;
    let raw = format!("{}{last}", &amount.raw[..amount.raw.len() - 1]);
    if !reprint(sheet, Holds::Amount(at), &raw) {
        return None;
    }
    // The figure before it gave the worth of a last digit.
    let fen = |yuan: &str| yuan.replace('.', "").parse::<u64>().ok();
    let digits = |raw: &str| raw.replace('.', "").parse::<u64>().ok();
    let worth = fen(&amount.yuan)? / digits(&amount.raw)?;
    amount.yuan = super::forms::decimal(fen(&amount.yuan)? + worth, 2);
    let about = format!("{} {} printed for {}", amount.item, raw, amount.raw);
    amount.raw = raw;
    Some(about)
}

fn rate(sheet: &mut Sheet, form: &mut truth::Form) -> Option<String> {
    let at = form.measures.iter().position(|measure| measure.unit == "ratio" && measure.raw != "100%")?;
    if !reprint(sheet, Holds::Measure(at), "100%") {
        return None;
    }
    let measure = &mut form.measures[at];
    let about = format!("100% printed for {}", measure.raw);
    (measure.raw, measure.value) = ("100%".into(), "1.0000".into());
    Some(about)
}

/// A weight one less than planned, or a score one above its weight.
fn line(
    sheet: &mut Sheet,
    form: &mut truth::Form,
    random: &mut Random,
    holds: fn(usize) -> Holds,
) -> Option<String> {
    let weight_of =
        |line: &truth::Indicator| line.weight.as_ref().and_then(|weight| weight.parse::<u64>().ok());
    let fits = |line: &truth::Indicator| {
        let full = line.score.is_none() || line.score == line.weight;
        line.kind == "indicator" && full && weight_of(line).is_some_and(|weight| weight > 2)
    };
    let lines: Vec<usize> = (0..form.indicators.len()).filter(|&at| fits(&form.indicators[at])).collect();
    let at = *lines.get(random.below(lines.len().max(1) as u64) as usize)?;
    let weight = weight_of(&form.indicators[at])?;
    let is_weight = holds(at) == Holds::Weight(at);
    let printed = (if is_weight { weight - 1 } else { weight + 1 }).to_string();
    if !reprint(sheet, holds(at), &printed) {
        return None;
    }
    let line = &mut form.indicators[at];
    let old =
        if is_weight { line.weight.replace(printed.clone()) } else { line.score.replace(printed.clone()) };
    Some(format!("{} printed for {}", printed, old.unwrap_or_default()))
}
