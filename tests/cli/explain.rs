//! `biaodan explain`: what is said of one line, and how it ends.

use super::*;
use std::ffi::OsString;
use std::fs;

fn explain(file: &Path, line: u32, more: &[&str]) -> Ran {
    let mut place = OsString::from(file);
    place.push(format!(":{line}"));
    let mut args = vec![OsStr::new("explain"), place.as_os_str()];
    args.extend(more.iter().map(|word| OsStr::new(*word)));
    biaodan(&args)
}

#[track_caller]
fn says(sample: &str, line: u32, parts: &[&str]) {
    let shown = explain(&samples().join(sample), line, &[]).ended(0).stdout;
    assert!(!shown.contains('\u{1b}'));
    for part in parts {
        assert!(shown.contains(part), "{part} not in\n{shown}");
    }
}

#[test]
fn a_repaired_figure_and_the_identity_that_settles_it() {
    says(
        "department-base-data-comma-settled.txt",
        76,
        &[
            "value: claimed by form 1 (部门整体支出绩效评价基础数据表; department_base_data, lines 1-95)",
            "row         expenditure.project  二、部门项目支出",
            "column      budget  2022年预算数",
            "dataset     amounts.amount_yuan = 6124000.00",
            "value       612.40 wan_yuan = 6124000 yuan",
            "unit        wan_yuan, by form: it stands in the form's heading, `万元` on line 3",
            "trust       ~ repaired: it is malformed; this is its only reading under which expenditure.project.items holds",
            "expenditure.project.items  holds",
            "line 81  1、渠系清淤工程 / 2022年预算数",
            "number.malformed (info, amounts.amount_yuan)",
        ],
    );
}

#[test]
fn a_disputed_figure_and_the_identity_that_fails() {
    says(
        "department-base-data-totals-off.txt",
        44,
        &["! disputed: by three_public.parts, which it may have broken", "three_public.parts  fails"],
    );
}

#[test]
fn units_that_evidence_settles_and_figures_of_other_forms() {
    let sample = "bundle-unit-evidence-wan.txt";
    says(sample, 134, &["unit        wan_yuan, by evidence", "✓ proven: by funds.parts"]);
    says(sample, 135, &["form 1 line ", "form 2 line 135"]);
}

#[test]
fn what_is_no_figure() {
    let sample = "department-base-data-stray-lines.txt";
    says(sample, 2, &["unclaimed: no form claims this line", "So are lines 1-2."]);
    says(sample, 3, &["blank: nothing but white space stands on this line\n"]);
    says(sample, 20, &["blank: ", "within form 1 ("]);
    says(sample, 4, &["label: ", "title  部门整体支出绩效评价基础数据表"]);
    says(sample, 5, &["field       unit", "forms.unit_stated = 万元"]);
    says(sample, 17, &["column header  2021年决算数"]);
    says(
        "department-base-data-number-shapes.txt",
        32,
        &["placeholder  —", "no row: it holds but a placeholder"],
    );
    says("department-self-evaluation-word-copy-gb18030.txt", 21, &["target  春秋两防应免尽免", "weight  15"]);
}

#[test]
fn of_identities_that_say_nothing_a_few_are_shown() {
    let shown = explain(&samples().join("bundle-six-forms.txt"), 119, &[]).ended(0).stdout;
    let bounds: Vec<&str> =
        shown.lines().filter(|line| line.starts_with("  project.within_department  ")).collect();
    assert_eq!(bounds.len(), 3, "{shown}");
    assert!(bounds[2].contains("says nothing 10 times more: "), "{shown}");
}

#[test]
fn lines_that_are_not_there_are_2() {
    let sample = samples().join("department-base-data-comma-settled.txt");
    explain(&sample, 100_000, &[])
        .refused(2, "has no line 100000: the document has 97 lines, counted from 1");
    biaodan(&["explain", "a.txt"]).refused(2, "FILE:LINE");
    biaodan(&["explain", "a.txt:0"]).refused(2, "FILE:LINE");
    biaodan(&["explain", "a.txt:1", "--fromat", "json"]).refused(2, "tip: a similar argument exists");
    biaodan(&["explain", "gone.txt:1"]).refused(2, "gone.txt");
    fed(&["explain", "--", "-:1"], b"").refused(2, "it has no lines");
}

#[test]
fn names_of_files_may_hold_colons() {
    let at = folder();
    let file = at.path().join("2022:03:29.txt");
    fs::copy(sound(), &file).unwrap();
    assert!(explain(&file, 1, &[]).ended(0).stdout.starts_with("2022:03:29.txt:1\n"));
}

#[test]
fn a_document_without_text_is_1() {
    let at = folder();
    let file = at.path().join("binary.txt");
    fs::write(&file, [0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff, 0xfe, 0]).unwrap();
    explain(&file, 1, &[]).refused(1, "binary.txt: ");
}

#[test]
fn json_tells_the_same() {
    let file = samples().join("department-base-data-comma-settled.txt");
    let json = explain(&file, 76, &["--format", "json"]).ended(0).json();
    assert_eq!((&json["line"], &json["claim"]), (&76.into(), &"value".into()));
    let entry = &json["entries"][0];
    assert_eq!((&entry["what"], &entry["lands"]["column"]), (&"figure".into(), &"amount_yuan".into()));
    assert_eq!(entry["figure"]["trust"], "repaired");
    let said = &entry["figure"]["identities"][0];
    assert_eq!((&said["identity"], &said["holds"]), (&"expenditure.project.items".into(), &true.into()));
    let asked: Vec<_> =
        said["terms"].as_array().unwrap().iter().filter(|term| term["asked"] == true).collect();
    assert_eq!((asked.len(), &asked[0]["raw"]), (1, &"6,12.40".into()));
}

#[test]
fn hostile_lines_leave_the_terminal_alone() {
    let nasty = "\u{1b}[2J\u{9b}31m\u{202e}\u{8}";
    let dump =
        fs::read_to_string(sound()).unwrap().replace("≥", &format!("{nasty}{}≥", "长".repeat(350_000)));
    let line = dump.lines().position(|line| line.contains(nasty)).unwrap() + 1;
    let ran = fed(&["explain", "--", &format!("-:{line}")], dump.as_bytes()).ended(0);
    assert!(!ran.stdout.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{}", ran.stdout);
    assert!(ran.stdout.lines().all(|line| line.chars().count() < 1_000));
}

#[test]
fn the_guide_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("docs/inspect.md")).unwrap();
    let examples: Vec<&str> = guide.split("```console\n$ biaodan ").skip(1).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let (asked, rest) = example.split_once('\n').unwrap();
        let args: Vec<&str> = asked.split(' ').collect();
        let ran: Ran = command(&args).current_dir(root).output().unwrap().into();
        assert_eq!(ran.ended(0).stdout, rest.split_once("```").unwrap().0, "{asked}");
    }
}
