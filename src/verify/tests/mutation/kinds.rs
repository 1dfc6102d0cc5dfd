//! The ways in which rows are altered.

use super::alter::{digit, line, maybe_line, member, next_number, other_code, replaced, text_digit, trust};
use super::{Due, Kind};
use crate::verify::rows::Rows;

/// Several alterations of each proof, so that each of its terms has its turn.
const TERMS: usize = 12;

macro_rules! kind {
    ($name:literal, $due:ident, $table:ident, |$row:ident, $place:ident| $alter:expr) => {
        Kind {
            name: $name,
            due: Due::$due,
            places: |rows| rows.$table.len(),
            alter: |rows, $place| {
                let $row = &mut rows.$table[$place];
                $alter
            },
        }
    };
    ($name:literal, $due:ident, proof $key:literal) => {
        Kind {
            name: $name,
            due: Due::$due,
            places: |rows| rows.findings.len() * TERMS,
            alter: |rows, place| {
                member(&mut rows.findings[place / TERMS].proof, $key, place % TERMS, next_number)
            },
        }
    };
    ($name:literal, $due:ident, drop $table:ident) => {
        Kind {
            name: $name,
            due: Due::$due,
            places: |rows| rows.$table.len(),
            alter: |rows, place| {
                rows.$table.remove(place);
                true
            },
        }
    };
    ($name:literal, $due:ident, twice $table:ident) => {
        Kind {
            name: $name,
            due: Due::$due,
            places: |rows| rows.$table.len(),
            alter: |rows, place| {
                let row = rows.$table[place].clone();
                rows.$table.insert(place, row);
                true
            },
        }
    };
}

/// The findings whose proof has a member.
fn with(rows: &Rows, member: &str) -> Vec<usize> {
    let member = format!("\"{member}\":");
    let has = |at: &usize| rows.findings[*at].proof.as_ref().is_some_and(|proof| proof.contains(&member));
    (0..rows.findings.len()).filter(has).collect()
}

macro_rules! rare {
    ($name:literal, $due:ident, $has:literal, $key:literal) => {
        Kind {
            name: $name,
            due: Due::$due,
            places: |rows| with(rows, $has).len() * TERMS,
            alter: |rows, place| {
                let at = with(rows, $has)[place / TERMS];
                member(&mut rows.findings[at].proof, $key, place % TERMS, next_number)
            },
        }
    };
}

/// Takes a finding away and lets the document's count know, so that the count does not give it away.
fn drop_finding(rows: &mut Rows, place: usize) -> bool {
    rows.findings.remove(place);
    rows.documents[0].findings -= 1;
    true
}

pub(super) fn all() -> Vec<Kind> {
    let mut kinds = figures();
    kinds.extend(places());
    kinds.extend(proofs());
    kinds.extend(rows_and_words());
    kinds
}

