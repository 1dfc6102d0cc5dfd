//! Documents in which tables are written in more than one way, and tables that a program could not draw: what stands in them is read
//! as it is where all of them are written alike.

use crate::conversion::{self, Outcome};

const HEADING: &str = "2023年度“三公”经费支出决算表\n\n编制单位：青禾市司法局        单位：万元\n\n";

/// Lines of a page that has one more form in HTML.
const PAGE: &str = "<p>项目支出绩效自评表</p>\n<p>（2023年度）</p>\n<table>\n\
    <tr><td>项目名称</td><td colspan=\"6\">河道整治经费</td></tr>\n\
    <tr><td>项目资金（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td></tr>\n\
    <tr><td></td><td>年度资金总额</td><td>90.00</td><td>80.00</td><td>70.00</td></tr>\n</table>\n\n";

fn sums(outcome: &Outcome) -> Vec<(String, String)> {
    let of = outcome.of_table("amounts").filter(|row| row.get("form_type") == Some("three_public"));
    let mut sums: Vec<(String, String)> = of
        .map(|row| (row.get("item").unwrap().to_owned(), row.get("amount_yuan").unwrap().to_owned()))
        .collect();
    sums.sort();
    sums
}

fn trusts(outcome: &Outcome) -> Vec<&str> {
    let mut trusts: Vec<&str> = outcome.of_table("amounts").filter_map(|row| row.get("trust")).collect();
    trusts.sort_unstable();
    trusts.dedup();
    trusts
}

const PIPES: &str = "| 项目 | 预算数 | 决算数 |\n|---|---|---|\n| 合计 | 9.20 | 7.25 |\n| 1.因公出国（境）费 | 3.00 | 2.40 |\n\
    | 2.公务接待费 | 6.20 | 4.85 |\n\n";

const BOXES: &str = "+--------------------+--------+--------+\n| 项目               | 预算数 | 决算数 |\n\
    +====================+========+========+\n| 合计               | 9.20   | 7.25   |\n\
    +--------------------+--------+--------+\n| 1.因公出国（境）费 | 3.00   | 2.40   |\n\
    +--------------------+--------+--------+\n| 2.公务接待费       | 6.20   | 4.85   |\n\
    +--------------------+--------+--------+\n\n";

const DASHES: &str = "  -------------------------------------\n  项目                 预算数   决算数\n\
    \x20 -------------------- -------- --------\n  合计                 9.20     7.25\n\n\
    \x20 1.因公出国（境）费   3.00     2.40\n\n  2.公务接待费         6.20     4.85\n\
    \x20 -------------------------------------\n\n";

#[test]
fn tables_of_markdown_are_read_beside_tables_in_html() {
    let alone = sums(&conversion::of_text(format!("{HEADING}{PIPES}")));
    assert_eq!(alone.len(), 6);
    for (name, table) in [("pipes", PIPES), ("boxes", BOXES), ("dashes", DASHES)] {
        for text in [format!("{HEADING}{table}{PAGE}"), format!("{PAGE}{HEADING}{table}")] {
            let outcome = conversion::of_text(text);
            assert_eq!(sums(&outcome), alone, "{name}");
            assert_eq!(outcome.of_table("amounts").count(), 9, "{name}");
            assert_eq!(outcome.lines_unclaimed, 0, "{name}");
        }
    }
}

#[test]
fn tables_of_boxes_and_of_dashes_stand_in_one_document() {
    let alone = sums(&conversion::of_text(format!("{HEADING}{DASHES}")));
    assert_eq!(alone.len(), 6);
    let outcome = conversion::of_text(format!("{HEADING}{DASHES}{HEADING}{BOXES}"));
    let mut twice = [alone.clone(), alone].concat();
    twice.sort();
    assert_eq!(sums(&outcome), twice);
    assert_eq!(trusts(&outcome), ["proven"]);
    assert_eq!(outcome.lines_unclaimed, 0);
}

#[test]
fn dashes_in_a_cell_end_no_row() {
    let boxes = "+----------+--------+--------+\n| 项目     | 预算数 | 决算数 |\n+==========+========+========+\n\
        | 因公出国 | ------ | 7.25   |\n| （境）费 |        |        |\n+----------+--------+--------+\n\n";
    assert_eq!(
        sums(&conversion::of_text(format!("{HEADING}{boxes}"))),
        [("因公出国(境)费".to_owned(), "72500.00".to_owned())]
    );
}

