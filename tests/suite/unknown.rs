//! Forms that no grammar reads: reported with title and lines, and none of their text lost.

use crate::conversion::{Outcome, of_text};
use std::fs;

/// A form nobody reads, with so many lines of figures.
fn unknown(lines: usize) -> String {
    let mut text =
        "财政专项检查情况表\n填报单位：某县某局    单位：万元\n资金类别\t检查金额\t查出问题金额\n".to_owned();
    for nth in 0..lines {
        text.push_str(&format!("第{nth}类补助\t{}.25\t{}.75\n", 1_000 + nth, 5_000 + nth));
    }
    text
}

fn raws(outcome: &Outcome) -> String {
    let unclaimed = outcome.of_table("findings").filter(|row| row.get("code") == Some("line.unclaimed"));
    unclaimed.filter_map(|row| row.get("raw")).collect::<Vec<_>>().join("\n")
}

fn titles(outcome: &Outcome) -> Vec<(String, String)> {
    let unknown = outcome.of_table("findings").filter(|row| row.get("code") == Some("form.unknown"));
    unknown.map(|row| (row.get("line").unwrap().to_owned(), row.get("message").unwrap().to_owned())).collect()
}

#[test]
fn every_figure_of_a_long_form_is_kept() {
    let outcome = of_text(unknown(400));
    let found = titles(&outcome);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "1");
    assert!(found[0].1.contains("402 lines after it, up to line 403"), "{}", found[0].1);
    let raws = raws(&outcome);
    for nth in 0..400 {
        assert!(
            raws.contains(&format!("{}.25", 1_000 + nth)) && raws.contains(&format!("{}.75", 5_000 + nth))
        );
    }
    let shown: Vec<&str> = outcome.of_table("findings").filter_map(|row| row.get("raw")).collect();
    assert!(shown.len() > 2 && shown.iter().all(|raw| raw.len() <= 2_000));
}

#[test]
fn a_form_behind_one_that_is_read_is_reported() {
    let sample = format!("{}/samples/project-self-evaluation-sound.txt", env!("CARGO_MANIFEST_DIR"));
    let known = fs::read_to_string(sample).unwrap();
    // As tables go on in the known form's dialect: one cell a line.
    let cells = "财政专项检查情况表\n填报单位：某县某局    单位：万元\n\t资金类别\n\t检查金额\n\n\t专项补助\n\t77.25\n\n\t配套安排\n\t88.75\n\n";
    let outcome = of_text(format!("{known}\n\n{cells}"));
    let found = titles(&outcome);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("财政专项检查情况表"));
    let raws = raws(&outcome);
    assert!(raws.contains("77.25") && raws.contains("88.75"), "{raws}");
}

#[test]
fn a_title_in_a_table_of_bars_is_seen() {
    let text = "| 财政专项检查情况表(2023年度) | | |\n|---|---|---|\n| 资金类别 | 检查金额 | 查出问题金额 |\n\
                | 专项补助 | 77.25 | 1.00 |\n| 配套安排 | 88.75 | 2.00 |\n| 自筹部分 | 99.05 | 3.00 |\n";
    assert_eq!(titles(&of_text(text)).len(), 1);
    // A list of forms is none.
    assert_eq!(titles(&of_text("财政专项检查情况表\n村级事业评分表\n")).len(), 0);
}

/// A form under a title that no grammar has, behind one of its own kind, in a dialect of its own.
#[test]
fn a_form_whose_title_alone_is_unknown_is_one_of_its_own() {
    let sample = format!("{}/samples/transfer-self-evaluation-title-unknown.txt", env!("CARGO_MANIFEST_DIR"));
    let cells = fs::read_to_string(sample).unwrap();
    // One row a line: a blank line ends it.
    let mut bars = String::new();
    for line in cells.lines() {
        match (line.strip_prefix('\t'), line) {
            (Some(cell), _) => bars.extend(["|", cell]),
            (None, "") => bars.push_str("|\n"),
            (None, _) => bars.extend([line, "\n"]),
        }
    }
    let bars = bars.replace("\n|\n", "\n");
    for (name, text) in [("cells", cells.clone()), ("bars", bars)] {
        let outcome = of_text(text);
        let projects: Vec<_> = outcome.of_table("forms").map(|form| form.get("project")).collect();
        assert_eq!(projects, [Some("小型水库除险加固"), Some("灌区渠系维修")], "{name}");
        let amounts: Vec<_> =
            outcome.of_table("amounts").map(|row| (row.get("project"), row.get("raw"))).collect();
        assert!(amounts.contains(&(projects[1], Some("260.00"))), "{name}: {amounts:?}");
        let mut guessed = outcome.of_table("findings").filter(|row| row.get("code") == Some("label.guessed"));
        assert!(guessed.any(|row| row.get("raw") == Some("水利发展资金区域绩效自评表")), "{name}");
    }
}
