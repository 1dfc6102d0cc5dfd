//! Forms that share a line: whole pages on one line, and dumps that lost their line breaks. Each figure belongs to its own form,
//! and what no form claims is reported although forms claim the line.

use crate::conversion::{self, Outcome};
use crate::corpus::{self, Dialect, Form, Level};
use crate::folder;
use std::fs;

/// What stands in a row wherever its document's lines end.
fn without_places(outcome: &Outcome) -> Vec<String> {
    let rows = outcome.rows.iter().filter(|row| row.table != "documents");
    let bare = rows.map(|row| match row.table {
        // Sentences name lines.
        "findings" => format!("{:?} {:?} {:?}", row.get("code"), row.get("field"), row.get("raw")),
        "amounts" | "measures" => format!("{:?}", row.without(&["doc_id", "form_id", "line", "cell"])),
        "forms" => format!("{:?}", row.without(&["doc_id", "form_id", "line", "line_last"])),
        _ => format!("{:?}", row.without(&["doc_id", "form_id", "line"])),
    });
    let mut bare: Vec<String> = bare.collect();
    // Findings of one line stand in the order of their codes.
    bare.sort();
    bare
}

/// A page in which every line outside tables is a paragraph by its tags.
fn tagged(page: &str) -> String {
    let lines = page.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| if line.starts_with('<') { format!("{line}\n") } else { format!("<p>{line}</p>\n") })
        .collect()
}

#[test]
fn a_page_on_one_line_reads_as_it_does_on_many() {
    let mut shared = 0;
    for &form in Form::ALL.iter() {
        for seed in 500..504 {
            let written = corpus::document(seed, form, Dialect::Html, Level::None);
            let text = tagged(&String::from_utf8(written.bytes).unwrap());
            let many = conversion::of_text(text.as_str());
            let one = conversion::of_text(text.replace('\n', ""));
            assert_eq!(one.lines, 1);
            let forms = one.of_table("forms").count();
            shared += usize::from(forms > 1);
            assert_eq!(forms, written.truth.forms.len(), "{} {seed}", form.name());
            assert_eq!(without_places(&one), without_places(&many), "{} {seed}", form.name());
        }
    }
    assert!(shared > 5, "too few forms shared a line: {shared}");
}

/// A form as a page's markup, without line breaks.
fn page(project: &str, sums: [&str; 3]) -> String {
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr>{cells}</tr>")
    };
    let [initial, whole, spent] = sums;
    [
        "<p>项目支出绩效自评表</p><p>（2023年度）</p><table>".to_owned(),
        row(&["项目名称", project]),
        row(&["主管部门", "青禾市水利局"]),
        row(&["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率"]),
        row(&["", "年度资金总额", initial, whole, spent, "50.00%"]),
        row(&["", "其中：当年财政拨款", initial, whole, spent, "50.00%"]),
        "</table>".to_owned(),
    ]
    .concat()
}

/// The text of the findings on what no form claims.
fn unclaimed(outcome: &Outcome) -> Vec<&str> {
    let findings = outcome.of_table("findings").filter(|row| row.get("code") == Some("line.unclaimed"));
    findings.filter_map(|row| row.get("raw")).collect()
}

#[test]
fn each_form_on_a_line_has_its_own_figures() {
    let text =
        page("北河清障", ["80.00", "100.00", "50.00"]) + &page("南岸护坡", ["30.00", "40.00", "20.00"]);
    let outcome = conversion::of_text(text);
    assert_eq!(outcome.lines_unclaimed, 0);
    let sums = |project: &str| -> Vec<String> {
        let rows = outcome.of_table("amounts").filter(|row| row.get("project") == Some(project));
        rows.filter_map(|row| row.get("raw").map(str::to_owned)).collect()
    };
    assert_eq!(sums("北河清障"), ["80.00", "100.00", "50.00", "80.00", "100.00", "50.00"]);
    assert_eq!(sums("南岸护坡"), ["30.00", "40.00", "20.00", "30.00", "40.00", "20.00"]);
}

