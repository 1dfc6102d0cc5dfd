//! What programs over data frames, sheets and pages print of a table, and the cells that must come of it.

use super::rows;
use crate::dump::{Dialect, detect};

#[test]
fn words_for_empty_cells_are_blank() {
    let lines = "项目名称\tNaN\t护林\nNone\tnan\t12.50\nUnnamed: 2\tCol2\tNano\n";
    assert_eq!(rows(lines, Dialect::Tsv), ["项目名称//护林", "//12.50", "//Nano"]);
    let pipes = "| 甲 | Unnamed: 1 |\n| --- | --- |\n| NaN | 1\\n2 |\n| Col | NaN |\n";
    assert_eq!(rows(pipes, Dialect::Markdown), ["甲", "/1+2", "Col"]);
}

#[test]
fn rows_that_a_program_numbered_lose_their_numbers() {
    let counted = "\t0\t1\n0\t项目\t预算数\n1\t合计\t9.20\n2\t接待费\t3.00\n\n0\t1\n";
    assert_eq!(rows(counted, Dialect::Tsv), ["项目/预算数", "合计/9.20", "接待费/3.00", "0/1"]);
    let headed = ",项目,预算数\n0,合计,9.20\n1,接待费,3.00\n2,会议费,6.20\n";
    assert_eq!(rows(headed, Dialect::Csv), ["项目/预算数", "合计/9.20", "接待费/3.00", "会议费/6.20"]);
    // Two numbers are an accident, and so are those that do not count.
    let short = "\t甲\n0\t乙\n1\t丙\n3\t丁\n";
    assert_eq!(rows(short, Dialect::Tsv), ["/甲", "0/乙", "1/丙", "3/丁"]);
}

#[test]
fn a_row_of_a_data_frame_takes_several_lines() {
    let text = "| 项目资金 | nan    | 全年   |\n| （元）   |        | 预算数 |\n|:---------|:-------|:-------|\n\
                | nan      | 总额   | 9.20   |\n|          | 合计   |        |\n";
    assert_eq!(rows(text, Dialect::Markdown), ["项目资金+（元）//全年+预算数", "/总额+合计/9.20"]);
    // Without a word for empty cells a blank one says nothing.
    let plain = "| 甲 | 乙 |\n|---|---|\n| 丙 | 1 |\n|  | 2 |\n";
    assert_eq!(rows(plain, Dialect::Markdown), ["甲/乙", "丙/1", "/2"]);
}

const DRAWN: &str = "\
┌──────┬────────┬──────────┐
│项目  │        │          │
├──────┤预算数  │备注      │
│资金  │        │          │
├──────┼────────┼──────────┤
│      │9.20    │═95%      │
│合计  ├────────┼──────────┤
│      │3.00    │          │
└──────┴────────┴──────────┘
";

#[test]
fn boxes_drawn_with_signs_are_grids() {
    assert_eq!(detect(DRAWN), Some(Dialect::Grid));
    assert_eq!(rows(DRAWN, Dialect::Grid), ["项目/预算数/备注", "资金", "合计/9.20/═95%", "/3.00/"]);
}

#[test]
fn a_whole_table_on_a_line_of_tabs_is_a_stream() {
    let line = vec!["甲"; 70].join("\t");
    assert_eq!(detect(&line), Some(Dialect::PipeRun));
    assert_eq!(rows(&line, Dialect::PipeRun).len(), 70);
}

#[test]
fn a_label_with_its_sum_that_is_repeated_is_one_cell() {
    let text = "政府性基金：0.00\n政府性基金：0.00\n7\n7\n";
    assert_eq!(rows(text, Dialect::Lines), ["政府性基金：0.00", "7", "7"]);
}
