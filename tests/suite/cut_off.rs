//! Cells that a page's extractor cut in two, and tables that run on from each other: halves of a unit, of a label and of a title's
//! quotes, cells that are repeated, and rows below another table's header.

use crate::conversion::{self, Outcome};

fn of<'o>(outcome: &'o Outcome, table: &str, column: &str) -> Vec<&'o str> {
    outcome.of_table(table).map(|row| row.get(column).unwrap_or("")).collect()
}

/// A transfer's sums below a corner and the cell beside it.
fn cornered(corner: &str, beside: &str) -> Outcome {
    conversion::of_text(format!(
        "# 中央对地方转移支付绩效自评表\n\n（2022年度）\n\n|转移支付（项目）名称||堤防加固资金||||\n|---|---|---|---|---|---|\n\
         |{corner}|{beside}||全年预算数（A）|全年执行数（B）|预算执行率（B/A×100%）|\n|||年度资金总额：|65.00|65.00|100%|\n\
         |||地方资金|65.00|65.00|100%|\n"
    ))
}

#[test]
fn the_halves_of_a_unit_that_was_cut_are_joined_or_state_none() {
    for (corner, beside) in [("资金投入情况（万元）", ""), ("资金投入<br>元）", "情况（万")]
    {
        let read = cornered(corner, beside);
        assert_eq!(of(&read, "amounts", "amount_yuan"), ["650000.00"; 4], "{corner} {:?}", read.codes());
        assert_eq!(of(&read, "amounts", "trust"), ["proven"; 4], "{corner}");
    }
    // Halves that make no unit together.
    let read = cornered("资金投入<br>元）", "情况（见附");
    assert_eq!(of(&read, "amounts", "trust"), ["assumed"; 4], "{:?}", read.codes());
    // A bracket that was lost where no cell has the other half.
    let read = cornered("资金投入情况万元）", "");
    assert_eq!(of(&read, "amounts", "amount_yuan"), ["650000.00"; 4], "{:?}", read.codes());
}

#[test]
fn a_row_that_a_page_cut_within_its_label_is_not_trusted() {
    let read = |rows: &str| {
        conversion::of_text(format!(
            "# 项目支出绩效自评表\n\n（2022年度）\n\n|项目名称|堤防加固专项|||||||\n|---|---|---|---|---|---|---|---|\n\
             |项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分|\n||年度资金总额|761.00|761.00|607.17|10|79.79%|7.98|\n\
             {rows}"
        ))
    };
    let sound = read("||其他资金|761.00|761.00|607.17||||\n");
    assert!(!of(&sound, "amounts", "trust").contains(&"assumed"), "{:?}", sound.codes());
    let cut = read("||其他资<br>|761.0<br>|761.0<br>|607.1<br>||||\n||金|0|0|7||||\n");
    let rest = cut.of_table("amounts").filter(|row| row.get("item") != Some("年度资金总额"));
    let trust: Vec<_> = rest.map(|row| row.get("trust").unwrap_or("")).collect();
    assert_eq!(trust, ["assumed"; 6], "{:?}", cut.codes());
}

#[test]
fn a_label_with_its_sum_that_a_line_repeats_is_given_once() {
    let read = |again: usize| {
        let (left, right) = ("政府性基金拨款：5.00     ".repeat(again), "项目支出：14.66     ".repeat(again));
        conversion::of_text(format!(
            "       部门名称          部门名称          青禾市水利局          青禾市水利局        青禾市水利局\n\
             年度预算 （万元）   年度预算 （万元）    年初预算数       全年预算数       全年执行数       分值      执行率      得分\n\
             年度预算 （万元）   年度预算 （万元）    年度资金总额     19.66     19.66     19.66     10    100.00%    10\n\
             年度预算 （万元）   年度预算 （万元）    {left}{right}\n"
        ))
    };
    let inline = |read: &Outcome| {
        let rows = read.of_table("amounts").filter(|row| row.get("item") != Some("年度资金总额"));
        rows.map(|row| format!("{} {}", row.get("item").unwrap(), row.get("amount_yuan").unwrap()))
            .collect::<Vec<_>>()
    };
    let once = inline(&read(1));
    assert_eq!(once, ["政府性基金拨款 50000.00", "项目支出 146600.00"]);
    assert_eq!(inline(&read(3)), once);
}

#[test]
fn a_title_may_have_its_quotes_around_all_of_it() {
    let table = "\n\n编制单位：青禾市水利局　　　2022年度　　　单位：万元\n\n项目           预算数          决算数\n\
                 合计                   23.00                  3.65\n公务接待费             23.00                  3.65\n";
    for title in ["“三公”经费支出情况表", "“ 三公经费支出情况表”"] {
        let read = conversion::of_text(format!("{title}{table}"));
        assert_eq!(of(&read, "forms", "form_type"), ["three_public"], "{title} {:?}", read.codes());
        assert_eq!(of(&read, "amounts", "measure"), ["budget", "final_account", "budget", "final_account"]);
    }
    // Words that quote nothing but a title's name are no title.
    let read = conversion::of_text(format!("详见所附“三公经费支出情况表”{table}"));
    assert!(of(&read, "forms", "form_type").is_empty(), "{:?}", of(&read, "forms", "title"));
}

