//! `biaodan grammar drift`.

use super::*;
use std::fs;

fn changed(changes: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let dir = folder();
    let mut text = fs::read_to_string(sound()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let path = dir.path().join("new.txt");
    fs::write(&path, text).unwrap();
    (dir, path.to_str().unwrap().to_owned())
}

#[test]
fn what_stays_is_no_drift() {
    let ran = biaodan(&["grammar", "drift", sound().to_str().unwrap()]).ended(0);
    assert!(ran.stdout.contains("project_self_evaluation  (1 form)"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("\n  new") && !ran.stdout.contains("\n  moved"), "{}", ran.stdout);
}

#[test]
fn new_and_moved_labels_are_shown_with_a_line() {
    let (_dir, path) = changed(&[("年度资金总额", "全部经费统计"), ("其他资金", "项目名称")]);
    let ran = biaodan(&["grammar", "drift", &path]).ended(1);
    for part in
        ["new\n    全部经费统计  1 time, row of funds", "new.txt:", "missing", "row funds.total of funds"]
    {
        assert!(ran.stdout.contains(part), "{part} not in\n{}", ran.stdout);
    }
    let json = biaodan(&["grammar", "drift", &path, "--format", "json"]).ended(1).json();
    let grammar = &json["grammars"][0];
    assert_eq!(grammar["id"], "project_self_evaluation");
    assert_eq!(grammar["new"][0]["label"], "全部经费统计");
    assert_eq!(grammar["new"][0]["count"], 1);
    assert!(grammar["new"][0]["known"].is_null());
    assert!(grammar["new"][0]["example"]["line"].as_u64() > Some(0));
}

#[test]
fn a_form_nobody_reads_is_drift() {
    let dir = folder();
    let path = dir.path().join("a.txt");
    fs::write(&path, "财政专项检查情况表\n被查单位\t某局\n金额\t3.50\n结论\t合格\n").unwrap();
    let json = biaodan(&["grammar", "drift", path.to_str().unwrap(), "--format", "json"]).ended(1).json();
    assert_eq!(json["unknown"][0]["title"], "财政专项检查情况表");
    assert_eq!(json["unknown"][0]["line"], 1);
    biaodan(&["grammar", "drift", "/nowhere"]).refused(2, "/nowhere");
}
