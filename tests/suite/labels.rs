//! What is a label, and what only stands where one could.

use crate::conversion::{self, Outcome};

/// A table of expenditure, its first header and one label as given.
fn table(header: &str, label: &str) -> Outcome {
    conversion::of_text(format!(
        "部门整体支出绩效评价基础数据表\n填报单位：（盖章）      单位：万元\n\
         \t经费控制情况\n\t{header}\n\t2022年预算数\n\t2022年决算数\n\n\
         \t一、部门基本支出\n\t20.00\n\t30.00\n\t29.00\n\n\
         \t{label}\n\t9.20\n\t17.00\n\t10.50\n\n\
         \t厉行节约保障措施\n\t统一采购办公用品。\n"
    ))
}

fn items(outcome: &Outcome) -> Vec<(&str, &str, &str)> {
    let of = outcome.of_table("amounts");
    of.map(|row| (row.get("item").unwrap(), row.get("measure").unwrap(), row.get("raw").unwrap())).collect()
}

#[test]
fn a_mark_before_a_label_is_no_part_of_it() {
    let plain = table("2021年决算数", "其中：公用经费");
    assert_eq!(items(&plain).len(), 6);
    let marked = table("[bookmark: _GoBack]2021年决算数", "[bookmark: OLE_LINK1] 其中：公用经费");
    assert_eq!(items(&marked), items(&plain));
}

#[test]
fn a_figure_is_no_label() {
    let outcome = table("某某数", "出租出借支出");
    assert_eq!(
        items(&outcome),
        [
            ("部门基本支出", "budget", "30.00"),
            ("部门基本支出", "final_account", "29.00"),
            ("出租出借支出", "budget", "17.00"),
            ("出租出借支出", "final_account", "10.50"),
        ]
    );
    for raw in ["20.00", "9.20"] {
        let mut findings = outcome.of_table("findings");
        assert!(findings.any(|row| row.get("raw") == Some(raw)), "{raw} is lost");
    }
}

/// What stands behind a quoted cell on its last line is no part of it, even where the cell's own part of that line is blank.
#[test]
fn a_quoted_cell_ends_at_its_mark() {
    let label = |cell: &str| {
        conversion::of_text(format!(
            "部门整体支出绩效评价基础数据表\n填报单位：（盖章）      单位：万元\n\
             经费控制情况\t2021年决算数\t2022年预算数\t2022年决算数\n\
             一、部门基本支出\t20.00\t30.00\t29.00\n\
             {cell}\t9.20\t17.00\t10.50\n\
             厉行节约保障措施\t统一采购办公用品。\n"
        ))
    };
    let plain = label("其中：公用经费");
    assert_eq!(items(&plain).len(), 6);
    assert_eq!(items(&label("\"其中：公用经费\n\"")), items(&plain));
    assert_eq!(items(&label("\"其中：公\n用经费\n　\"")), items(&plain));
}

/// The corner is all that states a unit here, and its label is also one with the unit in it.
#[test]
fn the_unit_in_a_corner_is_that_of_its_table() {
    let outcome = conversion::of_text(
        "部门整体支出绩效评价基础数据表\n填报单位：某县某局\n\
         \t经费控制情况（万元）\n\t2021年决算数\n\t2022年预算数\n\t2022年决算数\n\n\
         \t部门基本支出\n\t20.00\n\t30.00\n\t29.00\n\n\
         \t厉行节约保障措施\n\t统一采购办公用品。\n",
    );
    let amounts: Vec<_> =
        outcome.of_table("amounts").map(|row| (row.get("unit_basis"), row.get("trust"))).collect();
    assert_eq!(amounts, [(Some("section"), Some("stated")); 3]);
    assert!(outcome.of_table("findings").all(|row| row.get("code") != Some("unit.unknown")));
}
