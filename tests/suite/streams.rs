//! Forms of which only a stream of cells is left: where their rows begin and end follows from labels and columns.

use crate::conversion::{self, Outcome};

/// A form a cell a line, its indicators as given.
fn form(between: &str, indicators: &[&str]) -> Outcome {
    let head = [
        "转移支付绩效自评表",
        "（2023年度）          单位：万元",
        "转移支付（项目）名称",
        "河道整治补助资金",
        "主管部门",
        "青禾市水利局",
        "资金情况（万元）",
        "全年预算数（A）",
        "全年执行数（B）",
        "预算执行率（B/A×100%）",
        "年度资金总额：",
        "260.00",
        "208.00",
        "80.00%",
        "其中：中央财政资金",
        "160.00",
        "128.00",
        "80.00%",
        "地方财政资金",
        "100.00",
        "80.00",
        "80.00%",
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
    ];
    let cells: Vec<String> = head.iter().chain(indicators).map(|cell| format!("{cell}{between}")).collect();
    conversion::of_text(cells.concat())
}

/// Name, target and actual value of each line.
fn lines(outcome: &Outcome) -> Vec<[String; 3]> {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let rows = outcome.of_table("indicators");
    let rows = rows.filter(|row| row.get("kind") == Some("indicator"));
    rows.map(|row| ["level3", "target", "actual"].map(|column| text(row.get(column)))).collect()
}

const HEADER: [&str; 3] = ["指标值", "全年实际完成值", "未完成原因和改进措施"];

#[test]
fn lines_without_scores_are_cut_by_their_columns() {
    let whole = form(
        "|\n",
        &[
            &HEADER[..],
            &[
                "产出指标",
                "数量指标",
                "整治河道",
                "2公里",
                "2公里",
                "",
                "修建步道",
                "3公里",
                "1公里",
                "汛期停工",
            ],
        ]
        .concat(),
    );
    assert_eq!(lines(&whole), [["整治河道", "2公里", "2公里"], ["修建步道", "3公里", "1公里"]]);
    let short = form(
        "|\n",
        &[
            &HEADER[..],
            &["产出指标", "数量指标", "整治河道", "2公里", "", "修建步道", "3公里", "1公里", "汛期停工"],
        ]
        .concat(),
    );
    // A cell is missing: none is bound, and each is reported.
    assert!(lines(&short).is_empty(), "{:?}", lines(&short));
    for cell in ["整治河道", "2公里", "修建步道", "3公里", "1公里", "汛期停工"] {
        let mut findings = short.of_table("findings");
        assert!(findings.any(|row| row.get("raw") == Some(cell)), "{cell}");
    }
}

#[test]
fn where_blank_cells_are_lost_the_lines_that_fit_are_given_and_noted() {
    let fits = form(
        "\n\n",
        &[
            &HEADER[..],
            &["产出指标", "数量指标", "整治河道", "2公里", "2公里", "修建步道", "3公里", "1公里", "汛期停工"],
        ]
        .concat(),
    );
    assert_eq!(lines(&fits), [["整治河道", "2公里", "2公里"], ["修建步道", "3公里", "1公里"]]);
    let noted = fits.of_table("findings").filter(|row| row.get("code") == Some("row.misshapen")).count();
    assert_eq!(noted, 2);
    let open = form(
        "\n\n",
        &[&HEADER[..], &["产出指标", "数量指标", "整治河道", "2公里", "修建步道", "3公里"]].concat(),
    );
    assert!(lines(&open).iter().all(|line| line[0] != "修建步道"), "{:?}", lines(&open));
}

#[test]
fn labels_of_a_second_row_stand_below_the_one_they_are_parts_of() {
    let header = ["指标值", "全年实际完成值", "未完成原因和改进措施", "指标性质", "指标值", "度量单位"];
    let outcome = form(
        "|\n",
        &[&header[..], &["产出指标", "数量指标", "整治河道", "≥", "2", "公里", "3公里", ""]].concat(),
    );
    assert_eq!(lines(&outcome).len(), 1);
    let row = outcome.of_table("indicators").find(|row| row.get("level3") == Some("整治河道"));
    let row = row.expect("the line");
    assert_eq!(
        ["target_op", "target_value", "target_unit", "actual"].map(|column| row.get(column)),
        [Some(">="), Some("2.000000"), Some("公里"), Some("3公里")]
    );
}

