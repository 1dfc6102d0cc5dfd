//! The national model, 项目支出绩效自评表 (ministry of finance), in its editions.

use super::draft::{Draft, EXECUTED, FINAL, INITIAL};
use super::funds::{self, Funds};
use super::heads;
use super::scoring::{self, Scoring};
use crate::corpus::sheet::Table;

pub const OUTPUT: &[&str] = &["数量指标", "质量指标", "时效指标"];
pub const OUTPUT_COST: &[&str] = &["数量指标", "质量指标", "时效指标", "成本指标"];
pub const BENEFIT: &[&str] = &["经济效益指标", "社会效益指标", "可持续影响指标"];
pub const CONTENT: &[&str] = &["服务对象满意度指标"];
pub const COST: &[&str] = &["经济成本指标", "社会成本指标"];

pub const TOTAL: funds::Row = (Some("funds.total"), "年度资金总额");
pub const OTHER: funds::Row = (Some("funds.other"), "其他资金");
pub const CARRIED: funds::Row = (Some("funds.carryover"), "上年结转资金");

/// What an edition consists of.
pub struct Edition {
    pub title: &'static str,
    pub annex: Option<&'static str>,
    pub labels: [&'static str; 3],
    pub funds: Funds,
    pub goals: Option<[&'static str; 3]>,
    pub scoring: Scoring,
}

impl Edition {
    pub fn write(mut self, draft: &mut Draft<'_>) {
        // Words that forms of every edition use for the same thing.
        self.scoring.corner = ["绩效指标", "绩效指标", "年度绩效指标"][draft.random.below(3) as usize];
        self.scoring.total = Some(["总分", "总分", "合计"][draft.random.below(3) as usize]);
        let mut table = Table::new(self.scoring.width());
        heads::heading(draft, &mut table, self.title, self.annex);
        let project = draft.project_name();
        heads::named(draft, &mut table, self.labels[0], &project);
        heads::organisations(draft, &mut table, [self.labels[1], self.labels[2]]);
        self.body(draft, &mut table);
        draft.sheet.table(table);
        heads::signature(draft);
    }

    /// Money, goals and scores.
    pub fn body(&self, draft: &mut Draft<'_>, table: &mut Table) {
        let earned = self.funds.write(draft, table);
        if let Some(labels) = self.goals {
            heads::goals(draft, table, labels);
        }
        let weight = self.funds.weight.unwrap_or(0);
        self.scoring.write(draft, table, (weight, earned));
    }
}

pub fn corner(draft: &Draft<'_>, label: &str) -> String {
    format!("{label}（{}）", draft.subject.scale.word)
}

pub fn edition_2016(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Score, Weight};
    use scoring::Column;
    let annex = draft.one_in(2).then_some("附件2");
    let edition = Edition {
        title: "项目支出绩效自评表",
        annex,
        labels: ["项目名称", "主管部门", "实施单位"],
        funds: Funds {
            corner: corner(draft, "项目资金"),
            columns: vec![
                Money("全年预算数(A)", FINAL),
                Money("全年执行数(B)", EXECUTED),
                Weight("分值"),
                Rate("执行率(B/A)"),
                Score("得分"),
            ],
            rows: vec![TOTAL, (Some("funds.fiscal"), "其中：财政拨款"), OTHER],
            weight: Some(10),
        },
        goals: Some(["年度总体目标", "年初设定目标", "目标完成情况综述"]),
        scoring: Scoring {
            corner: "绩效指标",
            level3: "三级指标",
            levels: vec![
                ("项目完成指标", 50, OUTPUT_COST),
                ("项目效益指标", 30, &["经济效益指标", "社会效益指标", "生态效益指标"]),
                ("满意度指标", 10, CONTENT),
            ],
            columns: vec![
                Column::Target("年度指标值"),
                Column::Actual("全年实际值"),
                Column::Weight("分值"),
                Column::Score("得分"),
                Column::Reason("未完成原因分析"),
            ],
            level_weights: false,
            numbered: false,
            fillers: false,
            total: Some("总分"),
            headless: None,
        },
    };
    edition.write(draft);
}

pub fn edition_2018(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Score, Weight};
    use scoring::Column;
    let edition = Edition {
        title: "项目支出绩效自评表",
        annex: Some("附件4"),
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
            rows: vec![TOTAL, (Some("funds.fiscal"), "其中：本年财政拨款"), OTHER],
            weight: Some(10),
        },
        goals: Some(["年度总体目标", "年初设定目标", "年度总体目标完成情况综述"]),
        scoring: Scoring {
            corner: "绩效指标",
            level3: "三级指标",
            levels: vec![
                ("产出指标", 50, OUTPUT_COST),
                ("效益指标", 30, BENEFIT),
                ("满意度指标", 10, CONTENT),
            ],
            columns: vec![
                Column::Weight("分值"),
                Column::Target("年度指标值"),
                Column::Actual("实际完成值"),
                Column::Score("得分"),
                Column::Reason("未完成原因及改进措施"),
            ],
            level_weights: draft.one_in(2),
            numbered: false,
            fillers: false,
            total: Some("总分"),
            headless: draft.one_in(5).then_some("效益指标"),
        },
    };
    edition.write(draft);
}

