//! Which lines are parts of a sum, where the grammar knows not all of them; and tables whose lines stand side by side.

use crate::conversion::{self, Outcome};

const SOURCES: &str = include_str!("../../samples/project-self-evaluation-sources.txt");
const SHARES: &str = include_str!("../../samples/project-self-evaluation-shares-and-grade.txt");
const SIDE_BY_SIDE: &str = include_str!("../../samples/three-public-side-by-side-repeated.txt");
const NOTE: &str = include_str!("../../samples/three-public-note-then-form.txt");

fn of<'o>(outcome: &'o Outcome, table: &str, column: &str) -> Vec<&'o str> {
    outcome.of_table(table).map(|row| row.get(column).unwrap_or("")).collect()
}

#[test]
fn lines_that_nobody_knows_are_parts_where_they_make_the_sum() {
    let read = conversion::of_text(SOURCES.to_owned());
    assert_eq!(of(&read, "amounts", "trust"), ["proven"; 15]);
    assert!(of(&read, "amounts", "item_code").contains(&""), "the line has a code");
    assert!(read.codes().is_empty(), "{:?}", read.codes());
    // Off by a cent it is no part, and the known ones do not make the total.
    let off = conversion::of_text(SOURCES.replace("\t商会共建款\n\t30.00\n", "\t商会共建款\n\t30.01\n"));
    assert_eq!(off.codes().iter().filter(|code| **code == "sum.mismatch").count(), 1);
    assert_eq!(of(&off, "amounts", "trust").iter().filter(|trust| **trust == "disputed").count(), 4);
}

#[test]
fn what_is_printed_within_a_part_is_not_added_beside_it() {
    // 省级资金 is now a part of 财政拨款, and the line that nobody knows alone is what the sum lacks.
    let fiscal = |sums: &str| format!("\t其中：当年财政拨款\n{sums}");
    let within =
        SOURCES.replace(&fiscal("\t100.00\n\t100.00\n\t100.00\n"), &fiscal("\t220.00\n\t220.00\n\t210.00\n"));
    let read = conversion::of_text(within);
    let trusts = of(&read, "amounts", "trust");
    let stated: Vec<usize> = (0..trusts.len()).filter(|&at| trusts[at] == "stated").collect();
    assert_eq!(stated, [6, 7, 8], "{:?}", read.codes());
    assert_eq!(trusts.iter().filter(|trust| **trust == "proven").count(), 12);
}

#[test]
fn weights_are_shares_only_where_all_are_and_they_make_a_whole() {
    let read = conversion::of_text(SHARES.to_owned());
    assert_eq!(of(&read, "indicators", "weight"), ["10.0000", "50.0000", "20.0000", "20.0000"]);
    assert!(read.codes().is_empty(), "{:?}", read.codes());
    assert!(of(&read, "texts", "field").contains(&"grade"));
    for broken in [SHARES.replace("\t50%\n", "\t95%\n"), SHARES.replace("\t50%\n", "\t50\n")] {
        let read = conversion::of_text(broken);
        assert!(read.codes().contains(&"number.unreadable"), "{:?}", read.codes());
    }
}

#[test]
fn a_row_that_is_not_as_long_as_a_header_of_lines_is_left() {
    let read = conversion::of_text(SIDE_BY_SIDE.to_owned());
    assert_eq!(of(&read, "amounts", "trust"), ["proven"; 12]);
    let cut = conversion::of_text(SIDE_BY_SIDE.replace(" 3.00 |", ""));
    assert!(!of(&cut, "amounts", "trust").contains(&"proven"));
    assert!(!of(&cut, "amounts", "trust").contains(&"stated"));
    let off = conversion::of_text(SIDE_BY_SIDE.replace("| 21.35 |", "| 21.53 |"));
    assert_eq!(off.codes(), ["sum.mismatch"]);
}

#[test]
fn a_note_below_the_last_figure_is_no_part_of_it() {
    let read = conversion::of_text(NOTE.to_owned());
    assert_eq!(of(&read, "amounts", "trust")[..8], ["proven"; 8]);
    assert!(of(&read, "texts", "field").contains(&"note"));
}

#[test]
fn sums_of_several_lines_in_one_cell_are_several() {
    let sample = include_str!("../../samples/department-self-evaluation-spaced-cells.txt");
    let several = sample
        .replace(
            "纳入专户管理的非税收入拨款：\n\n其他资金：",
            "纳入专户管理的非税收入拨款：0.00\n其他资金：30.00",
        )
        .replace("一般公共预算收入：2030.40", "一般公共预算收入：2000.40");
    let read = conversion::of_text(several);
    let items = of(&read, "amounts", "item");
    let at = items.iter().position(|item| *item == "其他资金").expect("no other money");
    assert_eq!(of(&read, "amounts", "raw")[at], "30.00");
    assert_eq!(of(&read, "amounts", "trust")[at], "proven", "{:?}", read.codes());
}

#[test]
fn budgets_of_three_public_are_read_a_cell_a_line_and_a_row_a_line() {
    let rows = [
        ("合计", "443"),
        ("1.因公出国(境)费用", "39"),
        ("2.公务接待费", "32"),
        ("3.公务用车购置及运行维护费", "372"),
        ("其中:公务用车运行维护费", "260"),
        ("公务用车购置", "112"),
    ];
    let cells: String = rows.iter().map(|(label, sum)| format!("{label} |\n{sum} |\n")).collect();
    let cells = format!("2021年柳溪县“三公”经费预算支出表\n单位:万元\n项目 |\n预算数 |\n{cells}");
    let bars: String = rows.iter().map(|(label, sum)| format!("{label} | {sum} | {sum} |\n")).collect();
    let bars = format!(
        "2021年柳溪县“三公”经费情况统计表 | ||\n项 目 | 本年预算数 | 其中:公共预算财政拨款 |\n{bars}注:单位:万元 | ||\n"
    );
    for text in [cells, bars] {
        let read = conversion::of_text(text.clone());
        let trust: Vec<_> = read.of_table("amounts").map(|row| row.get("trust").unwrap_or("")).collect();
        assert!(trust.len() >= rows.len(), "{text}");
        assert!(trust.iter().all(|trust| ["proven", "assumed"].contains(trust)), "{trust:?}\n{text}");
        let first = read.of_table("amounts").next().and_then(|row| row.get("amount_yuan"));
        assert_eq!(first, Some("4430000.00"), "{text}");
    }
}