#[test]
fn quotation_marks_may_be_straight() {
    let text = format!("{HEADING}{PIPES}").replace(['“', '”'], "\"").replace("合计", "\"三公\"经费合计");
    let outcome = conversion::of_text(text);
    assert_eq!(trusts(&outcome), ["proven"]);
    assert_eq!(sums(&outcome).iter().filter(|(item, _)| item == "\"三公\"经费合计").count(), 2);
}

/// The ministry's table, whose lines stand side by side.
const WIDE: [&str; 28] = [
    "预算数",
    "决算数",
    "合计",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务接待费",
    "合计",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务接待费",
    "小计",
    "公务用车购置费",
    "公务用车运行维护费",
    "小计",
    "公务用车购置费",
    "公务用车运行维护费",
    "24.60",
    "3.00",
    "15.40",
    "0.00",
    "15.40",
    "6.20",
    "21.35",
    "2.40",
    "14.10",
    "0.00",
    "14.10",
    "4.85",
];

#[test]
fn lines_side_by_side_are_known_in_a_stream() {
    let cells = |between: &str| format!("{HEADING}{}\n\n注：本表反映支出情况。\n", WIDE.join(between));
    for (name, text) in [
        ("spaced", cells("\n\n")),
        ("lines", cells("\n").replace("\n\n", "\n")),
        ("bars", cells("\n|").replace("\n\n预算数", "\n|预算数")),
    ] {
        let outcome = conversion::of_text(text);
        assert_eq!(sums(&outcome).len(), 12, "{name}");
        assert_eq!(trusts(&outcome), ["proven"], "{name}");
        assert_eq!(outcome.of_table("findings").count(), 0, "{name}");
    }
    // One figure more or less, and nothing says whose they are.
    for text in [cells("\n\n").replace("24.60", "24.60\n\n3.00"), cells("\n\n").replace("6.20\n\n", "")] {
        assert_eq!(sums(&conversion::of_text(&text)).iter().filter(|(_, sum)| sum == "246000.00").count(), 0);
    }
}

#[test]
fn a_table_too_wide_for_its_boxes_stands_on_one_line() {
    let bars = |cells: &[&str]| cells.join(" |");
    let (first, rest) = WIDE.split_at(2);
    let line = format!("|{}|\n\n\n{} | |注：本表反映支出情况。\n", first.join("     |"), bars(rest));
    let alone = conversion::of_text(format!("{HEADING}{line}"));
    assert_eq!(sums(&alone).len(), 12);
    assert_eq!(trusts(&alone), ["proven"]);
    let boxes = "|项目    |预算数  |决算数  |\n|合计    |9.20    |7.25    |\n|因公出国|3.00    |2.40    |\n|费      |        |        |\n\
        |公务接待|6.20    |4.85    |\n|费      |        |        |\n\n";
    let among = conversion::of_text(format!("{HEADING}{boxes}{HEADING}{line}"));
    assert_eq!(sums(&among).len(), 18);
}

#[test]
fn totals_in_one_cell_are_two() {
    let form = |total: &str| {
        conversion::of_text(format!(
            "项目支出绩效自评表\n（2023年度）          单位：万元\n项目名称\t河道整治经费\n\
             主管部门\t青禾市水利局\t实施单位\t青禾市河道管理所\n\
             绩效指标\t一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t得分\t偏差原因分析及改进措施\n\
             \t产出指标\t数量指标\t整治河道\t60\t2公里\t2公里\t58\n\n\
             \t质量指标\t工程合格率\t40\t100%\t100%\t39.5\n\n{total}"
        ))
    };
    let totals = |outcome: &Outcome| {
        let form = outcome.of_table("forms").next().unwrap();
        (form.get("weight_total").map(str::to_owned), form.get("score_total").map(str::to_owned))
    };
    let apart = form("\t总分\t100\n97.5\n");
    assert_eq!(totals(&apart), (Some("100.0000".to_owned()), Some("97.5000".to_owned())));
    assert!(!apart.codes().contains(&"score.sum_mismatch"));
    // The pieces of one total are one.
    assert_eq!(totals(&form("\t总分\t9\n7.5\n")).0, None);
}