pub fn edition_2020(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Score, Weight};
    use scoring::Column;
    let lettered = draft.one_in(2);
    let label = |plain: &'static str, with: &'static str| if lettered { with } else { plain };
    let fiscal =
        ["其中：当年财政拨款", "其中:当年财政拨款", "其中：本年财政拨款"][draft.random.below(3) as usize];
    let edition = Edition {
        title: "项目支出绩效自评表",
        annex: Some("附件4"),
        labels: ["项目支出名称", "主管部门", "实施单位"],
        funds: Funds {
            corner: corner(draft, "项目资金"),
            columns: vec![
                Money("年初预算数", INITIAL),
                Money(label("全年预算数", "全年预算数（A）"), FINAL),
                Money(label("全年执行数", "全年执行数（B）"), EXECUTED),
                Weight("分值"),
                Rate(label("执行率", "执行率（B/A）")),
                Score("得分"),
            ],
            rows: vec![TOTAL, (Some("funds.fiscal"), fiscal), CARRIED, OTHER],
            weight: Some(10),
        },
        goals: Some(["年度总体目标", "预期目标", "实际完成情况"]),
        scoring: Scoring {
            corner: "绩效指标",
            level3: "三级指标",
            levels: vec![("产出指标", 50, OUTPUT), ("效益指标", 30, BENEFIT), ("满意度指标", 10, CONTENT)],
            columns: vec![
                Column::Target("年度指标值"),
                Column::Actual("实际完成值"),
                Column::Weight("分值"),
                Column::Score("得分"),
                Column::Reason("偏差原因分析及改进措施"),
            ],
            level_weights: draft.one_in(2),
            numbered: false,
            fillers: false,
            total: Some("总分"),
            headless: None,
        },
    };
    edition.write(draft);
}

/// With costs as a first level, and in half of the forms sign, number and unit of a target apart.
pub fn edition_2021(draft: &mut Draft<'_>) {
    use funds::Column::{Money, Rate, Score, Weight};
    use scoring::Column;
    let parts = ["指标性质", "指标值", "度量单位"];
    let target = match draft.random.below(3) {
        0 => Column::Split { over: Some("年度指标值"), parts },
        1 => Column::Split { over: None, parts },
        _ => Column::Target("年度指标值"),
    };
    let weight = Column::Weight(if draft.one_in(2) { "分值" } else { "权重" });
    let mut columns = vec![target, Column::Actual("实际完成值"), weight, Column::Score("得分")];
    columns.push(Column::Reason("偏差原因分析及改进措施"));
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
            rows: vec![
                TOTAL,
                (Some("funds.fiscal"), "其中：本年一般公共预算拨款"),
                (Some("funds.fiscal_account"), "财政专户管理资金"),
                (Some("funds.own"), "单位资金"),
            ],
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
            columns,
            level_weights: false,
            numbered: false,
            fillers: false,
            total: Some("总分"),
            headless: None,
        },
    };
    edition.write(draft);
}
