//! A figure, what stands behind it, and why.

use super::{Row, View, because};
use crate::proof::{self, Place, Statement, Verdict};
use serde::Serialize;
use serde_json::{Value, json};

/// What is known of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureAccount {
    /// What was read: yuan for money, a fraction for a rate; `None` where it cannot be read.
    pub value: Option<String>,
    /// The value in the unit it is printed in.
    pub printed_value: Option<String>,
    /// The unit it was read in, and where that is stated; for money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where the unit comes from, as the contract says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_basis: Option<&'static str>,
    /// Where the unit comes from, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_because: Option<String>,
    /// What stands behind it.
    pub trust: &'static str,
    /// Why, in words.
    pub trust_because: String,
    /// What it may mean, the likeliest first, where it is malformed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// The identities and relations over it.
    pub identities: Vec<Said>,
}

/// A reading of a malformed figure.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// The value in the unit it is printed in.
    pub value: String,
    /// What has to be set right to read it so.
    pub repairs: String,
}

/// An identity over a figure.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// Its name in the grammar.
    pub identity: String,
    /// Why it must hold.
    pub because: String,
    /// What must hold.
    pub law: &'static str,
    /// Whether it does; `None` where it says nothing.
    pub holds: Option<bool>,
    /// Why it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent: Option<&'static str>,
    /// What the parts come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    /// The figures it is over.
    pub terms: Vec<SaidOf>,
}

/// A figure that an identity is over.
#[derive(Clone, Debug, Serialize)]
pub struct SaidOf {
    /// What it is there.
    pub role: &'static str,
    /// Its form, from 1.
    pub form: u32,
    /// Whether it is the figure asked about.
    pub asked: bool,
    /// What stands behind it.
    pub trust: &'static str,
    /// Its place, its raw text and its value, as in the proofs of findings.
    #[serde(flatten)]
    pub term: Row,
}

impl View<'_> {
    /// What is known of a fact of a form (from 1).
    pub(super) fn figure(&self, ordinal: u32, at: u32, row: Option<&Row>) -> Option<FigureAccount> {
        let judged = self.form(ordinal)?;
        let fact = judged.facts.all.get(at as usize)?;
        let printed =
            |value: crate::value::decimal::Decimal| value.shifted(-fact.power).unwrap_or(value).to_string();
        let statements = proof::statements(&self.converted.forms, ordinal as usize - 1, at, self.grammars());
        let unit = row.and_then(|row| row.get("unit")).and_then(Value::as_str);
        let money = matches!(fact.place, Place::Amount(_));
        Some(FigureAccount {
            value: fact.value.map(|value| value.to_string()),
            printed_value: fact.value.map(printed),
            unit: unit.map(str::to_owned),
            unit_basis: fact.basis.filter(|_| money).map(|basis| basis.as_str()),
            unit_because: fact.basis.filter(|_| money).map(|basis| because::unit(judged, at, basis)),
            trust: fact.trust.as_str(),
            trust_because: because::trust(fact, &statements),
            readings: fact
                .readings
                .iter()
                .map(|(value, repairs)| Reading { value: printed(*value), repairs: repairs.to_string() })
                .collect(),
            identities: statements.iter().map(|statement| self.said(statement, ordinal, at)).collect(),
        })
    }

    fn said(&self, statement: &Statement, ordinal: u32, at: u32) -> Said {
        let forms = &self.converted.forms;
        let terms = statement.terms.iter().map(|term| SaidOf {
            role: term.role,
            form: term.form as u32 + 1,
            asked: (term.form as u32 + 1, term.fact) == (ordinal, at),
            trust: term.fact(forms).trust.as_str(),
            term: self.masked(term.to_json(forms)),
        });
        let (holds, silent) = match statement.verdict {
            Verdict::Holds => (Some(true), None),
            Verdict::Fails => (Some(false), None),
            Verdict::Silent(reason) => (None, Some(reason)),
        };
        Said {
            identity: statement.id.clone(),
            because: statement.because.clone(),
            law: statement.law,
            holds,
            silent,
            sum: statement.sum.map(|sum| sum.to_string()),
            terms: terms.collect(),
        }
    }

    /// A term's texts without personal values.
    fn masked(&self, term: Value) -> Row {
        let Value::Object(mut term) = term else { return Row::new() };
        for value in term.values_mut() {
            if let Value::String(text) = value {
                *value = json!(self.shown(text));
            }
        }
        term
    }
}
