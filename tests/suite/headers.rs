//! Headers: what their labels state of units, and where one that is broken over lines ends.

use crate::conversion::{self, Outcome};

/// A form of which the heading says 万元, copied from Word: a header, and the row below it up to its figures.
fn form(header: &str, row: &str) -> Outcome {
    conversion::of_text(format!(
        "项目支出绩效自评表\n（2023年度）          单位：万元\n项目名称\t河道整治经费\n\
         主管部门\t青禾市水利局\t实施单位\t青禾市河道管理所\n\
         {header}\n{row}\t8436367.33\t8436367.33\t7643457.52\t10\t90.60%\t9.06\n\
         \t其中：本年财政拨款\t8436367.33\t8436367.33\t7643457.52\t\t\t\n\
         年度总体目标\t预期目标\t实际完成情况\n\t整治河道。\t已经整治。\n\
         绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\
         \t产出指标\t数量指标\t整治河道\t2公里\t2公里\t90\t90\t\n总分\t100\t99.06\t\n"
    ))
}

fn bases(outcome: &Outcome) -> Vec<(&str, &str)> {
    let of = outcome.of_table("amounts");
    of.map(|row| (row.get("raw").unwrap(), row.get("trust").unwrap())).collect()
}

/// No sum may be trusted in the heading's unit where a label that the grammar does not know states another.
#[test]
fn a_unit_in_a_label_that_nobody_knows_competes_with_the_headings() {
    let columns = "年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分";
    let silent = form(&format!("某某情况\t\t{columns}"), "\t年度资金总额");
    assert!(!silent.codes().contains(&"unit.conflict"));
    let trusted = |outcome: &Outcome| {
        bases(outcome).iter().filter(|(_, trust)| matches!(*trust, "proven" | "stated")).count()
    };
    assert_eq!(trusted(&silent), 6);
    let corner = form(&format!("某某情况（元）\t\t{columns}"), "\t年度资金总额");
    let column = form(&format!("某某情况\t某某数（元）\t{columns}"), "\t年度资金总额");
    let below = form(&format!("\t\t{columns}"), "某某情况（元）\t年度资金总额");
    for (place, outcome) in [("corner", corner), ("column", column), ("below", below)] {
        assert_eq!(bases(&outcome).len(), 6, "{place}");
        assert!(outcome.codes().contains(&"unit.conflict"), "{place}: {:?}", outcome.codes());
        assert_eq!(trusted(&outcome), 0, "{place}: {:?}", bases(&outcome));
    }
}

/// Where a cell of a header begins with an empty paragraph, what follows it is no row of its own.
#[test]
fn a_header_broken_over_lines_heads_the_same_columns() {
    let whole =
        form("项目资金（元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分", "\t年度资金总额");
    assert_eq!(bases(&whole).len(), 6);
    for header in [
        "项目资金（元）\t\t年初预算数\t全年预算数\t全年执\n行数\n\t分值\t执行率\t得分",
        "项目资金（元）\t\t年初预\n算数\t全年预算数\t\n全年执\n行数\t分值\t执行率\t得分",
        "项目资金（元）\n\t\t年初预\n算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
        "项目资金（元）\t\t年初预算数\t全年预算数\t全年执行数\n\t\n分值\t执行率\t得分",
        "项目资金（元）\t\t\n年初预\n算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
        "项目资金（元）\t\t年初预\n算数\n\t\n全年预\n算数\t全年执行数\t分值\t执行率\t得分",
    ] {
        assert_eq!(bases(&form(header, "\t年度资金总额")), bases(&whole), "{header}");
    }
}

/// A row that begins with an empty paragraph, or whose label ends with one, is the row it is when whole.
#[test]
fn a_row_broken_behind_its_label_has_the_same_figures() {
    let header = "项目资金（元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分";
    let whole = form(header, "\t年度资金总额");
    for row in ["\t\n年度资金总额", "\t年度资金总额\n"] {
        assert_eq!(bases(&form(header, row)), bases(&whole), "{row}");
    }
}

/// A title of which a web page lost a character is the form's, and the year above its table holds.
#[test]
fn a_title_without_one_character_begins_its_form() {
    let text = |title: &str| {
        conversion::of_text(format!(
            "附件1\n{title}\n（2023年度）          单位：万元\n项目名称\t河道整治经费\n主管部门\t青禾市水利局\n\
             项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
             \t年度资金总额\t8.43\t8.43\t7.64\t10\t90.63%\t9.06\n"
        ))
    };
    let years = |outcome: &Outcome| -> Vec<Option<String>> {
        outcome.of_table("amounts").map(|row| row.get("amount_year").map(str::to_owned)).collect()
    };
    assert_eq!(years(&text("项目支出绩效自评表")), vec![Some("2023".to_owned()); 3]);
    for title in ["项目支绩效自评表", "项目支出绩效自评", "某县项目支出绩自评表"] {
        let outcome = text(title);
        assert_eq!(years(&outcome), vec![Some("2023".to_owned()); 3], "{title}");
        assert!(outcome.codes().contains(&"label.guessed"), "{title}");
    }
    assert!(!text("项目支出绩效自评表").codes().contains(&"label.guessed"));
}

