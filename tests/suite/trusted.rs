//! What reads well and is wrong all the same: labels and levels that lost a character, the years of a list of forms, zeros that
//! add up in any column, letters for digits, and names and totals with nothing behind them. Each is put right or told of.

use crate::conversion::{self, Outcome};

const HEAD: &str = "|项目名称|堤防加固专项|||||||\n|主管部门|青禾市水利局|||实施单位|青禾市堤防站||||\n";
const COLUMNS: &str = "|项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分||\n";
const LEVELS: &str =
    "|绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施|\n";

/// A form a row a line between bars, with the labels of a line, a first level and two second levels, and a target.
fn barred(carried: &str, level1: &str, level2: [&str; 2], target: &str) -> Outcome {
    conversion::of_text(format!(
        "项目支出绩效自评表\n（2022年度）\n{HEAD}{COLUMNS}\
         ||年度资金总额|12.50|12.50|12.50|10|100%|10||\n||其中：当年财政拨款|10.00|10.00|10.00|—|—|—||\n\
         ||{carried}|2.50|2.50|2.50|—|—|—||\n{LEVELS}\
         ||产出指标|{}|加固堤防处数|12处|12处|20|20||\n|||{}|验收合格率|{target}|{target}|20|20||\n\
         ||||设备完好率|98%|98%|20|20||\n||{level1}|社会效益指标|受益人口|3000人|3000人|30|30||\n|总分||||||100|100||\n",
        level2[0], level2[1]
    ))
}

fn of<'o>(outcome: &'o Outcome, table: &str, column: &str) -> Vec<&'o str> {
    outcome.of_table(table).map(|row| row.get(column).unwrap_or("")).collect()
}

/// What findings of a code print.
fn told<'o>(outcome: &'o Outcome, code: &str) -> Vec<&'o str> {
    let findings = outcome.of_table("findings").filter(|row| row.get("code") == Some(code));
    findings.map(|row| row.get("raw").unwrap_or("")).collect()
}

#[test]
fn a_label_that_lost_a_character_gives_the_name_it_is_printed_for() {
    let sound = barred("上年结转结余资金", "效益指标（30分）", ["数量指标", "时效指标"], "100%");
    assert!(told(&sound, "label.guessed").is_empty(), "{:?}", sound.codes());
    let read = barred("上年结转结资金", "益指标（30分）", ["数量指", "时效标"], "100%");
    for (table, column) in
        [("amounts", "item"), ("amounts", "item_path"), ("indicators", "level1"), ("indicators", "level2")]
    {
        assert_eq!(of(&read, table, column), of(&sound, table, column), "{column}");
    }
    for (table, column) in [("amounts", "trust"), ("indicators", "level1_weight")] {
        assert_eq!(of(&read, table, column), of(&sound, table, column), "{column}");
    }
    assert_eq!(told(&read, "label.guessed"), ["上年结转结资金", "数量指", "时效标", "益指标（30分）"]);
}

#[test]
fn a_level_between_two_names_keeps_its_place_and_is_told_of() {
    let read = barred("上年结转资金", "效益指标", ["数量指标", "量指标"], "100%");
    let levels: Vec<(Option<&str>, Option<&str>)> =
        read.of_table("indicators").skip(1).map(|row| (row.get("level2"), row.get("level3"))).collect();
    assert_eq!(
        levels,
        [
            (Some("数量指标"), Some("加固堤防处数")),
            (Some("量指标"), Some("验收合格率")),
            (Some("量指标"), Some("设备完好率")),
            (Some("社会效益指标"), Some("受益人口")),
        ]
    );
    assert_eq!(told(&read, "label.guessed"), ["量指标"]);
    // A name of its own is no slip.
    let own = barred("上年结转资金", "效益指标", ["数量指标", "堤防指标"], "100%");
    assert!(told(&own, "label.guessed").is_empty());
}

#[test]
fn a_misread_target_is_told_of_and_gives_no_number() {
    for target in ["1O0%", "l00%", "45O台", "≤154。92万元"] {
        let read = barred("上年结转资金", "效益指标", ["数量指标", "质量指标"], target);
        assert_eq!(told(&read, "number.malformed"), [target, target]);
        let row = read.of_table("indicators").find(|row| row.get("target") == Some(target)).unwrap();
        assert_eq!((row.get("target_value"), row.get("actual_value")), (None, None), "{target}");
    }
    for target in ["100%", "S20公路", "5S管理", "20l"] {
        let read = barred("上年结转资金", "效益指标", ["数量指标", "质量指标"], target);
        assert!(told(&read, "number.malformed").is_empty(), "{target}");
    }
}

