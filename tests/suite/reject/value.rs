//! Texts that are no number, target, date, year or weight: no value is made of them.

use super::cases;
use crate::conversion::{self, GRAMMARS};
use biaodan::value::number::Figure;
use biaodan::value::{blank, date, figure, score, target};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    reader: String,
    refused: Vec<String>,
}

/// What a reader makes of a text; `None` where it refuses it as it should.
fn read(reader: &str, text: &str) -> Option<String> {
    let lexicon = &GRAMMARS.lexicon;
    let shown = |figure: Figure<'_>| (figure != Figure::Unreadable).then(|| format!("{figure:?}"));
    match reader {
        "figure" => shown(figure::figure(text, lexicon)),
        "score" => shown(score::score(text, lexicon)),
        "blank" => (!blank::is_blank(text, lexicon)).then(|| "no blank".to_owned()),
        "target" => target::target(text, lexicon).value.map(|value| value.to_string()),
        "date" => date::date(text, lexicon).map(|date| date.to_string()),
        "year" => date::year(text, lexicon).map(|year| year.to_string()),
        "level" => score::level_weight(text, lexicon).map(|level| level.weight.to_string()),
        other => panic!("no reader is called {other}"),
    }
}

#[test]
fn no_value_is_made_of_what_is_none() {
    let mut wrong = Vec::new();
    for (name, case) in cases::<Case>("value") {
        assert!(case.refused.len() > 5, "{name} has been emptied");
        let read = case.refused.iter().filter_map(|text| Some((text, read(&case.reader, text)?)));
        wrong.extend(read.map(|(text, value)| format!("{name}: `{text}` is read as {value}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn refused(reader: &str) -> Vec<String> {
    let of_reader = cases::<Case>("value").into_iter().filter(|(_, case)| case.reader == reader);
    let texts: Vec<String> = of_reader.flat_map(|(_, case)| case.refused).collect();
    assert!(!texts.is_empty(), "no case for {reader}");
    texts
}

/// A form with a text in the cell of a sum.
fn with_amount(text: &str) -> String {
    format!(
        "部门整体支出绩效评价基础数据表\n填报单位：某局\t（2022年度）\t单位：万元\n经费控制情况\t2022年预算数\n\
         政府采购金额\t{text}\n财政供养人员情况\t编制数\n\t40\n厉行节约保障措施\t按月盘点\n"
    )
}

#[test]
fn an_unreadable_sum_is_kept_as_text_and_never_trusted() {
    for text in refused("figure") {
        let outcome = conversion::of_text(with_amount(&text));
        let amounts: Vec<_> = outcome.of_table("amounts").collect();
        assert_eq!(amounts.len(), 1, "{text}: {amounts:?}");
        let amount = amounts[0];
        let shown = (amount.get("amount_yuan"), amount.get("raw"), amount.get("trust"));
        assert_eq!(shown, (None, Some(text.as_str()), Some("disputed")));
        let finding = outcome.of_table("findings").find(|row| row.get("code") == Some("number.unreadable"));
        let finding = finding.unwrap_or_else(|| panic!("{text}: {:?}", outcome.codes()));
        assert_eq!((finding.get("raw"), finding.int("line")), (Some(text.as_str()), 4));
    }
}

#[test]
fn a_blank_cell_gives_no_row_and_no_zero() {
    for text in refused("blank") {
        let outcome = conversion::of_text(with_amount(&text));
        assert_eq!(outcome.of_table("forms").count(), 1, "{text}");
        assert_eq!(outcome.of_table("amounts").count(), 0, "{text}");
        assert!(outcome.codes().is_empty(), "{text}: {:?}", outcome.codes());
    }
}
