//! A corpus of dumps with varied, sound content: invented bodies, projects, sentences and sums whose arithmetic holds,
//! written as Word tables come out of Tika. The same seed gives the same bytes.

mod random;

pub use random::Random;
use std::fmt::Write as _;

/// Characters that invented names and sentences are made of.
const CHARACTERS: &str = "安保本标财成城程创村达道电定动度发法防访扶服福改工公功共关管规国果河合湖户化环回会机基集计技济加家检建健教节界进经景居局具决\
康科客矿来劳老理力利联粮林流路绿落旅贸民明目纳农培配平评普期企桥情区全群热人任日融商设社审生省失施时实市事收水税司送岁台特体田调\
通投土推网文问武务物系县乡项校协新信行许学巡训研养药业医移益应营用优油游友渔园远源月云运造责增展站账政支知职治智中种众州住助注专转资总组作";

/// Writes documents.
pub struct Corpus {
    random: Random,
    characters: Vec<char>,
}

impl Corpus {
    pub fn new(seed: u64) -> Self {
        Corpus { random: Random::new(seed), characters: CHARACTERS.chars().collect() }
    }

    /// A document: a department's base table and self-evaluation, and `projects` project forms.
    pub fn document(&mut self, projects: usize) -> String {
        let mut out = String::with_capacity(6_000 + projects * 1_700);
        let year = self.random.between(2017, 2025);
        let place = self.word(2, 3);
        let department = format!("{place}市{}局", self.word(2, 5));
        let items: Vec<(String, [u64; 3])> = (0..projects.max(2)).map(|_| self.item()).collect();
        let basic = self.random.between(100_000, 900_000);
        self.base_table(&mut out, year, basic, &items);
        self.department_form(&mut out, year, &department, basic, &items);
        for (name, sums) in items.iter().take(projects) {
            self.project_form(&mut out, year, &department, name, sums);
        }
        out
    }

    fn word(&mut self, low: u64, high: u64) -> String {
        let n = self.random.between(low, high);
        (0..n).map(|_| self.characters[self.random.below(self.characters.len() as u64) as usize]).collect()
    }

    fn sentence(&mut self) -> String {
        let parts = self.random.between(1, 3);
        let parts: Vec<String> = (0..parts).map(|_| self.word(5, 16)).collect();
        parts.join("，") + "。"
    }

    /// A project's name and, in fen of 万元, what it cost the year before, its budget and its final account.
    fn item(&mut self) -> (String, [u64; 3]) {
        let name = self.word(4, 9) + "经费";
        let budget = self.random.between(100, 90_000);
        let before = if self.random.below(4) == 0 { 0 } else { self.random.between(100, 90_000) };
        (name, [before, budget, budget])
    }