#[test]
fn a_misread_weight_of_a_level_is_told_of() {
    let read = barred("上年结转资金", "效益指标（3O分）", ["数量指标", "质量指标"], "100%");
    assert_eq!(of(&read, "indicators", "level1")[4], "效益指标");
    assert_eq!(told(&read, "number.malformed"), ["效益指标（3O分）"]);
}

#[test]
fn a_sum_in_one_cell_with_its_label_is_read_behind_one_that_lost_a_character() {
    let form = |other: &str| {
        conversion::of_text(format!(
            "部门整体支出绩效自评表\n（2022年度）\n|部门名称|青禾市水利局|||||||\n\
             |年度预算申请（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分|\n||年度资金总额|120.50|130.50|128.25|10|98.28%|9.8|\n\
             ||按收入性质分：130.50||||按支出性质分：130.50|||\n||其中：一般公共预算：121.94||||其中：基本支出：100.00|||\n\
             ||{other}：8.56||||项目支出：30.50|||\n"
        ))
    };
    let sums = |read: &Outcome| {
        let rows = read.of_table("amounts").filter(|row| row.get("raw") == Some("8.56"));
        rows.map(|row| row.get("item").unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sums(&form("其他资金")), ["其他资金"]);
    let read = form("其他资");
    assert_eq!(sums(&read), ["其他资金"]);
    assert!(told(&read, "label.guessed").contains(&"其他资"), "{:?}", read.codes());
}

#[test]
fn a_list_of_forms_is_no_heading() {
    let form = "项目支出绩效自评表\n（2022年度）\n".to_owned() + HEAD + COLUMNS;
    let form = form + "||年度资金总额|12.50|12.50|12.50|10|100%|10||\n";
    let years = |text: String| -> Vec<Option<i32>> {
        conversion::of_text(text).of_table("forms").map(|row| row.year).collect()
    };
    assert_eq!(years(format!("目录\n（2019年度）\n（2020年度）\n\n{form}")), [Some(2022)]);
    assert_eq!(years(format!("目录\n项目支出绩效自评表\n（2020年度）\n\n附件1\n{form}")), [Some(2022)]);
    // Without a list, what stands above the title is its heading.
    let below = form.replace("\n（2022年度）", "");
    assert_eq!(years(format!("（2020年度）\n{below}")), [Some(2020)]);
}

#[test]
fn a_lone_zero_of_a_row_that_lost_its_blanks_is_assumed() {
    let cells = |other: &str| {
        let lines = [
            "项目支出绩效自评表",
            "（2022年度）",
            "项目名称",
            "堤防加固专项",
            "主管部门",
            "青禾市水利局",
            "实施单位",
            "青禾市堤防站",
            "项目资金（万元）",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
            "年度资金总额",
            "120.50",
            "130.50",
            "128.25",
            "10",
            "98.28%",
            "9.8",
            "其中：当年财政拨款",
            "120.50",
            "130.50",
            "128.25",
            "—",
            "—",
            "—",
            "其他资金",
            other,
            "—",
            "—",
            "年度总体目标",
            "预期目标",
            "实际完成情况",
            "加固堤防。",
            "已经加固。",
        ];
        conversion::of_text(lines.map(|line| format!("{line}\n")).concat())
    };
    let read = cells("0.00");
    let zeros: Vec<_> = read.of_table("amounts").filter(|row| row.get("item") == Some("其他资金")).collect();
    assert!(
        zeros.iter().all(|row| row.get("trust") == Some("assumed")),
        "{:?}",
        of(&read, "amounts", "trust")
    );
    assert!(!zeros.is_empty());
    let whole = read.of_table("amounts").filter(|row| row.get("item") != Some("其他资金"));
    assert!(
        whole.into_iter().all(|row| row.get("trust") == Some("proven")),
        "{:?}",
        of(&read, "amounts", "trust")
    );
}

const GLUED: &str = "项目支出绩效目标申报表（2023年度）项目名称堤防加固项目主管部门及代码青禾市水利局实施单位青禾市堤防站项目属性经常性项目\
    项目期1年项目资金（万元）年度资金总额：120.50其中：财政拨款100.25其他资金20.25总体目标年度目标完成12处堤防加固。绩效指标一级指标\
    二级指标三级指标指标值产出指标成本指标单位造价≤120.50元成本控制数≤1200.50元";

#[test]
fn a_name_that_may_go_on_in_the_label_behind_it_is_told_of() {
    let read = conversion::of_text(GLUED);
    assert_eq!(of(&read, "forms", "project"), ["堤防加固"]);
    let told: Vec<_> = read.of_table("findings").filter(|row| row.get("field") == Some("project")).collect();
    assert_eq!(told.len(), 1, "{:?}", read.codes());
    let message = told[0].get("message").unwrap();
    assert!(!message.contains(['\n', '\\']) && !message.contains("  "), "{message}");
    // A label that begins with no other's beginning ends a name for certain.
    let apart = conversion::of_text(GLUED.replace("堤防加固项目主管部门及代码", "堤防加固主管部门及代码"));
    assert_eq!(of(&apart, "forms", "project"), ["堤防加固"]);
    assert!(apart.of_table("findings").all(|row| row.get("field") != Some("project")));
}

#[test]
fn an_indicator_that_begins_like_the_label_of_the_unit_is_none() {
    let read = conversion::of_text(GLUED);
    assert_eq!(of(&read, "forms", "unit_stated"), [""]);
    assert!(told(&read, "line.unclaimed").iter().any(|raw| raw.contains("单位造价")), "{:?}", read.codes());
}

#[test]
fn a_name_that_took_in_a_label_is_told_of() {
    let form = "附件4 项目支出绩效自评表 （2022年度） 项目名称 堤防加固专项 主管部门 青禾市水利局 实施单位 青禾市堤防站 资金构成（万元） 年初预算数 \
                全年预算数 全年执行数 分值 执行率 得分 年度资金总额 120.50 130.50 128.25 10 98.28% 9.8 其中：当年财政拨款 120.50 130.50 128.25 — — — \
                年度总体目标 预期目标 实际完成情况 加固堤防12处。 已经加固。 绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 \
                偏差原因分析及改进措施 产出指标 数量指标 加固堤防处数 12处 12处 90 90 总分 100 99.8 ";
    let read = conversion::of_text(form);
    let told =
        |read: &Outcome| read.of_table("findings").any(|row| row.get("field") == Some("implementing_org"));
    assert!(told(&read), "{:?} {:?}", of(&read, "forms", "implementing_org"), read.codes());
    let sound = conversion::of_text(form.replace("资金构成", "项目资金"));
    assert_eq!(of(&sound, "forms", "implementing_org"), ["青禾市堤防站"]);
    assert!(!told(&sound));
}

#[test]
fn a_letter_in_a_code_is_told_of() {
    let read = |code: &str| {
        conversion::of_text(format!(
            "项目支出绩效自评表\n（2022年度）\n{}{COLUMNS}||年度资金总额|12.50|12.50|12.50|10|100%|10||\n",
            HEAD.replace("堤防加固专项", &format!("{code}-堤防加固专项"))
        ))
    };
    let told = |read: &Outcome| read.of_table("findings").any(|row| row.get("field") == Some("project"));
    assert!(told(&read("5100O022R0000000514599")));
    assert!(!told(&read("51000022R0000000514599")));
}

/// What is left of a figure below the row that the rest of it stands in, which no label begins.
#[test]
fn a_figure_cut_over_two_rows_is_not_trusted() {
    let form = |above: &str, row: &str| {
        conversion::of_text(format!(
            "部门整体支出绩效自评表\n\n（2020年度）\n\n填报单位（盖章）：            金额单位：万元\n\n|部门名称|南浦市河道管理处|\n\
             |年度预算||年初预算数|全年预算数|全年执行数|分值|执行率|得分|\n|资金||||||||\n|（万元）||||||||\n\
             {above}||年度资金总额|4688.74|{row}|\n"
        ))
    };
    let whole = form("", "4688.74|3610.32|10|77.00%|7.7");
    assert!(!of(&whole, "amounts", "trust").contains(&"assumed"), "{:?}", whole.codes());
    let cut = form("||||4688.|3610.32|10|77.00%|7.7|\n", "74||||");
    assert_eq!(of(&cut, "amounts", "amount_yuan"), ["46887400.00", "740000.00"]);
    assert_eq!(of(&cut, "amounts", "trust"), ["assumed"; 2], "{:?}", cut.codes());
}

/// In a copy whose cells break over lines.
#[test]
fn a_value_does_not_go_on_in_what_is_nearly_the_next_label() {
    let read = conversion::of_text(
        "项目支出绩效自评表\n（2022年度）\n项目\n名称\t堤防加固专项\n主部门\n\t青禾市水利局\t实施单位\t青禾市堤防站\n\
         项目\n资金\n（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
         \t年度资金总额\t12.50\t12.50\t12.50\t10\t100%\t10\n\
         一级\n指标\t二级指标\t三级指标\t年度\n指标值\t实际\n完成值\t分值\t得分\n\
         产出指标\t数量指标\t加固堤防处数\t12处\t12处\t90\t90\n总分\t\t\t\t\t100\t100\n",
    );
    assert_eq!(of(&read, "forms", "project"), ["堤防加固专项"], "{:?}", read.codes());
}
