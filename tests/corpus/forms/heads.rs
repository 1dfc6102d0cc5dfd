//! What stands above the tables and below them: title, heading line, names, signatures.

use super::draft::Draft;
use crate::corpus::sheet::{Cell, Table};
use crate::corpus::words::body;

/// The title and the heading line, in the table or above it.
pub fn heading(draft: &mut Draft<'_>, table: &mut Table, title: &str, annex: Option<&str>) {
    if let Some(annex) = annex {
        draft.sheet.paragraph(annex);
    }
    let title = draft.title(title);
    let unit = draft.heading_unit();
    let year = draft.subject.year;
    let lines = match draft.random.below(5) {
        0 => vec![format!("（{year}年度）"), format!("填报单位（盖章）：          金额单位：{unit}")],
        1 => vec![format!("（{year}年度）          单位：{unit}")],
        _ => vec![format!("填报单位：（盖章）        （{year}年度）        单位：{unit}")],
    };
    place(draft, table, std::iter::once(title).chain(lines).collect());
}

/// Lines above the table, or rows of their own in it.
pub fn place(draft: &mut Draft<'_>, table: &mut Table, lines: Vec<String>) {
    let inside = draft.one_in(2);
    for line in lines {
        if inside {
            table.row(vec![Cell::label(line)]);
        } else {
            draft.sheet.paragraph(line);
        }
    }
}

/// A row of a label and what it names.
pub fn named(draft: &mut Draft<'_>, table: &mut Table, label: &str, value: &str) {
    let label = draft.narrow(label).columns(2);
    table.row(vec![label, Cell::words(value).wide()]);
}

/// A row of the department and of who carried the project out; their names go into the truth.
pub fn organisations(draft: &mut Draft<'_>, table: &mut Table, labels: [&str; 2]) {
    let department = draft.subject.department.clone();
    let other = if draft.one_in(2) { department.clone() } else { body(draft.random) };
    draft.truth.heads.department = vec![department.clone()];
    draft.truth.heads.implementing_org = vec![other.clone()];
    let columns = table.columns;
    let first = draft.narrow(labels[0]).columns(2);
    table.row(vec![
        first,
        Cell::words(department).columns((columns - 3) / 2),
        Cell::label(labels[1]),
        Cell::words(other).wide(),
    ]);
}

/// Expected and actual achievement of the year's goal.
pub fn goals(draft: &mut Draft<'_>, table: &mut Table, labels: [&str; 3]) {
    let corner = draft.narrow(labels[0]).rows(2);
    let half = (table.columns - 1) / 2;
    table.row(vec![corner, Cell::header(labels[1]).columns(half), Cell::header(labels[2]).wide()]);
    let expected = crate::corpus::words::sentence(draft.random);
    let actual = crate::corpus::words::sentence(draft.random);
    let cells = vec![
        draft.text("objective_expected", &expected).columns(half),
        draft.text("objective_actual", &actual).wide(),
    ];
    table.row(cells);
}

/// The line of whoever filled the form in.
pub fn signature(draft: &mut Draft<'_>) {
    if draft.one_in(2) {
        let date =
            draft.pick(&["2023年3月29日", "20230329", "2023-03-29", "2023.3.29", "2023 年 3 月 29 日", ""]);
        let line = format!("填表人：张某某    填报日期：{date}    联系电话：0000000    单位负责人签字：");
        draft.sheet.paragraph(line);
    }
}
