//! The unit of a form's money: that it is stated where the rows say so, and that evidence is evidence.

use super::certificate::{Identity, Unit};
use super::claims::Claims;
use super::facts::Facts;
use super::form::{DocumentRows, FormRows};
use super::labels::label;
use super::number;
use super::pairs::{Agreement, Pair, agreement, power_between};
use super::report::{At, Check, Sink};
use super::rows::{Amount, Finding};
use super::term::resolve;
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{Grammars, RelationKind};
use crate::value::decimal::Decimal;

/// What a form's rows and findings say of its unit.
pub(super) struct State<'r> {
    /// The finding, where the unit was contested or not stated.
    finding: Option<&'r Finding>,
    proof: Option<Unit>,
    heading: Option<MoneyUnit>,
}

impl State<'_> {
    /// Whether nothing settles the unit.
    pub fn is_open(&self) -> bool {
        self.finding.is_some_and(|finding| finding.proof.is_none())
    }
}

fn parse(word: &str) -> Option<MoneyUnit> {
    MoneyUnit::ALL.into_iter().find(|unit| unit.as_str() == word)
}

/// Reads the state, and checks that every row's unit follows from it.
pub(super) fn state<'r>(
    form: &FormRows<'r>,
    claims: &mut Claims<'r>,
    grammars: &Grammars,
    sink: &mut Sink,
) -> State<'r> {
    let finding = claims.take(|finding| finding.code.starts_with("unit."));
    let heading = form.row.unit_stated.as_deref().and_then(|text| grammars.lexicon.unit_in(text));
    let proof = finding.and_then(|finding| finding.proof.as_deref());
    let proof = proof.and_then(|proof| serde_json::from_str::<Unit>(proof).ok());
    let state = State { finding, proof, heading };
    let (given, due) = (form.row.unit.as_deref().map(parse), state.due(form));
    sink.demand(given == due.map(Some), Check::Figure, form.here(), || {
        let due = due.map_or("none", MoneyUnit::as_str);
        format!("the unit is {:?}, but what is stated and settled leaves {due}", form.row.unit)
    });
    for row in &form.amounts {
        let at = form.at("amounts", row.line);
        sink.demand(state.explains(form, row, grammars), Check::Figure, at, || {
            format!("nothing shows that the unit is {} by {}", row.unit, row.unit_basis)
        });
    }
    if let Some(finding) = finding {
        state.finding(form, finding, sink);
    }
    state
}

impl State<'_> {
    /// The unit that the form must have.
    fn due(&self, form: &FormRows<'_>) -> Option<MoneyUnit> {
        match self.finding {
            Some(finding) if finding.proof.is_some() => {
                self.proof.as_ref().and_then(|proof| parse(&proof.unit))
            }
            Some(_) => None,
            None => self.heading.or_else(|| nearer(form)),
        }
    }

    /// Whether the unit of a sum is the one that its basis points to.
    fn explains(&self, form: &FormRows<'_>, row: &Amount, grammars: &Grammars) -> bool {
        let unit = parse(&row.unit);
        let settled = self.finding.and_then(|finding| finding.value.as_deref()).and_then(parse);
        let stated = |text: Option<&str>| label(form, grammars, text?)?.unit;
        // A label that states a unit leaves nothing for what lies further off to say.
        let (of_row, of_column) = (stated(Some(&row.item)), stated(row.measure_label.as_deref()));
        let unstated = of_row.is_none() && of_column.is_none();
        unit.is_some()
            && match (row.unit_basis.as_str(), self.finding.map(|finding| finding.code.as_str())) {
                // That the cell states it is seen where its raw text is read.
                ("cell", _) => true,
                ("row", None) => of_row == unit,
                ("column", None) => of_row.is_none() && of_column == unit,
                // The label of a section stands in no table; only the source can show it.
                ("section", None) => unstated,
                ("form", None) => unstated && self.heading == unit,
                ("form", Some("unit.conflict")) => self.is_open() && settled == unit,
                ("default", Some("unit.unknown")) => self.is_open() && settled == unit,
                ("evidence", Some(_)) => !self.is_open() && settled == unit,
                _ => false,
            }
    }

    /// Whether the finding says what it should.
    fn finding(&self, form: &FormRows<'_>, finding: &Finding, sink: &mut Sink) {
        let at = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
        let fits = match finding.code.as_str() {
            "unit.conflict" => self.heading.is_some(),
            "unit.inferred" => self.heading.is_none() && finding.proof.is_some(),
            _ => self.heading.is_none() && finding.proof.is_none(),
        };
        let (raw, stated) = (finding.raw.as_deref(), form.row.unit_stated.as_deref());
        let same = raw.map(|raw| crate::grammar::fold::name(raw).into_owned()).as_deref() == stated;
        let open = form.amounts.iter().find(|row| row.unit_basis != "cell").map(|row| row.line);
        let place = raw.is_some() || finding.line == open;
        let about = (finding.table.as_deref(), finding.field.as_deref()) == (Some("amounts"), Some("unit"));
        sink.demand(fits && same && place && about, Check::Certificate, at, || {
            format!("{} does not fit what the form states", finding.code)
        });
        let parsed = finding.proof.is_none() || self.proof.is_some();
        sink.demand(parsed, Check::Certificate, at, || "the proof cannot be read".to_owned());
    }
}