fn figures() -> Vec<Kind> {
    const UNITS: [&str; 5] = ["yuan", "thousand_yuan", "wan_yuan", "million_yuan", "yi_yuan"];
    const BASES: [&str; 7] = ["cell", "row", "column", "section", "form", "evidence", "default"];
    const MEASURES: [&str; 5] = ["budget", "budget_initial", "budget_final", "executed", "final_account"];
    vec![
        kind!("amounts.amount_yuan: a digit", Rows, amounts, |row, place| digit(&mut row.amount_yuan, place)),
        kind!("amounts.amount_yuan: null", Rows, amounts, |row, _place| row.amount_yuan.take().is_some()),
        kind!("amounts.raw: a digit", Rows, amounts, |row, place| text_digit(&mut row.raw, place)),
        kind!("amounts.unit", Sources, amounts, |row, place| replaced(&mut row.unit, &UNITS, place)),
        kind!("amounts.unit_basis", Counted, amounts, |row, place| replaced(
            &mut row.unit_basis,
            &BASES,
            place
        )),
        kind!("amounts.measure", Rows, amounts, |row, place| replaced(&mut row.measure, &MEASURES, place)),
        kind!("amounts.measure_label: a digit", Rows, amounts, |row, place| {
            row.measure_label.as_mut().is_some_and(|label| text_digit(label, place))
        }),
        kind!("amounts.amount_year", Rows, amounts, |row, _place| {
            row.amount_year = row.amount_year.map(|year| year + 1);
            true
        }),
        kind!("amounts.item_code", Rows, amounts, |row, place| other_code(&mut row.item_code, place)),
        kind!("amounts.trust", Rows, amounts, |row, place| trust(&mut row.trust, place)),
        kind!("measures.value: a digit", Rows, measures, |row, place| digit(&mut row.value, place)),
        kind!("measures.raw: a digit", Rows, measures, |row, place| text_digit(&mut row.raw, place)),
        kind!("measures.unit", Rows, measures, |row, place| replaced(
            &mut row.unit,
            &["person", "ratio"],
            place
        )),
        kind!("measures.amount_year", Rows, measures, |row, _place| {
            row.amount_year = row.amount_year.map(|year| year - 1);
            true
        }),
        kind!("measures.item_code", Rows, measures, |row, _place| {
            row.item_code.as_mut().is_some_and(|code| {
                code.push('x');
                true
            })
        }),
        kind!("measures.trust", Rows, measures, |row, place| trust(&mut row.trust, place)),
        kind!("indicators.weight: a digit", Sources, indicators, |row, place| digit(&mut row.weight, place)),
        kind!("indicators.score: a digit", Rows, indicators, |row, place| digit(&mut row.score, place)),
        kind!("indicators.level1_weight: a digit", Sources, indicators, |row, place| {
            digit(&mut row.level1_weight, place)
        }),
        kind!("indicators.trust", Rows, indicators, |row, place| trust(&mut row.trust, place)),
        kind!("indicators.weight_trust", Rows, indicators, |row, place| trust(&mut row.weight_trust, place)),
        kind!("forms.weight_total: a digit", Sources, forms, |row, place| digit(
            &mut row.weight_total,
            place
        )),
        kind!("forms.score_total: a digit", Sources, forms, |row, place| digit(&mut row.score_total, place)),
        kind!("forms.unit", Rows, forms, |row, place| {
            row.unit.as_mut().is_some_and(|unit| replaced(unit, &UNITS, place))
        }),
    ]
}

fn places() -> Vec<Kind> {
    vec![
        kind!("amounts.line", Sources, amounts, |row, place| line(&mut row.line, place)),
        kind!("measures.line", Sources, measures, |row, place| line(&mut row.line, place)),
        kind!("indicators.line", Sources, indicators, |row, place| line(&mut row.line, place)),
        kind!("texts.line", Sources, texts, |row, place| line(&mut row.line, place)),
        kind!("findings.line", Sources, findings, |row, place| maybe_line(&mut row.line, place)),
        kind!("forms.line", Sources, forms, |row, place| line(&mut row.line, place)),
        kind!("forms.line_last", Sources, forms, |row, place| line(&mut row.line_last, place)),
        kind!("amounts.cell", Counted, amounts, |row, place| line(&mut row.cell, place)),
        kind!("measures.cell", Counted, measures, |row, place| line(&mut row.cell, place)),
    ]
}

