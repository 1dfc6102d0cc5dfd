//! Figures that must not be trusted although something adds up: under a header that was cut, beyond what their column can mean,
//! broken by narrow columns; and years that a misspelled title must not cost.

use crate::conversion::{self, Outcome};

const HEAD: &str = "项目名称\t河道整治经费\n主管部门\t青禾市水利局\t实施单位\t青禾市河道管理所\n";
const GOALS: &str = "年度总体目标\t预期目标\t实际完成情况\n\t整治河道。\t已经整治。\n";
const LINES: &str = "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\
     \t产出指标\t数量指标\t整治河道\t2公里\t2公里\t90\t90\t\n总分\t100\t99.06\t\n";
const COLUMNS: &str = "\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n";
const FUNDS: &str = "\t年度资金总额\t8436367.33\t8436367.33\t7643457.52\t10\t90.60%\t9.06\n\
     \t其中：本年财政拨款\t8436367.33\t8436367.33\t7643457.52\t\t\t\n";

fn form(title: &str, header: &str, funds: &str, lines: &str) -> Outcome {
    conversion::of_text(format!(
        "{title}\n（2023年度）          单位：元\n{HEAD}项目资金（元）\t{header}{funds}{GOALS}{lines}"
    ))
}

fn of<'o>(outcome: &'o Outcome, table: &str, column: &str) -> Vec<&'o str> {
    outcome.of_table(table).map(|row| row.get(column).unwrap_or("")).collect()
}

fn years(outcome: &Outcome) -> Vec<Option<String>> {
    outcome.of_table("amounts").map(|row| row.get("amount_year").map(str::to_owned)).collect()
}

#[test]
fn a_form_under_a_misspelled_title_keeps_its_heading() {
    let sound = form("项目支出绩效自评表", COLUMNS, FUNDS, LINES);
    assert_eq!(years(&sound), vec![Some("2023".to_owned()); 6]);
    for title in ["项目支绩效自评表", "目支出绩效自评表", "项目支出绩效自评", "项目支出绩敉自评表"]
    {
        let read = form(title, COLUMNS, FUNDS, LINES);
        assert_eq!(years(&read), years(&sound), "{title}");
        assert_eq!(of(&read, "forms", "title"), [title]);
        assert_eq!(of(&read, "amounts", "trust"), of(&sound, "amounts", "trust"), "{title}");
    }
    let read = form("项目支绩效自评表", COLUMNS, FUNDS, LINES);
    assert!(read.codes().contains(&"label.guessed"), "{:?}", read.codes());
    // Behind another form, too: the rows below are no longer the first one's.
    let twice = conversion::of_text(format!(
        "项目支出绩效自评表\n（2022年度）  单位：元\n{HEAD}项目资金（元）\t{COLUMNS}{FUNDS}{GOALS}{LINES}\
         项目支出效自评表\n（2023年度）  单位：元\n{HEAD}项目资金（元）\t{COLUMNS}{FUNDS}{GOALS}{LINES}"
    ));
    let years: Vec<i32> = twice.of_table("forms").filter_map(|row| row.year).collect();
    assert_eq!(years, [2022, 2023]);
}

#[test]
fn what_reads_nearly_like_a_title_among_other_text_begins_no_form() {
    let text = GOALS.replace("整治河道。", "项目支出绩效自评");
    let read = conversion::of_text(format!(
        "项目支出绩效自评表\n（2023年度）  单位：元\n{HEAD}项目资金（元）\t{COLUMNS}{FUNDS}{text}{LINES}"
    ));
    assert_eq!(read.of_table("forms").count(), 1);
    assert!(!read.codes().contains(&"label.guessed"), "{:?}", read.codes());
}

/// Sums down a column hold in any column: they prove nothing where the header lost its first one.
#[test]
fn no_figure_is_trusted_under_a_header_that_was_cut() {
    let read = conversion::of_text(format!(
        "项目支出绩效自评表\n（2023年度）  单位：元\n{HEAD}项目\n资金\n（元）\t\t全年预\n算数\t全年执\n行数\t分值\t执行率\t得分\n\
         {FUNDS}{GOALS}{LINES}"
    ));
    let columns = of(&read, "amounts", "measure_label");
    assert!(!columns.is_empty() && !columns.contains(&"年初预算数"), "the header is whole: {columns:?}");
    let trusts = of(&read, "amounts", "trust");
    assert!(trusts.iter().all(|trust| matches!(*trust, "assumed" | "disputed")), "{trusts:?}");
}

