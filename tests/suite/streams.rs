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