fn proofs() -> Vec<Kind> {
    vec![
        kind!("findings.proof: a value", Rows, proof "value"),
        kind!("findings.proof: a line", Sources, proof "line"),
        kind!("findings.proof: a raw", Rows, proof "raw"),
        kind!("findings.proof: a cell", Rows, proof "cell"),
        kind!("findings.proof: a form", Rows, proof "form"),
        kind!("findings.proof: an identity", Rows, proof "identity"),
        kind!("findings.proof: a law", Rows, proof "law"),
        kind!("findings.proof: a sum", Rows, proof "sum"),
        kind!("findings.proof: whether it holds", Rows, proof "holds"),
        kind!("findings.proof: a unit", Rows, proof "unit"),
        kind!("findings.proof: a field", Rows, proof "field"),
        Kind {
            name: "findings.proof: one of many parts gone",
            due: Due::Rows,
            places: |rows| with(rows, "parts").len(),
            alter: |rows, place| {
                let at = with(rows, "parts")[place];
                member(&mut rows.findings[at].proof, "parts", 0, |parts| {
                    parts.as_array_mut().map(Vec::pop);
                })
            },
        },
        rare!("findings.proof: which way a row is moved", Rows, "shifted_row", "by"),
        rare!("findings.proof: how a row was shifted", Rows, "shifted_row", "operator"),
        rare!("findings.proof: where a cell belongs", Rows, "shifted_row", "label"),
        rare!("findings.proof: a value in a shifted row", Rows, "shifted_row", "value"),
        rare!("findings.proof: a text of a shifted row", Rows, "shifted_row", "raw"),
        rare!("findings.proof: a line of a shifted row", Sources, "shifted_row", "line"),
        rare!("findings.proof: where a rule is stated", Sources, "stated", "line"),
        kind!("findings.proof: gone", Rows, findings, |row, _place| {
            row.code != "encoding.guessed" && row.proof.take().is_some()
        }),
        kind!("findings.value: a digit", Rows, findings, |row, place| {
            row.value.as_mut().is_some_and(|value| text_digit(value, place))
        }),
        kind!("findings.raw: a digit", Sources, findings, |row, place| {
            row.raw.as_mut().is_some_and(|raw| text_digit(raw, place))
        }),
        kind!("findings.code", Counted, findings, |row, place| {
            replaced(&mut row.code, &["sum.mismatch", "rate.mismatch", "label.guessed"], place)
        }),
        Kind {
            name: "findings: one dropped, counts mended, figures and identities",
            due: Due::Rows,
            places: |rows| rows.findings.len(),
            alter: |rows, place| {
                let other = ["encoding.", "document.", "line.", "template.", "level.", "row.", "label."];
                let code = &rows.findings[place].code;
                !other.iter().any(|lead| code.starts_with(lead)) && drop_finding(rows, place)
            },
        },
        Kind {
            name: "findings: one dropped, counts mended, others",
            due: Due::Counted,
            places: |rows| rows.findings.len(),
            alter: |rows, place| {
                let other = ["encoding.", "document.", "line.", "template.", "level.", "row.", "label."];
                let code = &rows.findings[place].code;
                other.iter().any(|lead| code.starts_with(lead)) && drop_finding(rows, place)
            },
        },
    ]
}

fn rows_and_words() -> Vec<Kind> {
    vec![
        kind!("amounts: a row twice", Rows, twice amounts),
        kind!("measures: a row twice", Rows, twice measures),
        kind!("indicators: a row twice", Rows, twice indicators),
        kind!("texts: a row twice", Rows, twice texts),
        kind!("findings: a row twice", Rows, twice findings),
        kind!("forms: a row twice", Rows, twice forms),
        kind!("findings: a row dropped", Rows, drop findings),
        kind!("indicators: a row dropped", Counted, drop indicators),
        kind!("forms: a row dropped", Rows, drop forms),
        kind!("amounts: a row dropped", Counted, drop amounts),
        kind!("measures: a row dropped", Counted, drop measures),
        kind!("texts: a row dropped", Counted, drop texts),
        kind!("amounts.department", Rows, amounts, |row, _place| {
            row.department = Some("别局".to_owned());
            true
        }),
        kind!("amounts.item", Rows, amounts, |row, _place| {
            row.item.push('甲');
            true
        }),
        kind!("indicators.level3", Sources, indicators, |row, _place| {
            row.level3.as_mut().is_some_and(|text| {
                text.push('甲');
                row.kind == "indicator"
            })
        }),
        kind!("indicators.target: a digit", Sources, indicators, |row, place| {
            row.target.as_mut().is_some_and(|text| text_digit(text, place))
        }),
        kind!("indicators.actual: a digit", Sources, indicators, |row, place| {
            row.actual.as_mut().is_some_and(|text| text_digit(text, place))
        }),
        kind!("indicators.target_value: a digit", Rows, indicators, |row, place| {
            digit(&mut row.target_value, place)
        }),
        kind!("indicators.actual_value: a digit", Rows, indicators, |row, place| {
            digit(&mut row.actual_value, place)
        }),
        kind!("texts.text", Sources, texts, |row, _place| {
            row.text.push('甲');
            true
        }),
        kind!("documents.lines", Sources, documents, |row, place| line(&mut row.lines, place)),
        kind!("documents.forms", Rows, documents, |row, place| line(&mut row.forms, place)),
        kind!("documents.bytes", Sources, documents, |row, _place| {
            row.bytes += 1;
            true
        }),
    ]
}