/// Tables between bars without titles, whose first rows have blank cells, one below the other.
#[test]
fn tables_that_run_together_are_read_under_their_own_headers() {
    let read = conversion::of_text(
        "项目 | 预算数 | 决算数\n合计 | 23.00 | 3.65\n1.因公出国（境）费 | 0.00 | 0.00\n2.公务用车购置及运行维护费 | 15.00 | 2.42\n\
         其中：公务用车购置费 | 0.00 | 0.00\n公务用车运行维护费 | 15.00 | 2.42\n3.公务接待费 | 8.00 | 1.23\n\
         转移支付（项目）名称 |  | 堤防加固转移支付资金 |  |  |  | \n中央主管部门 |  | 水利部 |  |  |  | \n\
         资金投入情况（万元） |  |  | 全年预算数（A） | 全年执行数（B） |  | 预算执行率（B/A×100%）\n\
          |  | 年度资金总额： | 1139.00 | 1005.95 |  | 88.32%\n |  | 其中：中央财政资金 | 868.00 | 868.00 |  | 100.00%\n\
          |  | 地方资金 | 271.00 | 137.95 |  | 50.90%\n\
         总体目标完成情况 | 总体目标 |  |  | 全年实际完成情况 |  | \n | 加固堤防12处。 |  |  | 已经加固。 |  | \n\
         绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施\n\
          | 产出指标 | 数量指标 | 加固堤防处数 | ≥12处 | 12处 | \n说明 | 无 |  |  |  |  | \n\
         财政供养人员情况 | 编制数 | 2022年实际在职人数 | 控制率\n | 48 | 45 | 93.75%\n\
         经费控制情况 | 2021年决算数 | 2022年预算数 | 2022年决算数\n一、部门基本支出 | 946.20 | 915.27 | 978.58\n\
         其中：公用经费 | 46.20 | 47.61 | 38.57\n其中：办公经费 | 30.50 | 31.45 | 25.40\n水费、电费、差旅费 | 12.40 | 12.36 | 10.36\n\
         会议费、培训费 | 3.30 | 3.80 | 2.81\n三公经费 | 27.20 | 29.17 | 22.59\n",
    );
    let mut kinds = of(&read, "forms", "form_type");
    kinds.sort_unstable();
    let kind = ["department_base_data", "three_public", "transfer_self_evaluation"];
    assert_eq!(kinds, kind, "{:?}", read.codes());
    let sums = |kind: &str| {
        let rows = read.of_table("amounts").filter(|row| row.get("form_type") == Some(kind));
        rows.map(|row| row.get("item").unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kind.map(|kind| sums(kind).len()), [18, 12, 6]);
    assert!(sums("department_base_data").iter().any(|item| item == "部门基本支出"));
}

#[test]
fn a_line_that_lacks_two_characters_of_its_label_is_told_of() {
    let read = |label: &str| {
        conversion::of_text(format!(
            "部门整体支出绩效评价基础数据表\n填报单位：青禾市水利局\n|财政供养人员情况（人）|编制数|2020年实际在职人数|控制率|\n||290|76|26.21%|\n\
             |经费控制情况（万元）|2019年决算数|2020年预算数|2020年决算数|\n|三公经费|73.90|85.52|72.41|\n|{label}|43.42|47.63|42.56|\n"
        ))
    };
    let own = |read: &Outcome| {
        let rows = read.of_table("amounts").filter(|row| row.get("item") != Some("三公经费"));
        rows.map(|row| row.get("trust").unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(own(&read("1、公务用车购置和维护经费")).len(), 3);
    let cut = read("1、公务用车购置和护费");
    assert_eq!(own(&cut), ["assumed"; 3], "{:?}", cut.codes());
    assert!(cut.of_table("findings").any(|row| row.get("raw") == Some("1、公务用车购置和护费")));
    // A line that the form has not.
    assert_eq!(own(&read("1、公务无人机购置经费")), ["stated"; 3]);
}

/// antiword's boxes, in which a line that fills only the last cells of its row may be a row of its own or go on with the one above.
fn boxed(rows: &str) -> Outcome {
    conversion::of_text(format!(
        "转移支付绩效自评表\n\n（2022年度）\n\n|转移支付（项目）名称     |堤防加固资金                                                                     |\n\
         |绩效指标      |一级指标  |二级指标      |三级指标      |指标值        |全年实际完成值|未完成原因和改进措施 |\n{rows}\n"
    ))
}

fn names(read: &Outcome) -> Vec<(&str, &str, &str)> {
    let rows = read.of_table("indicators");
    rows.map(|row| ["level2", "level3", "target"].map(|column| row.get(column).unwrap_or("")).into())
        .collect()
}

#[test]
fn a_line_with_values_below_values_is_a_row_of_its_own() {
    let read = boxed(
        "|              |产出指标  |成本指标      |成本控制数    |≤75.7万元    |75.7万元      |                     |\n\
         |              |          |              |单位造价      |≥54场        |56场          |无                   |",
    );
    assert_eq!(
        names(&read),
        [("成本指标", "成本控制数", "≤75.7万元"), ("成本指标", "单位造价", "≥54场")],
        "{:?}",
        read.codes()
    );
}

#[test]
fn brackets_below_a_level_go_on_with_it() {
    let read = boxed(
        "|              |满意度指标|服务对象满意度|受益群众满意度|≥90%         |95%           |受雨季影响，工期顺延 |\n\
         |              |（10分）  |指标          |              |              |              |                     |",
    );
    assert_eq!(names(&read), [("服务对象满意度指标", "受益群众满意度", "≥90%")], "{:?}", read.codes());
    assert!(of(&read, "findings", "code").iter().all(|code| *code != "line.unclaimed"), "{:?}", read.codes());
}

#[test]
fn a_nought_behind_two_decimals_is_no_end_of_a_figure() {
    let read = conversion::of_text(
        "“三公”经费支出情况表\n\n编制单位：青禾市水利局    金额单位：万元\n\n项目\n\n预算数\n\n决算数\n\n公务用车购置费\n\n0.00\n\n0\n\n\
         公务接待费\n\n8.01\n\n10.01\n\n合计\n\n8.01\n\n10.01\n",
    );
    let bought: Vec<_> =
        read.of_table("amounts").filter(|row| row.get("item") == Some("公务用车购置费")).collect();
    assert_eq!(bought.len(), 2, "{:?}", read.codes());
}

/// Where columns are held by spaces a figure that one parts looks like two: between two labels with their sums there is no column
/// for the second, and before a rate in which a letter stands none that is sure.
#[test]
fn the_first_half_of_a_parted_sum_is_not_trusted() {
    let list = conversion::of_text(
        "部门整体支出绩效自评表\n（2022年度） 单位：元\n部门名称 青禾市机关事务中心 执行数 资金执行率 分值 得分\n\
         年度预算申请（元） 资金总额：6715 3866.65 67153866.65 100% 10 10\n按收入性质分： 按支出性质分：\n\
         其中：一般公共预算收入：6715 3866.65 其中：基本支出：42595894.76\n政府性基金拨款： 项目支出：24557971.89\n\
         整体支出绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 保障次数 25次 25次 90 90\n总分 100 100\n",
    );
    let halves: Vec<&str> = list
        .of_table("amounts")
        .filter(|row| row.get("raw") == Some("6715"))
        .filter_map(|row| row.get("trust"))
        .collect();
    assert!(
        !halves.is_empty() && halves.iter().all(|trust| ["assumed", "disputed"].contains(trust)),
        "{halves:?}"
    );
    let rates = conversion::of_text(
        "转移支付绩效自评表\n（2022年度） 单位：万元\n转移支付（项目）名称 防护林补助资金\n主管部门 青禾市林业局 资金使用单位 青禾市林业局\n\
         资金情况（万元） 全年预算数（A） 全年执行数（B） 预算执行率（B/A×100%）\n年度资金总额： 1985. 68 1985.68 100%\n\
         其中：中央财政资金 1480.0S 148 0.0S\n地方财政资金 65. 53 65.53\n其他资金 440.10 440.10\n\
         绩效指标 一级指标 二级指标 三级指标 指标值 全年实际完成值 未完成原因和改进措施\n产出指标 数量指标 养护面积 1352亩 1352亩\n",
    );
    let half = rates.of_table("amounts").find(|row| row.get("raw") == Some("148"));
    assert_eq!(half.and_then(|row| row.get("trust")), Some("assumed"), "{half:?}");
}

/// A cell goes on below the line on which the dump ends.
#[test]
fn the_line_in_which_a_grid_was_cut_off_is_not_trusted() {
    let sample = include_str!("../../samples/department-self-evaluation-grid.txt");
    let whole = conversion::of_text(sample);
    let score = whole.of_table("indicators").last().and_then(|row| row.get("trust"));
    assert_eq!(score, Some("proven"), "{:?}", whole.codes());
    let lines: Vec<&str> = sample.lines().collect();
    let row = lines.iter().position(|line| line.contains("务对象满")).unwrap();
    let cut = conversion::of_text(lines[..=row].join("\n"));
    let score = cut.of_table("indicators").last().and_then(|row| row.get("trust"));
    assert_eq!(score, Some("assumed"), "{:?}", cut.codes());
}
