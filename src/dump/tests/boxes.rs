//! Rows of boxes without rules: what antiword prints for a row, and what must become of it.

use crate::dump::{Dialect, detect};

/// The rows of a box.
fn rows(text: &str) -> Vec<String> {
    super::rows(text, Dialect::Boxes)
}

#[test]
fn a_label_may_begin_behind_an_empty_paragraph() {
    let scored = "\
|          |林木抚育  |6         |≥90%     |95%       |6         |
|质量      |          |          |          |          |          |
|指标      |          |          |          |          |          |
|          |苗木成活  |7         |≥85%     |88%       |7         |
";
    assert_eq!(rows(scored), ["质量+指标/林木抚育/6/≥90%/95%/6", "/苗木成活/7/≥85%/88%/7"]);
    let sums = "\
|年度资金总额        |120.00    |120.00    |
|                    |80.00     |80.00     |
|其中：财政拨款      |          |          |
|其他资金            |40.00     |40.00     |
";
    assert_eq!(
        rows(sums),
        ["年度资金总额/120.00/120.00", "其中：财政拨款/80.00/80.00", "其他资金/40.00/40.00"]
    );
}

#[test]
fn a_label_may_go_on_behind_an_empty_paragraph() {
    let table = "\
|时效      |林木抚育按|6         |≥90%     |
|          |期完成    |          |          |
|指标      |          |          |          |
|          |苗木成活  |7         |≥85%     |
";
    assert_eq!(rows(table), ["时效+指标/林木抚育按期完成/6/≥90%", "/苗木成活/7/≥85%"]);
}

#[test]
fn a_row_below_a_gap_is_no_end_of_a_label() {
    let table = "\
|质量指标  |林木抚育按|有效保障  |基本实现  |
|          |期完成    |          |          |
|时效指标  |苗木成活  |较为认可  |基本实现  |
";
    assert_eq!(
        rows(table),
        ["质量指标/林木抚育按期完成/有效保障/基本实现", "时效指标/苗木成活/较为认可/基本实现"]
    );
    let whole = "\
|产出指标  |数量指标  |林木抚育  |较为认可  |
|          |质量指标  |苗木成活  |显著提升  |
";
    assert_eq!(rows(whole), ["产出指标/数量指标/林木抚育/较为认可", "/质量指标/苗木成活/显著提升"]);
}

#[test]
fn a_figure_that_was_cut_is_whole_again() {
    let table = "\
|年度资金总额        |　2236.465|２２３６．|2079.9125 |
|                    |2         |４６５２  |          |
|其中：财政拨款      |1908.28   |1908.28   |1700.00   |
|                    |万元      |          |          |
|其他资金            |0.00      |0.00      |0.00      |
";
    assert_eq!(
        rows(table),
        [
            "年度资金总额/2236.4652/２２３６．４６５２/2079.9125",
            "其中：财政拨款/1908.28万元/1908.28/1700.00",
            "其他资金/0.00/0.00/0.00"
        ]
    );
}

#[test]
fn a_figure_may_begin_behind_an_empty_paragraph() {
    let table = "\
|社会效    |苗圃管护  |2334株    |2334株    |          |12        |
|益指标    |          |          |          |6         |          |
|          |林木抚育  |528亩     |528亩     |          |5         |
|          |          |          |          |5         |          |
|          |苗木成活  |≥85%     |88%       |7         |7         |
";
    assert_eq!(
        rows(table),
        ["社会效+益指标/苗圃管护/2334株/2334株/6/12", "/林木抚育/528亩/528亩/5/5", "/苗木成活/≥85%/88%/7/7"]
    );
}

#[test]
fn a_label_of_its_own_is_not_joined_to_a_row_of_figures() {
    let table = "\
|公务用车运行维护    |46.4|46.3|41.7|
|2、出国经费         |    |    |    |
|3、公务接待         |36.4|24.7|24.8|
";
    assert_eq!(rows(table), ["公务用车运行维护/46.4/46.3/41.7", "2、出国经费", "3、公务接待/36.4/24.7/24.8"]);
}