    fn base_table(&mut self, out: &mut String, year: u64, basic: u64, items: &[(String, [u64; 3])]) {
        out.push_str("部门整体支出绩效评价基础数据表  \n填报单位：（盖章）                                 单位：万元\n");
        let quota = self.random.between(40, 400);
        let staff = quota - self.random.below(30);
        let rate = (staff * 10_000 + quota / 2) / quota;
        row(out, &["财政供养人员情况", "编制数", &format!("{year}年实际在职人数"), "控制率"]);
        row(out, &["", &format!("　{quota}"), &format!("　{staff}"), &format!("{}%　", hundredths(rate))]);
        let (before, budget, account) = (year - 1, year, year);
        row(
            out,
            &[
                "经费控制情况",
                &format!("{before}年决算数"),
                &format!("{budget}年预算数"),
                &format!("{account}年决算数"),
            ],
        );
        let public = basic / 8;
        self.money_row(out, "一、部门基本支出", [basic - 4_000, basic, basic]);
        self.money_row(out, "其中：公用经费", [public - 500, public, public]);
        self.money_row(out, "其中：办公经费", [public / 2, public / 2, public / 2]);
        self.money_row(out, "水费、电费、差旅费", [public / 9, public / 9, public / 9]);
        self.money_row(out, "会议费、培训费", [0, public / 40, public / 40]);
        let (cars, abroad, meals) =
            (self.random.between(100, 4_000), self.random.below(2) * 500, self.random.between(10, 3_000));
        let total = |cars: u64| cars + abroad + meals;
        self.money_row(out, "三公经费", [total(cars + 7), total(cars + 3), total(cars)]);
        self.money_row(out, "1、公务用车购置和维护经费", [cars + 7, cars + 3, cars]);
        self.money_row(out, "其中：公车购置", [0, 0, 0]);
        self.money_row(out, "公车运行维护", [cars + 7, cars + 3, cars]);
        self.money_row(out, "2、出国经费", [abroad, abroad, abroad]);
        self.money_row(out, "3、公务接待", [meals, meals, meals]);
        let sum = |column: usize| items.iter().map(|(_, sums)| sums[column]).sum::<u64>();
        self.money_row(out, "二、部门项目支出", [sum(0), sum(1), sum(2)]);
        for (nth, (name, sums)) in items.iter().enumerate() {
            self.money_row(out, &format!("{}、{name}", nth + 1), *sums);
        }
        let procured = self.random.between(100, 60_000);
        self.money_row(out, "政府采购金额", [procured / 2, procured, procured]);
        let measures = self.sentence() + &self.sentence();
        cell(out, "厉行节约保障措施");
        cell(out, &measures);
    }

    fn money_row(&mut self, out: &mut String, label: &str, sums: [u64; 3]) {
        let [a, b, c] = sums.map(hundredths);
        let pad = if self.random.below(6) == 0 { "　" } else { "" };
        row(out, &[label, &format!("{a}{pad}"), &b, &format!("{pad}{c}")]);
    }

    fn department_form(
        &mut self,
        out: &mut String,
        year: u64,
        department: &str,
        basic: u64,
        items: &[(String, [u64; 3])],
    ) {
        out.push_str(" 附件3\n");
        row(out, &["部门整体支出绩效自评表"]);
        row(
            out,
            &[&format!("填报单位： （盖章）                 （{year}年度）                      单位：万元")],
        );
        row(out, &["部门名称", department, "执行数", "资金执行率", "分值", "得分"]);
        let project: u64 = items.iter().map(|(_, sums)| sums[1]).sum();
        let total = hundredths(basic + project);
        row(out, &["年度预算\n申请（万元）", &format!("资金总额：{total}"), &total, "100%", "10", "10"]);
        row(out, &["", "按收入性质分：                         ", "按支出性质分："]);
        row(
            out,
            &[
                "",
                &format!("其中： 一般公共预算收入：{total}"),
                &format!(" 其中：基本支出：{}", hundredths(basic)),
            ],
        );
        row(out, &["", "政府性基金拨款：0.00", &format!("项目支出：{}", hundredths(project))]);
        row(out, &["", "纳入专户管理的非税收入拨款：", ""]);
        row(out, &["", "其他资金：", ""]);
        let (duties, goal) = (self.sentence(), self.sentence());
        row(out, &["部门职能职责概述", &duties]);
        row(out, &["整体绩效\n目标", &goal]);
        self.indicators(
            out,
            "部门整体支出年度绩效指标",
            &[
                ("产出\n指标\n(50分)", &["重点任务完成", "履职目标实现"], 50),
                ("效益\n指标\n（40分）", &["社会效益指标", "服务对象满意度指标"], 40),
            ],
        );
    }