#[test]
fn what_no_form_claims_on_a_line_of_forms_is_reported() {
    let first = page("北河清障", ["80.00", "100.00", "50.00"]);
    let second = page("南岸护坡", ["30.00", "40.00", "20.00"]);
    let text = format!(
        "<p>青禾市政府网</p><p>本年共完成投资731.25万元。</p>{first}<p>另有结余4.6万元待用。</p>{second}<p>返回首页</p>"
    );
    let outcome = conversion::of_text(text);
    assert_eq!((outcome.status, outcome.lines, outcome.lines_unclaimed), ("partial", 1, 1));
    assert_eq!(outcome.of_table("forms").count(), 2);
    assert_eq!(
        unclaimed(&outcome),
        ["青禾市政府网\n本年共完成投资731.25万元。", "另有结余4.6万元待用。", "返回首页"]
    );
    assert_eq!(outcome.unclaimed_lines(), [1, 1, 1]);
}

#[test]
fn long_text_beside_forms_is_reported_to_its_end() {
    let prose = "工程按期推进。".repeat(400) + "余款9.75万元。";
    let outcome =
        conversion::of_text(format!("<p>{prose}</p>{}", page("北河清障", ["8.00", "10.00", "5.00"])));
    assert_eq!(outcome.lines_unclaimed, 1);
    assert_eq!(unclaimed(&outcome).concat(), prose);
}

/// Every sign with a backslash before it that Markdown might take for markup.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\`*_{}[]()#+-.!".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[test]
fn escapes_of_markdown_are_undone_outside_tables() {
    for name in ["department-self-evaluation-spaced-cells", "goal-declaration-spaced-cells"] {
        let path = folder::in_repository(&format!("samples/{name}.txt"));
        let plain = fs::read_to_string(path).unwrap();
        let text = escaped(&plain);
        assert!(text.len() > plain.len(), "{name} holds nothing to escape");
        let (plain, escaped) = (conversion::of_text(plain), conversion::of_text(text));
        let rows = |outcome: &Outcome| -> Vec<_> {
            let rows = outcome.rows.iter().filter(|row| !["documents", "findings"].contains(&row.table));
            rows.map(|row| row.without(&["doc_id", "form_id"])).collect()
        };
        assert_eq!(rows(&escaped), rows(&plain), "{name}");
    }
}

/// A form that holds three sums and hardly any other figure.
const GOAL: [&[&str]; 12] = [
    &["项目支出绩效目标申报表"],
    &["（2024年度）"],
    &["项目名称", "城区排水泵站改造"],
    &["主管部门", "江湾市水务局", "实施单位", "江湾市排水处"],
    &["项目资金（万元）", "年度资金总额：", "417.60"],
    &["其中：财政拨款", "405.20"],
    &["其他资金", "12.40"],
    &["总体目标", "年度目标"],
    &["完成两座泵站改造。"],
    &["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    &["产出指标", "数量指标", "改造泵站", "2座", "铺设管道", "≥12公里", "质量指标", "验收合格率", "≥98%"],
    &["效益指标", "社会效益指标", "积水点减少", "明显", "可持续影响指标", "使用年限", "≥13年"],
];

#[test]
fn forms_with_hardly_any_figure_are_read_from_words() {
    let rows: Vec<String> = GOAL.iter().map(|row| row.join(" ")).collect();
    for text in [rows.join("\n"), rows.join(" "), format!("{}\n", rows.join("  "))] {
        let outcome = conversion::of_text(text.as_str());
        assert_eq!(outcome.of_table("forms").count(), 1, "{text}");
        let names: Vec<_> = outcome.of_table("indicators").filter_map(|row| row.get("level3")).collect();
        assert_eq!(names, ["改造泵站", "铺设管道", "验收合格率", "积水点减少", "使用年限"], "{text}");
        for sum in ["417.60", "405.20", "12.40"] {
            let raw = outcome.rows.iter().filter_map(|row| match row.table {
                "amounts" | "findings" => row.get("raw"),
                _ => None,
            });
            assert!(raw.into_iter().any(|raw| raw.contains(sum)), "{sum} of {text}");
        }
    }
}

#[test]
fn prose_of_words_is_no_table() {
    let prose = "This page lists the forms of the year and nothing else, as the law asks.\n".repeat(30);
    assert_eq!(biaodan::dump::detect(&prose), None);
    let chinese = "本单位 2023 年 严格 执行 预算，各项 任务 按期 完成，资金 使用 规范。\n".repeat(3);
    assert_eq!(biaodan::dump::detect(&chinese), None);
}
