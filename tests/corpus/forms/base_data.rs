//! 部门整体支出绩效评价基础数据表 (Hunan): staff, then expenditure lines in three columns.

use super::draft::{ACCOUNT, BUDGET, Draft, Line, decimal, split};
use super::heads;
use crate::corpus::sheet::{Cell, Table};
use crate::corpus::words::{project, sentence};

pub fn write(draft: &mut Draft<'_>) {
    let mut table = Table::new(4);
    let title = draft.title("部门整体支出绩效评价基础数据表");
    let unit = draft.heading_unit();
    draft.sheet.paragraph(title);
    let department = draft.subject.department.clone();
    let named = draft.one_in(2);
    if named {
        draft.truth.heads.reporting_org = vec![department.clone()];
        draft.truth.heads.department = vec![department.clone()];
    }
    let name = if named { &department } else { "" };
    draft.sheet.paragraph(format!("填报单位：{name}（盖章）                     单位：{unit}"));
    staff(draft, &mut table);
    let year = draft.subject.year;
    let mut header = vec![Cell::label("经费控制情况")];
    for (year, what) in [(year - 1, "决算数"), (year, "预算数"), (year, "决算数")] {
        header.push(Cell::header(format!("{year}年{what}")));
    }
    table.row(header);
    expenditure(draft, &mut table);
    let measures = sentence(draft.random);
    let label = draft.narrow("厉行节约保障措施");
    let text = draft.text("austerity_measures", &measures).wide();
    table.row(vec![label, text]);
    draft.sheet.table(table);
    heads::signature(draft);
}

fn staff(draft: &mut Draft<'_>, table: &mut Table) {
    let year = draft.subject.year;
    let quota = draft.random.between(40, 400);
    let staff = quota - draft.random.below(30);
    let actual = format!("{year}年实际在职人数");
    table.row(vec![
        Cell::label("财政供养人员情况").rows(2),
        Cell::header("编制数"),
        Cell::header(&actual),
        Cell::header("控制率"),
    ]);
    let rate = (staff * 10_000 + quota / 2) / quota;
    let cells = vec![
        draft.measure("编制数", quota.to_string(), "person", quota.to_string()),
        draft.measure(&actual, staff.to_string(), "person", staff.to_string()),
        draft.measure("控制率", decimal(rate, 4), "ratio", format!("{}%", decimal(rate, 2))),
    ];
    table.row(cells);
}

/// Before, planned, spent: the whole, then parts that keep within it in each.
fn some(draft: &mut Draft<'_>, high: u64) -> [u64; 3] {
    let high = high.max(10);
    [0; 3].map(|_| draft.random.between(high / 4, high))
}

fn part(draft: &mut Draft<'_>, whole: [u64; 3]) -> [u64; 3] {
    let share = draft.random.between(10, 60);
    whole.map(|sum| sum * share / 100)
}

fn added(parts: &[[u64; 3]]) -> [u64; 3] {
    let mut sum = [0; 3];
    for part in parts {
        sum = [sum[0] + part[0], sum[1] + part[1], sum[2] + part[2]];
    }
    sum
}

fn line(draft: &mut Draft<'_>, table: &mut Table, code: &'static str, label: &str, sums: [u64; 3]) {
    let item = label.trim_start_matches(['一', '二', '、', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let item = item.trim_start_matches("其中：");
    let is_part =
        matches!(code, "expenditure.project.item" | "three_public.abroad" | "three_public.reception");
    let line = Line { code: Some(code), item, part: is_part };
    let year = draft.subject.year;
    let mut cells = vec![Cell::label(label)];
    for (nth, measure) in [(0, ACCOUNT), (1, BUDGET), (2, ACCOUNT)] {
        let year = if nth == 0 { year - 1 } else { year };
        cells.push(draft.amount(line, measure, year, sums[nth]));
    }
    table.row(cells);
}

fn expenditure(draft: &mut Draft<'_>, table: &mut Table) {
    let power = 10_u64.pow(draft.subject.scale.decimals);
    let high = if draft.subject.scale.unit == "yuan" { 40_000_000 } else { 4_000 } * power;
    let basic = some(draft, high);
    let public = part(draft, basic);
    let (office, travel) = (part(draft, public), part(draft, public));
    line(draft, table, "expenditure.basic", "一、部门基本支出", basic);
    line(draft, table, "expenditure.basic.public", "其中：公用经费", public);
    line(draft, table, "expenditure.basic.public.office", "其中：办公经费", office);
    line(
        draft,
        table,
        "expenditure.basic.public.utilities_travel",
        "水费、电费、差旅费",
        travel.map(|n| n / 3),
    );
    line(draft, table, "expenditure.basic.public.meetings_training", "会议费、培训费", office.map(|n| n / 7));
    let (running, reception) = (some(draft, high / 80), some(draft, high / 100));
    let buying = if draft.one_in(4) { some(draft, high / 60) } else { [0; 3] };
    let abroad = if draft.one_in(3) { some(draft, high / 200) } else { [0; 3] };
    let vehicles = added(&[running, buying]);
    line(draft, table, "three_public", "三公经费", added(&[vehicles, abroad, reception]));
    line(draft, table, "three_public.vehicles", "1、公务用车购置和维护经费", vehicles);
    line(draft, table, "three_public.vehicles.purchase", "其中：公务用车购置", buying);
    line(draft, table, "three_public.vehicles.running", "公务用车运行维护", running);
    line(draft, table, "three_public.abroad", "2、出国经费", abroad);
    line(draft, table, "three_public.reception", "3、公务接待", reception);
    let n = draft.random.between(2, 6) as usize;
    let whole = some(draft, high);
    let columns = whole.map(|sum| split(draft.random, sum, n));
    line(draft, table, "expenditure.project", "二、部门项目支出", whole);
    for (nth, before) in columns[0].iter().enumerate() {
        let label = format!("{}、{}", nth + 1, project(draft.random));
        let sums = [*before, columns[1][nth], columns[2][nth]];
        line(draft, table, "expenditure.project.item", &label, sums);
    }
    let procurement = some(draft, high / 4);
    line(draft, table, "procurement", "政府采购金额", procurement);
}
