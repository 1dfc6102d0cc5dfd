//! Editions of provinces: codes before names, signs and units in columns of their own, fillers, other weights.

use super::draft::{Draft, EXECUTED, FINAL, INITIAL, Scale};
use super::funds::{self, Funds};
use super::heads;
use super::project::{BENEFIT, CARRIED, CONTENT, COST, Edition, OTHER, OUTPUT, OUTPUT_COST, TOTAL, corner};
use super::scoring::{self, Scoring};
use crate::corpus::sheet::{Cell, Table};
use crate::corpus::words::sentence;

const PARTS: [&str; 3] = ["指标性质", "指标值", "度量单位"];

/// A name with a code glued to it is right with and without the code.
fn coded(draft: &mut Draft<'_>, prefix: String) -> String {
    let name = draft.project_name();
    let printed = format!("{prefix}{name}");
    draft.truth.heads.project = vec![printed.clone(), name];
    printed
}

fn digits(draft: &mut Draft<'_>, n: usize) -> String {
    let mut code = draft.random.between(1, 9).to_string();
    while code.len() < n {
        code.push_str(&draft.random.below(10).to_string());
    }
    code
}

pub fn sichuan(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Reason, Score, Weight};
    use scoring::Column;
    let edition = Edition {
        title: "部门预算项目支出绩效自评表",
        annex: None,
        labels: ["项目名称", "主管部门", "实施单位"],
        funds: Funds {
            corner: "预算执行情况(10分)".into(),
            columns: vec![
                Money("年初预算数", INITIAL),
                Money("调整后预算数", FINAL),
                Money("预算执行数", EXECUTED),
                Rate("预算执行率"),
                Weight("权重"),
                Score("得分"),
                Reason("原因"),
            ],
            rows: vec![
                (Some("funds.total"), "总额"),
                (Some("funds.fiscal"), "其中：财政资金"),
                (Some("funds.fiscal_account"), "财政专户管理资金"),
                (Some("funds.own"), "单位资金"),
            ],
            weight: Some(10),
        },
        goals: Some(["年度总体目标", "年度目标", "年度目标完成情况"]),
        scoring: Scoring {
            corner: "绩效指标",
            level3: "三级指标",
            levels: vec![("产出指标", 50, OUTPUT), ("效益指标", 30, BENEFIT), ("满意度指标", 10, CONTENT)],
            columns: vec![
                Column::Split { over: None, parts: PARTS },
                Column::Actual("完成值"),
                Column::Weight("权重"),
                Column::Score("得分"),
                Column::Reason("未完成原因分析"),
            ],
            level_weights: false,
            numbered: false,
            fillers: false,
            total: Some("合计"),
            headless: None,
        },
    };
    let mut table = Table::new(edition.scoring.width());
    let number = digits(draft, 10);
    draft.sheet.paragraph(format!("报表编号：{number}"));
    heads::heading(draft, &mut table, edition.title, None);
    let code = format!("51{}-", digits(draft, 19));
    let project = coded(draft, code);
    heads::named(draft, &mut table, "项目名称", &project);
    heads::organisations(draft, &mut table, ["主管部门", "实施单位"]);
    edition.body(draft, &mut table);
    for label in ["评价结论", "存在问题", "改进措施"] {
        let text = sentence(draft.random);
        table.row(vec![Cell::label(label).columns(2), Cell::words(text).wide()]);
    }
    draft.sheet.table(table);
    draft.sheet.paragraph("项目负责人：张某某              财务负责人：李某某");
}

/// The whole department (公开13表): the budget's stages in columns, indicators with a header of two rows.
pub fn yunnan_13(draft: &mut Draft<'_>) {
    let edition = yunnan(draft, "部门整体支出绩效自评表");
    let mut table = Table::new(edition.scoring.width());
    draft.sheet.paragraph("公开13表");
    heads::heading(draft, &mut table, edition.title, None);
    let department = draft.subject.department.clone();
    draft.truth.heads.department = vec![department.clone()];
    heads::named(draft, &mut table, "部门名称", &department);
    edition.body(draft, &mut table);
    draft.sheet.table(table);
}

/// One project (公开14表).
pub fn yunnan_14(draft: &mut Draft<'_>) {
    let edition = yunnan(draft, "项目支出绩效自评表");
    let mut table = Table::new(edition.scoring.width());
    draft.sheet.paragraph("公开14表");
    heads::heading(draft, &mut table, edition.title, None);
    let project = draft.project_name();
    heads::named(draft, &mut table, "项目名称", &project);
    heads::organisations(draft, &mut table, ["主管部门", "实施单位"]);
    edition.body(draft, &mut table);
    draft.sheet.table(table);
}

fn yunnan(draft: &mut Draft<'_>, title: &'static str) -> Edition {
    use funds::Column::{Money, Rate, Score, Weight};
    use scoring::Column;
    if draft.one_in(2) {
        draft.subject.scale = Scale::yuan(2);
        draft.truth.heads.unit = Some("yuan");
    }
    Edition {
        title,
        annex: None,
        labels: ["项目名称", "主管部门", "实施单位"],
        funds: Funds {
            corner: corner(draft, "项目资金"),
            columns: vec![
                Money("年初预算数", INITIAL),
                Money("全年预算数", FINAL),
                Money("全年执行数", EXECUTED),
                Weight("分值"),
                Rate("执行率"),
                Score("得分"),
            ],
            rows: vec![TOTAL, (Some("funds.fiscal"), "其中：当年财政拨款"), CARRIED, OTHER],
            weight: Some(10),
        },
        goals: Some(["年度总体目标", "预期目标", "实际完成情况"]),
        scoring: Scoring {
            corner: "绩效指标",
            level3: "三级指标",
            levels: vec![
                ("产出指标", 50, OUTPUT_COST),
                ("效益指标", 30, BENEFIT),
                ("满意度指标", 10, CONTENT),
            ],
            columns: vec![
                Column::Split { over: Some("年度指标值"), parts: PARTS },
                Column::Actual("实际完成值"),
                Column::Weight("分值"),
                Column::Score("得分"),
                Column::Reason("偏差原因分析及改进措施"),
            ],
            level_weights: false,
            numbered: false,
            fillers: false,
            total: Some("总分"),
            headless: None,
        },
    }
}