/// A form whose headers have two rows, a cell a line, with `reason` behind its first task.
fn tasks(reason: &[&str]) -> Outcome {
    let head = [
        "部门整体支出绩效自评表",
        "（2023年度）          单位：元",
        "部门名称",
        "青禾市水利局",
        "一、部门年度目标",
        "财政年度",
        "目标",
        "实际完成情况",
        "2022",
        "整治河道。",
        "已经整治。",
        "2023",
        "修建步道。",
        "已经修建。",
        "二、部门年度重点工作任务",
        "任务名称",
        "项目级次",
        "主要内容",
        "批复金额（元）",
        "实际支出金额（元）",
        "预算执行率",
        "预算执行偏低原因及改进措施",
        "总额",
        "财政拨款",
        "其他资金",
        "总额",
        "财政拨款",
        "其他资金",
    ];
    let first = [
        "河道整治",
        "本级",
        "整治两公里",
        "900.00",
        "700.00",
        "200.00",
        "810.00",
        "650.00",
        "160.00",
        "90.00%",
    ];
    let second =
        ["步道修建", "本级", "修建三公里", "400.00", "400.00", "0.00", "200.00", "200.00", "0.00", "50.00%"];
    let rest = [
        "三、部门整体支出绩效指标",
        "绩效指标",
        "指标性质",
        "指标值",
        "度量单位",
        "实际完成值",
        "偏差原因分析及改进措施",
        "一级指标",
        "二级指标",
        "三级指标",
        "产出指标",
        "数量指标",
        "整治河道",
        "≥",
        "2",
        "公里",
        "2公里",
        "其他需说明事项",
        "无",
    ];
    let cells = head.iter().chain(&first).chain(reason).chain(&second).chain(&rest);
    conversion::of_text(cells.map(|cell| format!("{cell}\n\n")).collect::<String>())
}

#[test]
fn headers_of_two_rows_are_known_in_a_stream() {
    for reason in [&[][..], &["汛期停工"]] {
        let outcome = tasks(reason);
        let amounts: Vec<(&str, &str, &str)> = outcome
            .of_table("amounts")
            .map(|row| (row.get("item").unwrap(), row.get("measure").unwrap(), row.get("raw").unwrap()))
            .collect();
        let of = |item: &str, measure: &str| -> Vec<&str> {
            amounts
                .iter()
                .filter(|amount| amount.0 == item && amount.1 == measure)
                .map(|amount| amount.2)
                .collect()
        };
        assert_eq!(of("河道整治", "budget"), ["900.00", "700.00", "200.00"], "{reason:?}");
        assert_eq!(of("河道整治", "executed"), ["810.00", "650.00", "160.00"], "{reason:?}");
        assert_eq!(of("步道修建", "budget"), ["400.00", "400.00", "0.00"], "{reason:?}");
        assert_eq!(of("步道修建", "executed"), ["200.00", "200.00", "0.00"], "{reason:?}");
        assert_eq!(lines(&outcome), [["整治河道", "≥2公里", "2公里"]]);
        let texts: Vec<(&str, &str)> = outcome
            .of_table("texts")
            .map(|row| (row.get("field").unwrap(), row.get("text").unwrap()))
            .collect();
        for goal in
            [("goal_year", "2022"), ("objective_expected", "修建步道。"), ("objective_actual", "已经修建。")]
        {
            assert!(texts.contains(&goal), "{goal:?} of {texts:?}");
        }
        let told = texts.contains(&("task_deviation", "汛期停工"));
        assert_eq!(told, !reason.is_empty(), "{texts:?}");
    }
}

#[test]
fn a_sum_stands_behind_a_label_that_lost_a_character() {
    let outcome = conversion::of_text(
        "项目支出绩效目标申报表\n（2023年度）          单位：元\n|项目名称\n|河道整治经费\n|主管部门\n|青禾市水利局\n|项目资金（元）\n\
         |年度资金总额：\n|900.00\n|其中：财政拨款\n|700.00\n|他资金\n|200.00\n|总体目标\n|整治河道。\n|绩效指标\n|一级指标\n|二级指标\n\
         |三级指标\n|指标值\n|产出指标\n|数量指标\n|整治河道\n|2公里\n",
    );
    let proven = outcome.of_table("amounts").filter(|row| row.get("trust") == Some("proven"));
    assert_eq!(proven.filter_map(|row| row.get("raw")).collect::<Vec<_>>(), ["900.00", "700.00", "200.00"]);
    assert_eq!(outcome.lines_unclaimed, 0);
}

#[test]
fn a_reason_ends_before_a_level_that_lost_a_character() {
    let points = ["指标值", "全年实际完成值", "分值", "得分", "偏差原因分析及改进措施"];
    let outcome = conversion::of_text(
        [
            "项目支出绩效自评表",
            "（2023年度）          单位：元",
            "|项目名称",
            "|河道整治经费",
            "|绩效指标",
            "|一级指标",
            "|二级指标",
            "|三级指标",
        ]
        .into_iter()
        .map(str::to_owned)
        .chain(points.map(|cell| format!("|{cell}")))
        .chain(
            [
                "产出指标",
                "数量指标",
                "整治河道",
                "2公里",
                "2公里",
                "50",
                "50",
                "",
                "修建步道",
                "3公里",
                "1公里",
                "20",
                "18",
                "汛期停工。",
                "质量标",
                "工程合格率",
                "100%",
                "100%",
                "30",
                "29",
                "",
                "总分",
                "100",
                "97",
            ]
            .map(|cell| format!("|{cell}")),
        )
        .map(|line| line + "\n")
        .collect::<String>(),
    );
    let told: Vec<(Option<&str>, Option<&str>)> =
        outcome.of_table("indicators").map(|row| (row.get("level2"), row.get("reason"))).collect();
    assert_eq!(
        told,
        [(Some("数量指标"), None), (Some("数量指标"), Some("汛期停工。")), (Some("质量指标"), None)]
    );
}
