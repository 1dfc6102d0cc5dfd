//! 转移支付绩效自评表: money that a higher level handed down; targets and what came of them, without scores.

use super::draft::{Draft, EXECUTED, FINAL};
use super::funds::{Column::Money, Column::Rate, Funds};
use super::heads;
use super::project::{BENEFIT, CONTENT, OUTPUT_COST, corner};
use super::scoring::{Column, Scoring};
use crate::corpus::sheet::{Cell, Table};

pub fn write(draft: &mut Draft<'_>) {
    let scoring = Scoring {
        corner: "绩效指标",
        level3: "三级指标",
        levels: vec![("产出指标", 50, OUTPUT_COST), ("效益指标", 30, BENEFIT), ("满意度指标", 10, CONTENT)],
        columns: vec![
            Column::Target("指标值"),
            Column::Actual("全年实际完成值"),
            Column::Reason("未完成原因和改进措施"),
        ],
        level_weights: false,
        numbered: false,
        fillers: false,
        total: None,
        headless: None,
    };
    let mut table = Table::new(scoring.width());
    let title = draft.pick(&["转移支付绩效自评表", "中央对地方专项转移支付绩效自评表"]).to_owned();
    let title = draft.title(title);
    let unit = draft.heading_unit();
    let year = draft.subject.year;
    heads::place(draft, &mut table, vec![title, format!("（{year}年度）          单位：{unit}")]);
    let project = draft.project_name();
    heads::named(draft, &mut table, "转移支付（项目）名称", &project);
    heads::organisations(draft, &mut table, ["主管部门", "资金使用单位"]);
    let funds = Funds {
        corner: corner(draft, "资金情况"),
        columns: vec![
            Money("全年预算数（A）", FINAL),
            Money("全年执行数（B）", EXECUTED),
            Rate("预算执行率（B/A×100%）"),
        ],
        rows: vec![
            (Some("funds.total"), "年度资金总额："),
            (None, "其中：中央财政资金"),
            (None, "地方财政资金"),
            (Some("funds.other"), "其他资金"),
        ],
        weight: None,
    };
    let earned = funds.write(draft, &mut table);
    heads::goals(draft, &mut table, ["总体目标完成情况", "总体目标", "全年实际完成情况"]);
    scoring.write(draft, &mut table, (0, earned));
    table.row(vec![Cell::label("说明"), Cell::words("无").wide()]);
    draft.sheet.table(table);
}