/// Codes glued to names, `指标1：` before a line's name, a row of fillers behind each second level.
pub fn anhui(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Score, Weight};
    use scoring::Column;
    let edition = Edition {
        title: "项目支出绩效自评表",
        annex: None,
        labels: ["项目名称", "主管部门", "实施单位"],
        funds: Funds {
            corner: corner(draft, "项目资金"),
            columns: vec![
                Money("年初预算数", INITIAL),
                Money("全年预算数", FINAL),
                Money("全年执行数", EXECUTED),
                Weight("分值"),
                Rate("执行率"),
                Score("得分"),
            ],
            rows: vec![TOTAL, (Some("funds.fiscal"), "其中：本年财政拨款"), CARRIED, OTHER],
            weight: Some(10),
        },
        goals: Some(["年度总体目标", "预期目标", "实际完成情况"]),
        scoring: Scoring {
            corner: "绩效指标",
            level3: "三级指标",
            levels: vec![
                ("成本指标", 20, COST),
                ("产出指标", 40, OUTPUT),
                ("效益指标", 20, BENEFIT),
                ("满意度指标", 10, CONTENT),
            ],
            columns: vec![
                Column::Target("年度指标值"),
                Column::Actual("实际完成值"),
                Column::Weight("分值"),
                Column::Score("得分"),
                Column::Reason("偏差原因分析及改进措施"),
            ],
            level_weights: true,
            numbered: true,
            fillers: true,
            total: Some("总分"),
            headless: None,
        },
    };
    let mut table = Table::new(edition.scoring.width());
    heads::heading(draft, &mut table, edition.title, None);
    let code = format!("[{}]", digits(draft, 3));
    let project = coded(draft, code);
    heads::named(draft, &mut table, "项目名称", &project);
    let code = format!("{}-", digits(draft, 6));
    let department = draft.subject.department.clone();
    let printed = format!("{code}{department}");
    draft.truth.heads.department = vec![printed.clone(), department.clone()];
    draft.truth.heads.implementing_org = vec![department.clone()];
    let label = Cell::label("主管部门").columns(2);
    let value = Cell::words(printed).columns(3);
    table.row(vec![label, value, Cell::label("实施单位"), Cell::words(department).wide()]);
    edition.body(draft, &mut table);
    draft.sheet.table(table);
    heads::signature(draft);
}

/// Execution worth twenty points, one money line, weights only in the levels' cells.
pub fn hubei(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Score};
    use scoring::Column;
    let word = draft.subject.scale.word;
    let edition = Edition {
        title: "项目自评表",
        annex: None,
        labels: ["项目名称", "主管部门", "项目实施单位"],
        funds: Funds {
            corner: format!("预算执行情况（{word}）（20分）"),
            columns: vec![
                Money("预算数（A）", super::draft::BUDGET),
                Money("执行数（B）", EXECUTED),
                Rate("执行率（B/A）"),
                Score("得分（20分*执行率）"),
            ],
            rows: vec![(Some("funds.total"), "年度财政资金总额")],
            weight: Some(20),
        },
        goals: None,
        scoring: Scoring {
            corner: "年度绩效目标（80分）",
            level3: "三级指标",
            levels: vec![("产出指标", 40, OUTPUT), ("效益指标", 30, BENEFIT), ("满意度指标", 10, CONTENT)],
            columns: vec![
                Column::Target("年初目标值（A）"),
                Column::Actual("实际完成值（B）"),
                Column::Score("得分"),
            ],
            level_weights: true,
            numbered: false,
            fillers: false,
            total: Some("总分"),
            headless: None,
        },
    };
    let mut table = Table::new(edition.scoring.width() + 1);
    let title = format!("{}年度{}", draft.subject.year, edition.title);
    let title = draft.title(title);
    draft.sheet.paragraph(title);
    let department = draft.subject.department.clone();
    draft.truth.heads.reporting_org = vec![department.clone()];
    let unit = draft.heading_unit();
    draft.sheet.paragraph(format!("填报单位：{department}        单位：{unit}"));
    let project = draft.project_name();
    heads::named(draft, &mut table, edition.labels[0], &project);
    heads::organisations(draft, &mut table, [edition.labels[1], edition.labels[2]]);
    let kinds = "1、部门预算项目 ☑  2、其他项目 □";
    table.row(vec![Cell::label("项目类别").columns(2), Cell::words(kinds).wide()]);
    edition.body(draft, &mut table);
    for label in ["偏差大或目标未完成原因分析", "改进措施及结果应用方案"] {
        let text = sentence(draft.random);
        table.row(vec![Cell::label(label).columns(2), Cell::words(text).wide()]);
    }
    draft.sheet.table(table);
}