/// The unit stated in the form nearer than its heading, where that has none: the smallest of several.
fn nearer(form: &FormRows<'_>) -> Option<MoneyUnit> {
    let near = |row: &&&Amount| ["row", "column", "section"].contains(&row.unit_basis.as_str());
    form.amounts.iter().filter(near).filter_map(|row| parse(&row.unit)).min()
}

/// Checks the evidence that settled each form's unit against the sums themselves.
pub(super) fn check(
    document: &DocumentRows<'_>,
    facts: &[Facts<'_>],
    states: &[State<'_>],
    pairs: &[Pair<'_>],
    sink: &mut Sink,
) {
    for (form, state) in states.iter().enumerate() {
        if let (Some(finding), Some(proof)) = (state.finding, &state.proof) {
            sink.checked().certificates += 1;
            let id = &document.forms[form].row.form_id;
            let at = At { table: "findings", id: Some(id), line: finding.line };
            let evidence = Evidence { document, facts, pairs, form };
            if let Err(what) = evidence.settles(proof, state, finding) {
                sink.fault(Check::Certificate, at, what);
            }
        }
    }
}

struct Evidence<'a, 'r> {
    document: &'a DocumentRows<'r>,
    facts: &'a [Facts<'r>],
    pairs: &'a [Pair<'a>],
    form: usize,
}

impl Evidence<'_, '_> {
    fn settles(&self, proof: &Unit, state: &State<'_>, finding: &Finding) -> Result<(), String> {
        let unit = parse(&proof.unit).ok_or("the proof names no unit of money")?;
        if finding.value.as_deref() != Some(unit.as_str()) {
            return Err("the finding and its proof give different units".to_owned());
        }
        let mut rejected = Vec::new();
        for other in &proof.rejected {
            let named =
                parse(&other.unit).filter(|&named| named != unit).ok_or("the unit chosen is rejected")?;
            let pair = self.pair(&other.refuted_by, named)?;
            if !self.refutes(&pair, named) {
                return Err(format!("{} is not refuted by {}", other.unit, pair.relation));
            }
            rejected.push(named);
        }
        if let Some(pair) = self.own().find(|pair| self.refutes(pair, unit)) {
            return Err(format!("{} is refuted by {}", unit.as_str(), pair.relation));
        }
        let stated = state.heading.is_none_or(|heading| heading == unit || rejected.contains(&heading));
        match &proof.matched {
            Some(matched) => {
                let pair = self.pair(matched, unit)?;
                let sound = self.matches(&pair, unit);
                sound.then_some(()).ok_or(format!("{} does not match in {}", pair.relation, unit.as_str()))
            }
            // Without a match only a statement is left over where the other one is refuted, unless a sum that the form
            // shares with another is the same in a third unit.
            None if self.own().any(|pair| self.is_other(pair, unit)) => {
                Err(format!("a sum is printed elsewhere as in another unit than {}", unit.as_str()))
            }
            None if state.heading.is_some() && stated && rejected.len() == 1 => Ok(()),
            None => {
                Err("neither a match nor the refutation of the other statement settles the unit".to_owned())
            }
        }
    }

    /// The pairs that this form is a side of.
    fn own(&self) -> impl Iterator<Item = &Pair<'_>> {
        self.pairs.iter().filter(|pair| pair.part.0 == self.form || pair.whole.0 == self.form)
    }

    /// The pair that a proof names, with its values as they are in `unit`.
    fn pair(&self, proof: &Identity, unit: MoneyUnit) -> Result<Pair<'_>, String> {
        let (Some(part), Some(whole)) = (&proof.part, &proof.whole) else {
            return Err(format!("{} has no part or no whole", proof.identity));
        };
        let (part_is, whole_is) = (
            resolve(self.document, self.facts, None, part, |at| self.value(at, unit)),
            resolve(self.document, self.facts, None, whole, |at| self.value(at, unit)),
        );
        let mut own = self.own();
        let found = own.find(|pair| {
            pair.relation == proof.identity && part_is.contains(&pair.part) && whole_is.contains(&pair.whole)
        });
        let found = found.ok_or_else(|| format!("{} compares no such figures", proof.identity))?;
        let law = if found.kind == RelationKind::AtMost { "part <= whole" } else { "part = whole" };
        if proof.law != law || proof.because != found.because {
            return Err(format!("{} does not say that", proof.identity));
        }
        Ok(*found)
    }

    /// The value of a figure, those of this form's contested sums as they are in `unit`.
    fn value(&self, (form, at): (usize, usize), unit: MoneyUnit) -> Option<Decimal> {
        let fact = &self.facts[form].all[at];
        let contested = form == self.form
            && self.document.forms[form].amounts.get(at).is_some_and(|row| row.unit_basis != "cell");
        let own = self.document.forms[form].amounts.get(at).and_then(|row| parse(&row.unit));
        match own.filter(|_| contested) {
            Some(own) => fact.value?.shifted(unit.power() - own.power()),
            None => fact.value,
        }
    }

    fn values(&self, pair: &Pair<'_>, unit: MoneyUnit) -> Option<(Decimal, Decimal)> {
        Some((self.value(pair.part, unit)?, self.value(pair.whole, unit)?))
    }

    fn refutes(&self, pair: &Pair<'_>, unit: MoneyUnit) -> bool {
        let values = self.values(pair, unit).filter(|_| pair.kind == RelationKind::AtMost);
        values.is_some_and(|(part, whole)| !whole.is_zero() && part > whole)
    }

    /// Whether a sum that two forms share is the same in another unit than this.
    fn is_other(&self, pair: &Pair<'_>, unit: MoneyUnit) -> bool {
        let (form, at) = if pair.part.0 == self.form { pair.whole } else { pair.part };
        let known = pair.kind != RelationKind::AtMost && !self.facts[form].all[at].doubtful;
        let values = self.values(pair, unit).filter(|_| known);
        values.is_some_and(|(part, whole)| !part.is_zero() && power_between(part, whole).is_some())
    }

    fn matches(&self, pair: &Pair<'_>, unit: MoneyUnit) -> bool {
        let values = self.values(pair, unit).filter(|_| pair.kind != RelationKind::AtMost);
        values.is_some_and(|(part, whole)| {
            !part.is_zero() && agreement(part, whole, false) != Agreement::Differ
        })
    }
}

/// A decimal in a proof equals one of the dataset's.
pub(super) fn equals(text: Option<&str>, value: Option<Decimal>) -> bool {
    text.map(number::exact) == value.map(Some)
}
