//! 项目支出绩效目标申报表: what a project is to cost and to reach, before its year.

use super::draft::{Draft, Line};
use super::funds::Sums;
use super::heads;
use super::project::{BENEFIT, CONTENT, OUTPUT_COST, corner};
use super::scoring::{Column, Scoring};
use crate::corpus::sheet::{Cell, Table};
use crate::corpus::words::sentence;

const PLANNED: &[&str] = &["budget", "amount", "budget_initial"];

pub fn write(draft: &mut Draft<'_>) {
    let scoring = Scoring {
        corner: "绩效指标",
        level3: "三级指标",
        levels: vec![("产出指标", 50, OUTPUT_COST), ("效益指标", 30, BENEFIT), ("满意度指标", 10, CONTENT)],
        columns: vec![Column::Target("指标值")],
        level_weights: false,
        numbered: false,
        fillers: false,
        total: None,
        headless: None,
    };
    let mut table = Table::new(scoring.width() + 1);
    heads::heading(draft, &mut table, "项目支出绩效目标申报表", None);
    let project = draft.project_name();
    heads::named(draft, &mut table, "项目名称", &project);
    heads::organisations(draft, &mut table, ["主管部门", "实施单位"]);
    money(draft, &mut table);
    let goal = sentence(draft.random);
    let cell = draft.text("objective", &goal).wide();
    table.row(vec![Cell::label("总体目标"), cell]);
    scoring.write(draft, &mut table, (0, 0));
    draft.sheet.table(table);
}

/// One sum a row, beside its label.
fn money(draft: &mut Draft<'_>, table: &mut Table) {
    let rows =
        [("funds.total", "年度资金总额："), ("funds.fiscal", "其中：财政拨款"), ("funds.other", "其他资金")];
    let sums = Sums::new(draft, rows.len());
    let label = corner(draft, "项目资金");
    let mut first = Some(draft.narrow(&label).rows(rows.len()));
    for (nth, (code, label)) in rows.into_iter().enumerate() {
        let item = label.trim_start_matches("其中：").trim_end_matches('：');
        let line = Line { code: Some(code), item, part: nth > 0 };
        let mut cells: Vec<Cell> = first.take().into_iter().collect();
        cells.push(Cell::label(label).columns(2));
        cells.push(draft.amount(line, PLANNED, draft.subject.year, sums.budget[nth]).wide());
        table.row(cells);
    }
}