#[test]
fn what_a_column_cannot_mean_is_not_stated() {
    let trust = |outcome: &Outcome, raw: &str, table: &str| {
        let row = outcome.of_table(table).find(|row| row.get("raw") == Some(raw));
        row.and_then(|row| row.get("trust")).unwrap_or_default().to_owned()
    };
    // No budgets beside it, so that nothing speaks for or against the rate.
    for (rate, due) in [("90.60%", "stated"), ("1200%", "assumed"), ("90.60", "assumed"), ("0.906", "stated")]
    {
        let funds = format!("\t年度资金总额\t\t\t7643457.52\t10\t{rate}\t9.06\n");
        let read = form("项目支出绩效自评表", COLUMNS, &funds, LINES);
        assert_eq!(trust(&read, rate, "measures"), due, "{rate}");
        assert_eq!(read.codes().contains(&"number.implausible"), due == "assumed", "{rate}");
    }
    let lines = LINES.replace("90\t90\t\n总分\t100\t99.06\t\n", "120\t110\t\n");
    let read = form("项目支出绩效自评表", COLUMNS, FUNDS, &lines);
    let line = read.of_table("indicators").find(|row| row.get("level3") == Some("整治河道")).unwrap();
    assert_eq!((line.get("weight_trust"), line.get("trust")), (Some("assumed"), Some("assumed")));
    let people = conversion::of_text(
        "部门整体支出绩效评价基础数据表\n填报单位：青禾市水利局  单位：万元\n\
         财政供养人员情况\t编制数\t2023年实际在职人数\t控制率\n\t40.5\t38\t\n\
         经费控制情况\t2022年决算数\t2023年预算数\t2023年决算数\n三公经费\t1.00\t2.00\t3.00\n"
            .to_owned(),
    );
    assert_eq!(
        (trust(&people, "40.5", "measures"), trust(&people, "38", "measures")),
        ("assumed".into(), "stated".into())
    );
}

/// What is put together from two lines is what it is only if something says so.
#[test]
fn figures_broken_by_narrow_columns_are_whole_or_doubted() {
    let text = "                    2023年度一般公共预算“三公”经费支出表\n\n\
                填报单位：青禾市水利局              单位：万元\n\n\
                项目            预算数  决算数\n\
                因公出国（境）  680.14  680.14\n\
                费              03      02\n\
                公务接待费      12.00   11.00\n\n";
    let read = conversion::of_text(text.to_owned());
    for row in read.of_table("amounts") {
        let trusted = matches!(row.get("trust"), Some("proven" | "stated"));
        assert!(!trusted || !row.get("raw").unwrap().starts_with("680"), "{row:?}");
    }
    let findings: Vec<&str> = read.of_table("findings").filter_map(|row| row.get("raw")).collect();
    let amounts: Vec<&str> = read.of_table("amounts").filter_map(|row| row.get("raw")).collect();
    let told = |text: &&str| text.starts_with("680.14");
    assert!(findings.iter().chain(&amounts).any(told), "{findings:?} {amounts:?}");
}

/// Columns that are too narrow for their figures: pieces of one, and of its label, on lines below.
const NARROW: &str = "\
部门整体支出绩效评价基础数据表\n\
\n\
填报单位：柳溪县水务局（盖章）          单位：元\n\
\n\
财政供  编制数          2022年\n\
养人员                  实际在\n\
情况                    职人数\n\
        52      49      94.23%\n\
经费控  2021年  2022年  2022年\n\
制情况  决算数  预算数  决算数\n\
一、部  126840  131025  13,102\n\
门基本  00      00      ,500\n\
支出\n\
其中：  152300  148600  146150\n\
公用经  0       0       0  元\n\
费\n\
其中：  712000  700000  698500\n\
办公经\n\
费\n\
水费、  331500  ３４０  312000\n\
电费、          ０００\n\
差旅费          元\n\
会议费  68000   60000   59000\n\
、培训\n\
费\n\
三公经  314000  330000  286500\n\
费\n\
政府采  310500  325000  318400\n\
购金额  0       0       0\n\
厉行节  严格用车审批，会议集中在本局召\n\
约保障  开，办公用品按季度领取。\n\
措施\n\n";

