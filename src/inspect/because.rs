//! Why a figure is trusted as it is, and why it is read in its unit, in words.

use crate::form::Printed;
use crate::grammar::{FieldColumn, fold};
use crate::proof::{Fact, Judged, Statement, Verdict};
use crate::value::form::{Basis, field};

/// Why a fact has its trust. The reasons are looked at in the order in which [`Fact`] concludes.
pub(super) fn trust(fact: &Fact, statements: &[Statement]) -> String {
    let named = |verdict: Verdict| {
        let said = statements.iter().filter(|statement| statement.verdict == verdict);
        let mut names: Vec<&str> = said.map(|statement| statement.id.as_str()).collect();
        names.dedup();
        names.join(", ")
    };
    let (holding, failing) = (named(Verdict::Holds), named(Verdict::Fails));
    if fact.value.is_none() {
        return "it cannot be read as a number".into();
    }
    if fact.disputes > 0 {
        return format!("by {failing}, which it may have broken");
    }
    if fact.contradicted && failing.is_empty() {
        return "another form of the document shows that this form's sums are off by a unit".into();
    }
    if fact.contradicted {
        return format!("another form of the document prints another figure ({failing})");
    }
    if fact.undecided {
        return "it is malformed, and the form's arithmetic does not single out one of its readings".into();
    }
    if fact.unit_doubtful {
        return "its unit is stated nowhere or in two ways, and nothing in the document decides".into();
    }
    if fact.torn {
        return "the dump may have torn its row, its header or the figure itself, or does not show whose it is: nothing makes sure of it"
            .into();
    }
    match (fact.is_malformed(), fact.repaired) {
        (true, true) => format!("it is malformed; this is its only reading under which {holding} holds"),
        (true, false) => "it is malformed; this is its likeliest reading, and no identity decides".into(),
        (false, _) if fact.proofs > 0 => format!("by {holding}"),
        (false, _) if fact.misplaced => {
            "a cell of its row stands beyond the last header, so that it may belong one column further".into()
        }
        (false, _) if fact.implausible => {
            "it is beyond what its column can mean, and no identity speaks for it".into()
        }
        (false, _) => "it is well-formed, and nothing in the document speaks for or against it".into(),
    }
}

/// Why the money of a fact is read in its unit.
pub(super) fn unit(judged: &Judged<'_>, at: u32, basis: Basis) -> String {
    let valued = &judged.valued;
    let Some(figure) = valued.figures.get(at as usize) else { return String::new() };
    let item = &valued.form.items[figure.item as usize];
    let section = &valued.form.sections[item.section as usize];
    let header = figure.header.map(|header| section.columns[header as usize].label);
    let heading = field(&valued.form, FieldColumn::Unit);
    let printed = |label: Option<Printed<'_>>| {
        label.map(|label| format!(" `{}` on line {}", fold::name(label.text), label.line)).unwrap_or_default()
    };
    match basis {
        Basis::Cell => "it stands in the figure's own cell".into(),
        Basis::Row => format!("it stands in the label of its row{}", printed(item.label)),
        Basis::Column => format!("it stands in the label of its column{}", printed(header)),
        Basis::Section => format!("it stands in the label of its table{}", printed(section.corner)),
        Basis::Form if judged.unit.known().is_none() => {
            format!(
                "the form's heading{} and its tables disagree, and this is the likelier",
                printed(heading)
            )
        }
        Basis::Form => format!("it stands in the form's heading,{}", printed(heading)),
        Basis::Evidence => "the form's own statements do not decide, other forms of the document do".into(),
        Basis::Default => "it is stated nowhere; it is assumed from the size of the figures".into(),
    }
}
