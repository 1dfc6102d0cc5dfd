//! 三公经费 tables: vehicles, journeys abroad, receptions, in any order and under many names.

use super::draft::{ACCOUNT, BUDGET, Draft, Line};
use crate::corpus::sheet::{Cell, Table};

const CHANGE: &[&str] = &["amount", "change", "difference"];

pub fn write(draft: &mut Draft<'_>) {
    let year = draft.subject.year;
    let title = draft
        .pick(&["“三公”经费支出情况表", "一般公共预算“三公”经费支出表", "“三公”经费预算执行情况表"])
        .to_owned();
    let title = draft.title(format!("{year}年度{title}"));
    let unit = draft.heading_unit();
    let department = draft.subject.department.clone();
    draft.truth.heads.reporting_org = vec![department.clone()];
    draft.truth.heads.department = vec![department.clone()];
    draft.sheet.paragraph(title);
    draft.sheet.paragraph(format!("填报单位：{department}              单位：{unit}"));
    let compared = draft.one_in(2);
    let mut table = Table::new(if compared { 4 } else { 3 });
    table.row(match compared {
        true => ["项目", "上年决算数", "本年决算数", "增减额"].map(Cell::header).to_vec(),
        false => ["项目", "预算数", "决算数"].map(Cell::header).to_vec(),
    });
    for (code, label, sums) in lines(draft) {
        let line = Line { code: Some(code), item: label, part: code != "three_public" };
        let mut cells = vec![Cell::label(label)];
        if compared {
            cells.push(draft.amount(line, ACCOUNT, year - 1, sums[0]));
            cells.push(draft.amount(line, ACCOUNT, year, sums[1]));
            cells.push(draft.amount(line, CHANGE, year, sums[1] - sums[0]));
        } else {
            cells.push(draft.amount(line, BUDGET, year, sums[1]));
            cells.push(draft.amount(line, ACCOUNT, year, sums[0]));
        }
        table.row(cells);
    }
    draft.sheet.table(table);
}

/// The lines in some order, each with a smaller and a larger sum; the total first or last.
fn lines(draft: &mut Draft<'_>) -> Vec<(&'static str, &'static str, [u64; 2])> {
    let power = 10_u64.pow(draft.subject.scale.decimals);
    let high = if draft.subject.scale.unit == "yuan" { 800_000 } else { 80 } * power;
    let mut some = || {
        let small = draft.random.between(high / 40, high / 2);
        [small, small + draft.random.below(high / 2)]
    };
    let (vehicles, reception, abroad) = (some(), some(), some());
    let total = [0, 1].map(|nth| vehicles[nth] + reception[nth] + abroad[nth]);
    let mut lines = vec![
        ("three_public.vehicles", "公务用车购置及运行维护费", vehicles),
        ("three_public.reception", "公务接待费", reception),
        ("three_public.abroad", "因公出国（境）费", abroad),
    ];
    let turned = draft.random.below(3) as usize;
    lines.rotate_left(turned);
    let at = if draft.one_in(2) { 0 } else { lines.len() };
    lines.insert(at, ("three_public", "合计", total));
    lines
}
