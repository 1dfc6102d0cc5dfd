//! Datasets that `verify` must find sound, of dumps in which a figure is hard to place again: found when dumps were written
//! that nobody had the readers in mind for.

use biaodan::grammar::Grammars;
use biaodan::pipeline::{RunOptions, run};
use biaodan::source::Inputs;
use biaodan::verify::{VerifyOptions, verify};

/// Converts a dump and verifies what came out against it.
#[track_caller]
fn holds(text: &str) {
    let grammars = Grammars::built_in().unwrap();
    let root = tempfile::tempdir().unwrap();
    let (sources, dataset) = (root.path().join("sources"), root.path().join("dataset"));
    std::fs::create_dir(&sources).unwrap();
    std::fs::write(sources.join("dump.txt"), text).unwrap();
    let inputs = Inputs { paths: vec![sources.clone()], ..Inputs::default() };
    run(&inputs, &dataset, &grammars, &RunOptions::default(), &mut |_| {}).unwrap();
    let options = VerifyOptions { sources: Some(sources), ..VerifyOptions::new(&grammars) };
    let report = verify(&dataset, &options).unwrap();
    assert!(report.holds() && report.checked.figures >= 5, "{report}");
}

/// 万 alone behind a sum.
#[test]
fn a_unit_cut_short() {
    holds(
        "项目支出绩效自评表\n（2022年度）\n\n项目名称|床位采购|||||||\n项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分|\n\
         |年度资金总额|4200|4200|4200万|10|100%|10|\n绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因\n\
         |产出指标|数量指标|添置床位|≥12张|12张|90|90|\n总分||||||100|100|\n",
    );
}

/// What the execution of the budget is worth, in the corner of its block, where its score does not follow.
#[test]
fn a_weight_above_its_line() {
    holds(
        "2022年度塘堰清淤项目自评表\n\n项目名称|塘堰清淤|||||\n预算执行情况（万元）（20分）||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）\n\
         |年度财政资金总额|250.00|245.00|98%|17.5\n一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分\n\
         产出指标|数量指标|清淤塘堰|30口|31口|80\n总分|||||97.5\n",
    );
}

/// A row that an offer moves under columns that hold no figure else.
#[test]
fn a_row_moved_under_bare_headers() {
    holds(
        "项目支出绩效自评表\n（2022年度）\n\t项目名称\n\n\t管网改造\n\n\t项目资金\n（万元）\n\n\t\n\t年初预算数\n\n\t全年预算数\n\n\t全年执行数\n\n\t分值\n\n\t\
         执行率\n\n\t得分\n\n\t\n\t年度资金总额\n\n\t300.00\n\n\t300.00\n\n\t240.25\n\n\t10\n\n\t100%\n\n\t10\n\n\t\n\t其中：当年财政拨款\n\n\t0\n\n\t300.00\n\n\t240.22\n\n\t\
         —\n\n\t100%\n\n\t—\n\n\t\n\t上年结转资金\n\n\t0\n\n\t0.03\n\n\t0\n\n\t—\n\n\t0\n\n\t—\n",
    );
}

/// Two forms on one line.
#[test]
fn forms_that_share_a_line() {
    let form = |project: &str, sum: &str| {
        format!(
            "项目支出绩效自评表 （2022年度） 项目名称 {project} 主管部门 甲市水务局 项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分 \
             年度资金总额 {sum} {sum} {sum} 10 100% 10 绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 \
             产出指标 数量指标 疏浚河道 ≥12公里 12公里 90 90 无 总分 100 100 "
        )
    };
    holds(&(form("河道疏浚", "120.00") + &form("泵站维修", "80.00") + "\n"));
}

/// Two labels with their sums in one cell of columns that rules hold, whose lines are joined.
#[test]
fn sums_of_a_cell_whose_lines_are_joined() {
    holds(include_str!("../../samples/department-self-evaluation-ruled-columns.txt"));
}
