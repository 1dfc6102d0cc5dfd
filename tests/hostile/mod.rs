//! Dumps that make as much work as they can for their size: what fails in them fails over as many figures as there are.

use std::fmt::Write;

fn base_table(rows: &str) -> String {
    format!(
        "部门整体支出绩效评价基础数据表\n填报单位：甲局\t（2022年度）\t单位：万元\n经费控制情况\t2021年决算数\t2022年预算数\t2022年决算数\n{rows}\
         财政供养人员情况\t编制数\n\t40\n厉行节约保障措施\t按月盘点\n"
    )
}

fn items(count: usize, row: &str) -> String {
    (0..count).fold(String::new(), |mut rows, nth| {
        let _ = writeln!(rows, "{}、水渠{nth}\t{row}", nth % 90 + 1);
        rows
    })
}

/// A sum of so many parts that does not add up.
pub fn terms(count: usize) -> String {
    base_table(&format!("二、部门项目支出\t9.00\t9.00\t9.00\n{}", items(count, "1.00\t1.00\t2.00")))
}

/// The same, where most parts are malformed.
pub fn malformed(count: usize) -> String {
    base_table(&format!("二、部门项目支出\t9.00\t9.00\t9.00\n{}", items(count, "1,00\t1.00\t2..00")))
}

/// A total on every other row, none of which adds up.
pub fn totals(count: usize) -> String {
    let total = "二、部门项目支出\t9.00\t9.00\t9.00\n";
    base_table(&format!("{}{}", total.repeat(count / 2), items(count / 2, "1.00\t1.00\t2.00")))
}

/// Scored lines, each with a level of its own whose weight is not the line's.
pub fn lines(count: usize) -> String {
    let mut text = "项目支出绩效自评表\n填报单位：甲局\t（2022年度）\t单位：元\n项目支出名称\t戏台\n项目资金\t\t全年预算数\n\t年度资金总额\t600\n\
                    绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
        .to_owned();
    for nth in 0..count {
        let level = if nth % 2 == 0 { "产出指标" } else { "效益指标" };
        let _ = writeln!(text, "\t{level}（{}分）\t数量指标\t处数{nth}\t1处\t1处\t4,0\t9\t", nth % 7 + 1);
    }
    text + "总分\t100\t98\n"
}

/// A department with so many lines of projects, and a form for each, none of which agrees with its line.
pub fn projects(count: usize) -> String {
    let mut text = terms(count);
    for nth in 0..count {
        let _ = write!(
            text,
            "项目支出绩效自评表\n填报单位：甲局\t（2022年度）\t单位：元\n项目支出名称\t水渠{nth}\n项目资金\t\t全年预算数\t全年执行数\n\t年度资金总额\t777\t60\n\
             绩效指标\t一级指标\t二级指标\t三级指标\t分值\t得分\n\t产出指标\t数量指标\t处数\t100\t98\n总分\t100\t98\n"
        );
    }
    text
}

/// A sum that fails over rows of which each has lost a cell, in a form with many other figures.
pub fn gaps(count: usize, others: usize) -> String {
    let wide = "政府采购金额\t8.00\t9.00\t7.00\n".repeat(others);
    base_table(&format!("二、部门项目支出\t900.00\t900.00\t900.00\n{}{wide}", items(count, "1.00\t2.00\t")))
}