#[test]
fn a_header_over_sums_is_one_row() {
    let table = "\
|资金      |                    |全年预    |全年执    |预算执    |
|情况      |                    |算数      |行数      |行率      |
|（万元）  |                    |（A）     |（B）     |（B/A×100%|
|          |                    |          |          |）        |
|          |年度资金总额        |28203.5190|28203.5190|100%      |
";
    assert_eq!(
        rows(table),
        [
            "资金+情况+（万元）//全年预+算数+（A）/全年执+行数+（B）/预算执+行率+（B/A×100%）",
            "/年度资金总额/28203.5190/28203.5190/100%"
        ]
    );
}

#[test]
fn boxes_are_told_where_signs_may_be_wide() {
    // antiword takes these signs for two columns; other programs print them as one.
    let lines = "\
|苗圃管护  |≥90%     |
|林木抚育  |1528.00   |
|苗木成活  |≤1146株  |
|资料归档  |12        |
|台账登记  |≥100%    |
";
    assert_eq!(detect(lines), Some(Dialect::Boxes));
}

/// A sum above its label, which begins with an empty paragraph, where the label above has its own.
#[test]
fn a_sum_may_stand_above_its_label() {
    let table = |above: &str, behind: &str| {
        format!(
            "|年度资金总额        |{above:<10}|\n|                    |80.00     |\n|其中：财政拨款      |          |\n{behind}"
        )
    };
    let other = "|其他资金            |40.00     |\n";
    assert_eq!(
        rows(&table("120.00", other)),
        ["年度资金总额/120.00", "其中：财政拨款/80.00", "其他资金/40.00"]
    );
    // Either label may have it where the one above has none, or where another sum stands below.
    assert_eq!(rows(&table("", other)).len(), 4);
    assert_eq!(rows(&table("120.00", "|                    |70.00     |\n")).len(), 4);
}

/// Beside a piece of the label in the corner a sum has no label of its own: it is that of the row above.
#[test]
fn a_sum_beside_a_piece_of_the_corner_is_the_rows() {
    let late = "\
|项目      |年度资金总额        |          |
|资金      |                    |27104798.5|
|（元）    |                    |          |
|          |其他资金            |100.00    |
";
    assert_eq!(rows(late), ["项目+资金+（元）/年度资金总额/27104798.5", "/其他资金/100.00"]);
    let cut = "\
|年度预    |资金总额：13772288  |　１３７７|100%      |
|算申请    |                    |２２８８  |          |
";
    assert_eq!(rows(cut), ["年度预+算申请/资金总额：13772288/１３７７２２８８/100%"]);
    let begun = "\
|年度预    |                    |３６０７．|100%      |
|算申请    |资金总额：3607.6658 |６６５８  |          |
";
    assert_eq!(rows(begun), ["年度预+算申请/资金总额：3607.6658/３６０７．６６５８/100%"]);
    // Figures over a label that has none of its own are its, though the label above has none either.
    let next = "\
|资金      |地方财政资金        |          |          |
|          |                    |1606.68   |1446.01 元|
|          |其他资金            |          |          |
";
    assert_eq!(rows(next), ["资金/地方财政资金//", "/其他资金/1606.68/1446.01 元"]);
    // But not where the row above has room for just these, beside one of its own: they may be either's.
    let either = "\
|资金      |地方财政资金        |          |1857.43   |          |
|          |                    |1,653.11  |          |1615.96   |
|          |其他资金            |          |          |          |
";
    assert_eq!(rows(either), ["资金/地方财政资金//1857.43/", "//1,653.11//1615.96", "/其他资金///"]);
    // Beside labels figures are two rows' sums.
    let labelled = "\
|水费      |1234567890|10.00     |
|电费      |1234      |10.00     |
";
    assert_eq!(rows(labelled), ["水费/1234567890/10.00", "电费/1234/10.00"]);
}

/// A short target below a gap is no end of the one above it: with its indicator it is a line.
#[test]
fn a_short_line_below_a_wrapped_one_is_a_row() {
    let table = "\
|          |时效指标  |林木抚育按|长期      |
|          |          |期完成    |          |
|          |          |苗木成活  |长期      |
";
    assert_eq!(rows(table), ["/时效指标/林木抚育按期完成/长期", "//苗木成活/长期"]);
}