#[test]
fn figures_that_narrow_columns_broke_are_put_together_and_assumed() {
    let read = conversion::of_text(NARROW);
    let rows: Vec<_> = read.of_table("amounts").collect();
    let of = |item: &str| -> Vec<(&str, &str)> {
        let own = rows.iter().filter(|row| row.get("item") == Some(item));
        own.map(|row| (row.get("amount_yuan").unwrap(), row.get("trust").unwrap())).collect()
    };
    let assumed = |sums: [&'static str; 3]| sums.map(|sum| (sum, "assumed")).to_vec();
    assert_eq!(of("部门基本支出"), assumed(["12684000.00", "13102500.00", "13102500.00"]));
    assert_eq!(of("公用经费"), assumed(["1523000.00", "1486000.00", "1461500.00"]));
    assert_eq!(of("水费、电费、差旅费"), assumed(["331500.00", "340000.00", "312000.00"]));
    // What its column has room for is whole.
    assert_eq!(of("会议费、培训费").iter().filter(|(_, trust)| *trust == "stated").count(), 3);
}

/// Titles with a character missing behind the last cell of a form, and behind words on the same line.
/// A page of pdftotext, which counts every character as one column; figures are broken in each row, the total of the scores too.
const COUNTED: &str = r#"项目支出绩效自评表

（2022 年度）

填报单位：柳溪县农业农村局                     单位：元

项目名称              渠道清淤补助
主管部门              柳溪县农业农村局                              实施单位     柳溪县农技推广站
项目资金                                     年初预算数        全年预算数    全年执行数    分值     执行率        得分
                  年度资金总额                 1200000.00   11500    92000    10     80.00      8.00
                                                      00.00    0.00            %
                  其中：当年财政拨款              1000000.00   95000    76000    —      80.00      —
                                                      0.00     0.00            %
                    其他资金                 200000.00    20000    16000    —      80.00      —
                                                      0.00     0.00            %
年度总体目标    预期目标                                        实际完成情况
          清淤渠道 18 公里。                                已清淤 18 公里。
绩         一级指标     二级指标    三级指标     年度指标值             实际完成值    分值       得分
效         产出指标     数量指标    清淤长度     18 公里            18 公里   50       50
指         效益指标     社会效益指标  受益农户     300 户            312 户   40       40
标
总分                                                100   97.6
                                                        5
填表人：    联系电话：      填报日期：2023 年 3 月 15 日
"#;

#[test]
fn figures_broken_where_columns_are_counted_by_characters_are_put_together() {
    let read = conversion::of_text(COUNTED.to_owned());
    let sums = of(&read, "amounts", "amount_yuan");
    let expected =
        ["1200000", "1150000", "920000", "1000000", "950000", "760000", "200000", "200000", "160000"];
    let expected: Vec<String> = expected.iter().map(|sum| format!("{sum}.00")).collect();
    assert_eq!(sums, expected, "{:?}", read.codes());
    assert_eq!(of(&read, "forms", "score_total"), ["97.6500"]);
}

#[test]
fn a_misspelled_title_that_runs_on_from_a_form_keeps_its_year() {
    let rows = |title: &str| {
        let funds = FUNDS.replace("8436367", "7436367");
        format!(
            "\t{title}\n\t（2023年度）          单位：元\n{HEAD}项目资金（元）\t{COLUMNS}{funds}{GOALS}{LINES}"
        )
    };
    let two = |title: &str| conversion::of_text(rows("项目支出绩效自评表") + &rows(title));
    for title in ["项目支出绩效自评表", "项目支出绩自评表"] {
        let read = two(title);
        assert_eq!(years(&read), vec![Some("2023".to_owned()); 12], "{title}");
        let words = rows("项目支出绩效自评表") + &rows(title);
        let line = words.split_whitespace().filter(|word| *word != "其中：").collect::<Vec<_>>().join(" ");
        let read = conversion::of_text(line);
        assert_eq!(of(&read, "forms", "title").len(), 2, "{title}");
        assert!(years(&read).iter().all(|year| year.as_deref() == Some("2023")), "{title}");
    }
}

/// Where a page breaks cells over lines, the end of a sum may stand where the weight of its row would, which has none.
#[test]
fn a_sum_before_a_weight_that_its_row_has_not_may_have_been_cut() {
    let read = |sum: &str| {
        conversion::of_text(format!(
            "项目支出绩效自评表\n（2023年度）\n单位：万元\n项目名称\n河道整治经费\n主管部门\n青禾市水利局\n实施单位\n青禾市河道管理所\n\
             项目资金\n（万元）\n年初预\n算数\n全年预\n算数\n全年执\n行数\n分值\n执行率\n得分\n年度资金总额\n391.50\n391.50\n310.93\n10\n79.42%\n7.94\n\
             其中：当年财\n政拨款\n348\n348\n{sum}\n-\n-\n上年结转资金\n43.5\n43.5\n43.5\n-\n-\n-\n"
        ))
    };
    let trust = |outcome: &Outcome, raw: &str| {
        let mut found = outcome.of_table("amounts").filter(|row| row.get("raw") == Some(raw));
        found.next().and_then(|row| row.get("trust").map(str::to_owned))
    };
    assert_eq!(trust(&read("267.4\n3"), "267.4").as_deref(), Some("assumed"));
    assert_ne!(trust(&read("267.43\n-"), "267.43").as_deref(), Some("assumed"));
}
