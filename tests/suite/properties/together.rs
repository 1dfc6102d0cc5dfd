//! Departments and their projects, printed with sums of their own: what the projects come to is reported where it is more
//! than the department's project spending, and nowhere else.

use super::config;
use crate::conversion;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A project form: its name among four, its sum in its unit's last printed digit, and how it is printed.
#[derive(Clone, Debug)]
struct Project {
    name: usize,
    printed: u32,
    in_yuan: bool,
    /// Whether its parts are printed too, so that its own form clears its sum.
    cleared: bool,
}

const NAMES: [&str; 4] = ["戏台修缮经费", "水渠清淤补助", "古树名木养护", "渡口值守费用"];

impl Project {
    /// The sum, in half yuan.
    fn halves(&self) -> u64 {
        u64::from(self.printed) * if self.in_yuan { 2 } else { 200 }
    }

    fn write(&self, text: &mut String) {
        let (unit, sum) = match self.in_yuan {
            true => ("元", self.printed.to_string()),
            false => ("万元", hundredths(self.printed)),
        };
        let parts =
            if self.cleared { format!("\t其中：当年财政拨款\t{sum}\n") } else { String::new() };
        let name = NAMES[self.name];
        let _ = write!(
            text,
            "项目支出绩效自评表\n填报单位：甲局\t（2022年度）\t单位：{unit}\n项目支出名称\t{name}\n项目资金\t\t全年执行数\n\t年度资金总额\t{sum}\n\
             {parts}绩效指标\t一级指标\t二级指标\t三级指标\t分值\t得分\n\t产出指标\t数量指标\t处数\t100\t98\n总分\t100\t98\n"
        );
    }
}

fn hundredths(sum: u32) -> String {
    format!("{}.{:02}", sum / 100, sum % 100)
}

fn document(spent: u32, projects: &[Project]) -> String {
    let spent = hundredths(spent);
    let mut text = format!(
        "部门整体支出绩效评价基础数据表\n填报单位：甲局\t（2022年度）\t单位：万元\n经费控制情况\t2022年决算数\n二、部门项目支出\t{spent}\n\
         财政供养人员情况\t编制数\n\t40\n厉行节约保障措施\t按月盘点\n"
    );
    projects.iter().for_each(|project| project.write(&mut text));
    text
}

/// Projects whose sums are about as large as their share of what the department spent, so that both outcomes are frequent.
fn cases() -> impl Strategy<Value = (u32, Vec<Project>)> {
    let projects = prop::collection::vec((0usize..4, any::<bool>(), any::<bool>(), -3i64..=3), 1..5);
    (1_000u32..90_000, projects, any::<bool>()).prop_map(|(spent, drafts, near)| {
        let named: BTreeMap<usize, ()> = drafts.iter().map(|draft| (draft.0, ())).collect();
        let share = i64::from(spent) / named.len() as i64;
        let one = |(name, in_yuan, cleared, off): (usize, bool, bool, i64)| {
            let off = if near { off } else { off * share / 7 };
            let wan = (share + off).max(0);
            let printed = if in_yuan { wan * 100 + off } else { wan };
            Project { name, printed: printed.max(0) as u32, in_yuan, cleared }
        };
        (spent, drafts.into_iter().map(one).collect())
    })
}

proptest! {
    #![proptest_config(config(400))]
    #[test]
    fn projects_are_held_against_what_their_department_spent((spent, projects) in cases()) {
        let outcome = conversion::of_text(document(spent, &projects));
        let mut largest: BTreeMap<usize, &Project> = BTreeMap::new();
        for project in &projects {
            let known = largest.entry(project.name).or_insert(project);
            if known.halves() < project.halves() {
                *known = project;
            }
        }
        let rounding = |in_yuan: bool| if in_yuan { 1 } else { 100 };
        let sum: u64 = largest.values().map(|project| project.halves()).sum();
        let slack = rounding(false) + largest.values().map(|project| rounding(project.in_yuan)).sum::<u64>();
        let whole = u64::from(spent) * 200;
        let exceeds = sum > whole + slack;

        let findings: Vec<_> =
            outcome.of_table("findings").filter(|row| row.get("code") == Some("cross_form.mismatch")).collect();
        let at_whole = findings.iter().filter(|row| row.get("line") == Some("4")).count();
        prop_assert_eq!(at_whole, usize::from(exceeds));
        // At a project only where its own form does not clear it.
        let doubted = largest.values().filter(|project| exceeds && !(project.cleared && project.printed > 0)).count();
        prop_assert_eq!(findings.len(), at_whole + doubted);
        let disputed = outcome.of_table("amounts").filter(|row| row.get("trust") == Some("disputed")).count();
        prop_assert_eq!(disputed, at_whole + doubted);
        let proven = outcome.of_table("amounts").filter(|row| row.get("line") == Some("4") && row.get("trust") == Some("proven"));
        prop_assert_eq!(proven.count(), 0);
    }
}

#[test]
fn projects_of_two_departments_or_years_are_not_added_up() {
    let project = |name| Project { name, printed: 6_000, in_yuan: false, cleared: true };
    let text = document(10_000, &[project(0), project(1)]);
    let codes = |text: String| conversion::of_text(text).codes().join(" ");
    assert_eq!(codes(text.clone()), "cross_form.mismatch");
    let (first, last) = text.rsplit_once("填报单位：甲局").unwrap();
    assert_eq!(codes(format!("{first}填报单位：乙局{last}")), "");
    let (first, last) = text.rsplit_once("2022年度").unwrap();
    assert_eq!(codes(format!("{first}2021年度{last}")), "");
    // The department's own form may name none: then two that name different ones are not held together.
    let nameless = text.replacen("填报单位：甲局\t", "", 1);
    assert_eq!(codes(nameless.clone()), "cross_form.mismatch");
    let (first, last) = nameless.rsplit_once("填报单位：甲局").unwrap();
    assert_eq!(codes(format!("{first}填报单位：乙局{last}")), "");
}

#[test]
fn a_sum_that_is_not_firm_is_left_out() {
    let project = |name| Project { name, printed: 600_000, in_yuan: true, cleared: false };
    let text = document(10_000, &[project(0), project(1)]);
    let is_reported = |text: String| conversion::of_text(text).codes().contains(&"cross_form.mismatch");
    assert!(is_reported(text.clone()));
    assert!(!is_reported(text.replacen("总额\t600000", "总额\t6000,00", 1)));
    assert!(!is_reported(text.replacen("单位：元", "单位：", 1)));
}