    fn project_form(&mut self, out: &mut String, year: u64, department: &str, name: &str, sums: &[u64; 3]) {
        out.push_str(" 附件4\n");
        row(out, &["项目支出绩效自评表"]);
        row(
            out,
            &[&format!(
                " 填报单位： （盖章）                （{year}年度）                       单位：万元"
            )],
        );
        row(out, &["项目支\n出名称", &format!("{name}　")]);
        row(out, &["主管部门", &format!("　{department}"), "实施单位", department]);
        row(
            out,
            &[
                "项目资金\n（万元）",
                "　",
                "年初\n预算数",
                "全年\n预算数",
                "全年\n执行数",
                "\n分值",
                "\n执行率",
                "\n得分",
            ],
        );
        let total = hundredths(sums[1]);
        let other = sums[1] / 5 * self.random.below(2);
        let fiscal = hundredths(sums[1] - other);
        row(
            out,
            &[
                "",
                "年度资金总额　",
                &format!("　{total}"),
                &format!("　{total}"),
                &total,
                "　10",
                "100%",
                "　10",
            ],
        );
        row(
            out,
            &[
                "",
                "其中：当年财政拨款　",
                &format!("　{fiscal}"),
                &format!("　{fiscal}"),
                &fiscal,
                "　",
                "　",
                "　",
            ],
        );
        row(out, &["", "上年结转资金　", "　", "　", "　", "　", "　", "　"]);
        let other = if other == 0 { "　".to_owned() } else { hundredths(other) };
        row(out, &["", "其他资金", &other, &other, &other, "　", "　", "　"]);
        row(out, &["年度总\n体目标", "预期目标", "实际完成情况　"]);
        let goal = self.sentence();
        row(out, &["", &format!("　　{goal}"), "　全部实现。"]);
        self.indicators(
            out,
            "绩\n效\n指\n标",
            &[
                ("产出\n指标\n\n(50分)", &["数量指标", "质量指标", "时效指标"], 50),
                ("效益\n指标\n\n（30分）\n　", &["经济效\n益指标", "社会效\n益指标"], 30),
                ("满意度\n指标\n（10分）", &["服务对象满意度指标"], 10),
            ],
        );
        if self.random.below(2) == 0 {
            cell(out, "　");
            out.push_str("\n\n\n填表人：张某某  填报日期：20230329  联系电话：0000000  单位负责人签字：\n\n");
        }
    }

    fn indicators(&mut self, out: &mut String, corner: &str, levels: &[(&str, &[&str], u64)]) {
        let header = [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度\n指标值",
            "实际\n完成值",
            "分值",
            "得分",
            "偏差原因\n分析及\n改进措施",
        ];
        cell(out, corner);
        row(out, &header);
        let mut scored = 10;
        for (level1, level2s, weight) in levels {
            let mut left = *weight;
            for (nth, level2) in level2s.iter().enumerate() {
                let last = nth + 1 == level2s.len();
                let weight = if last { left } else { weight / level2s.len() as u64 };
                left -= weight;
                let lost = self.random.below(3).min(weight);
                scored += weight - lost;
                let name = self.word(4, 12);
                let (target, actual) = self.target();
                let first = if nth == 0 { level1 } else { "" };
                let (weight, score) = (format!("　{weight}"), format!("{} ", weight - lost));
                row(out, &["", first, level2, &name, &target, &actual, &weight, &score, "　"]);
            }
        }
        cell(out, "总分");
        cell(out, "100");
        let _ = writeln!(out, "\t　{scored}");
    }

    fn target(&mut self) -> (String, String) {
        match self.random.below(5) {
            0 => ("100%".into(), "100%".into()),
            1 => (format!("≥{}%", self.random.between(80, 98)), "98%".into()),
            2 => (format!("{}家", self.random.between(10, 3_000)), "100%".into()),
            3 => ("　95".into(), format!("　{}", self.random.between(80, 95))),
            _ => (self.word(4, 10), self.word(4, 8)),
        }
    }
}

fn hundredths(n: u64) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

/// A cell as Tika writes it: a TAB, then its paragraphs, each ended by a newline.
fn cell(out: &mut String, text: &str) {
    out.push('\t');
    out.push_str(text);
    out.push('\n');
}

fn row(out: &mut String, cells: &[&str]) {
    for text in cells {
        cell(out, text);
    }
    out.push('\n');
}