/// A department's form copied from Word, its first rows as given.
fn department(rows: &str) -> Outcome {
    conversion::of_text(format!(
        "部门整体支出绩效自评表\n填报单位：（盖章）        （2023年度）        单位：万元\n{rows}\
         \t按收入性质分：\t按支出性质分：\n\
         \t其中：一般公共预算收入：120.00\t其中：基本支出：80.00\n\t政府性基金拨款：\t项目支出：40.00\n\
         \t纳入专户管理的非税收入拨款：\t\n\t其他资金：\t\n\
         部门职能职责概述\t管理河道。\n整体绩效目标\t整治河道。\n\
         部门整体支出年度绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\
         \t产出指标\t重点任务完成\t整治河道\t2公里\t2公里\t90\t90\t\n总分\t100\t99\t\n"
    ))
}

/// Columns behind the blank cell of a field go on in its row, whatever breaks it, and whichever character its label lost.
#[test]
fn columns_broken_off_a_field_head_their_table() {
    let sums = "年度预算申请（万元）\t资金总额：120.00\t108.00\t90.00%\t10\t9\n";
    let whole = department(&format!("部门名称\t青禾市水利局\t执行数\t资金执行率\t分值\t得分\n{sums}"));
    let executed = [("120.00", "proven"), ("108.00", "proven")];
    assert!(executed.iter().all(|sum| bases(&whole).contains(sum)), "{:?}", bases(&whole));
    for header in [
        "部门名称\t青禾市水利局\t\n执行数\t资金执行率\t分值\t得分\n",
        "部名称\t青禾市水利局\t\n执行数\t资金执行率\t分值\t得分\n",
        "部门名称\n\t青禾市水利局\t执行数\t资金执行率\t分值\t得分\n",
    ] {
        assert_eq!(bases(&department(&format!("{header}{sums}"))), bases(&whole), "{header}");
    }
}

/// A header that is cut heads no part of a row whose label stands before it: nothing of it may be trusted.
#[test]
fn a_row_is_not_split_behind_its_label() {
    let outcome = conversion::of_text(
        "部门整体支出绩效评价基础数据表\n填报单位：青禾市水利局（盖章）      单位：元\n\
         某某情况\t2022年决算数\n\t\n2023年预算数\t2023年决算数\n\
         一、部门基本支出\t38283431\t30858584\t23567899\n三公经费\t1026518\t1072629\t1284388\n\
         二、部门项目支出\t34813311\t16576883\t35701842\n厉行节约保障措施\t统一采购办公用品。\n"
            .to_owned(),
    );
    let trusted = bases(&outcome).into_iter().filter(|(_, trust)| matches!(*trust, "proven" | "stated"));
    assert_eq!(trusted.count(), 0, "{:?}", bases(&outcome));
    // With its corner's label, one character short, it is whole again.
    let whole = conversion::of_text(
        "部门整体支出绩效评价基础数据表\n填报单位：青禾市水利局（盖章）      单位：元\n\
         经费制情况\t2022年决算数\n\t\n2023年预算数\t2023年决算数\n\
         一、部门基本支出\t38283431\t30858584\t23567899\n三公经费\t1026518\t1072629\t1284388\n\
         二、部门项目支出\t34813311\t16576883\t35701842\n厉行节约保障措施\t统一采购办公用品。\n"
            .to_owned(),
    );
    assert_eq!(bases(&whole).len(), 9, "{:?}", bases(&whole));
}

/// "Of which" may lack a character, and a sum behind an empty paragraph may have its unit.
#[test]
fn a_line_of_which_lacks_a_character_is_the_line() {
    let goal = |fiscal: &str, other: &str| {
        conversion::of_text(format!(
            "项目支出绩效目标申报表\n（2023年度）          单位：万元\n项目名称\t河道整治经费\n\
             主管部门\t青禾市水利局\t实施单位\t青禾市河道管理所\n\
             项目资金（万元）\t年度资金总额：\t120.00\n\t{fiscal}\n\t{other}\n总体目标\t整治河道。\n\
             绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t整治河道\t2公里\n"
        ))
    };
    let codes = |outcome: &Outcome| -> Vec<Option<String>> {
        outcome.of_table("amounts").map(|row| row.get("item_code").map(str::to_owned)).collect()
    };
    let whole = goal("其中：财政拨款\t80.00", "其他资金\t40.00");
    assert_eq!(codes(&whole).iter().flatten().count(), 3);
    for (fiscal, other) in [
        ("其：财政拨款\t80.00", "其他资金\t40.00"),
        ("其中：财政拨款\n\t80.00万元", "其他资金\t40.00"),
        ("其中：财政拨款\t80.00", "其他资\t40.00"),
    ] {
        assert_eq!(codes(&goal(fiscal, other)), codes(&whole), "{fiscal} {other}");
    }
}
