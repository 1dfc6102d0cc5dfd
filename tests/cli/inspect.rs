//! `biaodan inspect`: what is shown of a dump, and how it ends.

use super::*;
use std::fs;

fn inspect(sample: &str, more: &[&str]) -> Ran {
    let file = samples().join(sample);
    let mut args = vec![OsStr::new("inspect"), file.as_os_str()];
    args.extend(more.iter().map(|word| OsStr::new(*word)));
    biaodan(&args)
}

/// What a terminal would obey instead of showing.
#[track_caller]
fn obeyed(shown: &str) {
    let bad = |c: &char| {
        (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(shown.chars().find(bad), None, "{shown}");
}

#[test]
fn a_sound_form_is_shown_whole() {
    let shown = inspect("project-self-evaluation-sound.txt", &[]).ended(0).stdout;
    for part in [
        "form 1  项目支出绩效自评表",
        "project_self_evaluation, lines ",
        "complete",
        "预算执行率",
        "total ",
        "objective_expected",
        "✓ proven   · stated   ~ repaired   ? assumed   ! disputed",
    ] {
        assert!(shown.contains(part), "{part} not in\n{shown}");
    }
    obeyed(&shown);
}

#[test]
fn a_settled_figure_shows_what_it_was() {
    let shown = inspect("department-base-data-comma-settled.txt", &[]).ended(0).stdout;
    assert!(shown.contains("6,12.40 → 612.40 ~"), "{shown}");
    let at = shown.lines().position(|line| line == "    76   6,12.40").unwrap();
    assert_eq!(shown.lines().nth(at + 1), Some("         ^^^^^^^"));
}

#[test]
fn figures_stand_below_each_other() {
    let shown = inspect("department-base-data-sound.txt", &[]).ended(0).stdout;
    let places = |line: &str| -> Vec<usize> {
        // Wide characters take two columns: this file has no others but ideographs and full-width marks.
        let wide = |c: char| if ('\u{2e80}'..'\u{ff61}').contains(&c) { 2 } else { 1 };
        let mut column = 0;
        let mut marks = Vec::new();
        for c in line.chars() {
            if "✓·".contains(c) {
                marks.push(column);
            }
            column += wide(c);
        }
        marks
    };
    let rows: Vec<Vec<usize>> = shown.lines().map(places).filter(|marks| marks.len() == 3).collect();
    let expenditure: Vec<_> = rows.iter().filter(|row| **row == rows[rows.len() - 2]).collect();
    assert!(expenditure.len() > 12, "{shown}");
}

#[test]
fn totals_that_are_off_are_marked_and_pointed_at() {
    let shown = inspect("department-base-data-totals-off.txt", &[]).ended(0).stdout;
    assert!(shown.contains("18.57 !") && shown.contains("96.00% !"), "{shown}");
    assert!(shown.contains("sum.mismatch (warning, amounts.amount_yuan)"), "{shown}");
}

#[test]
fn one_form_of_a_bundle() {
    let ran = inspect("bundle-unit-evidence-wan.txt", &["--form", "2"]).ended(0);
    assert!(ran.stdout.contains("form 2  ") && !ran.stdout.contains("form 1  "), "{}", ran.stdout);
    assert!(ran.stdout.contains("unit wan_yuan (the heading says 元)"), "{}", ran.stdout);
    assert!(ran.stdout.contains("unit.conflict (warning, amounts.unit)"), "{}", ran.stdout);
    inspect("bundle-unit-evidence-wan.txt", &["--form", "3"]).refused(2, "there is no form 3");
    inspect("bundle-unit-evidence-wan.txt", &["--form", "0"]).refused(2, "--form");
}

#[test]
fn stray_lines_are_shown_in_their_place() {
    let ran = inspect("department-base-data-stray-lines.txt", &[]).ended(1);
    let at = |part: &str| ran.stdout.find(part).unwrap_or_else(|| panic!("{part} not in\n{}", ran.stdout));
    assert!(at("     1  unclaimed  关于") < at("form 1  ") && at("form 1  ") < at("   106  unclaimed  "));
}

#[test]
fn a_truncated_form_is_1() {
    let ran = inspect("department-base-data-truncated.txt", &[]).ended(1);
    assert!(ran.stdout.contains("lines 1-49, partial") && ran.stdout.contains("form.truncated"));
}

#[test]
fn other_encodings_and_dialects() {
    let ran = inspect("department-self-evaluation-word-copy-gb18030.txt", &[]).ended(0);
    assert!(
        ran.stdout.contains("gb18030, tsv") && ran.stdout.contains("青禾县畜牧水产中心"),
        "{}",
        ran.stdout
    );
    inspect("department-self-evaluation-word-copy-gb18030.txt", &["--encoding", "utf-8"]).ended(1);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let sample = "department-base-data-totals-off.txt";
    assert!(!inspect(sample, &[]).stdout.contains('\u{1b}'));
    assert!(!inspect(sample, &["--color", "never"]).stdout.contains('\u{1b}'));
    let coloured = inspect(sample, &["--color", "always"]).ended(0).stdout;
    assert!(coloured.contains("\u{1b}[31m18.57 !\u{1b}[0m"), "{coloured}");
    let file = samples().join(sample);
    let mut asked =
        command(&[OsStr::new("inspect"), file.as_os_str(), OsStr::new("--color"), OsStr::new("always")]);
    let ran: Ran = asked.env("NO_COLOR", "1").output().unwrap().into();
    assert_eq!(ran.stdout, coloured, "what is said on the command line counts");
}

#[test]
fn json_is_the_dataset_in_one_object() {
    let json = inspect("department-base-data-comma-settled.txt", &["--format", "json"]).ended(0).json();
    assert_eq!(json["document"]["status"], "converted");
    let form = &json["forms"][0];
    assert_eq!((&form["ordinal"], &form["fiscal_year"]), (&1.into(), &2022.into()));
    assert_eq!(form["form"]["form_type"], "department_base_data");
    let amounts = form["amounts"].as_array().unwrap();
    let repaired: Vec<_> = amounts.iter().filter(|row| row["trust"] == "repaired").collect();
    assert_eq!((repaired.len(), &repaired[0]["amount_yuan"]), (1, &"6124000.00".into()));
    assert_eq!(form["findings"][0]["code"], "number.malformed");
    let json = inspect("department-base-data-stray-lines.txt", &["--format", "json"]).ended(1).json();
    let lines: Vec<_> = json["unclaimed"].as_array().unwrap().iter().map(|line| &line["line"]).collect();
    assert_eq!(lines, [1, 2, 106]);
}

#[test]
fn what_gives_no_text_is_1_and_what_is_not_there_2() {
    let at = folder();
    let binary = at.path().join("binary.txt");
    fs::write(&binary, [0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff, 0xfe, 0]).unwrap();
    let ran = biaodan(&[OsStr::new("inspect"), binary.as_os_str()]).refused(1, "binary.txt: ");
    assert!(ran.stderr.lines().count() == 1);
    let json =
        biaodan(&[OsStr::new("inspect"), binary.as_os_str(), OsStr::new("--format"), OsStr::new("json")]);
    assert_eq!(json.ended(1).json()["document"]["status"], "failed");
    biaodan(&["inspect", "gone.txt"]).refused(2, "gone.txt");
    biaodan(&[OsStr::new("inspect"), at.path().as_os_str()]).refused(2, "is a folder");
    let ran = fed(&["inspect", "-"], "只是一句话。\n".as_bytes()).ended(1);
    assert!(ran.stdout.contains("no_forms") && ran.stdout.contains("     1  unclaimed  只是一句话。"));
    let ran = fed(&["inspect", "-"], b"").ended(1);
    assert!(ran.stdout.starts_with("stdin\nno_forms, 0 forms, 0 filled lines"), "{}", ran.stdout);
}

#[test]
fn hostile_dumps_leave_the_terminal_alone() {
    let sound = fs::read_to_string(sound()).unwrap();
    let nasty = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{200b}\r\u{8}\u{7f}";
    let long = "长".repeat(350_000);
    let flood = format!("e{}", "\u{301}".repeat(200_000));
    for (from, to) in [
        ("110.00", format!("110{nasty}.00")),
        ("良种", format!("良{nasty}种")),
        ("项目支出绩效自评表", format!("{nasty}\n项目支出绩效自评表{nasty}")),
        ("≥", format!("{long}≥")),
        ("≥", format!("{flood}≥")),
        ("总分", format!("{nasty}{long}\n总分")),
        ("分值", format!("{nasty}{long}")),
    ] {
        assert!(sound.contains(from), "{from}");
        let dump = sound.replace(from, &to);
        for args in [&["inspect", "-"][..], &["inspect", "-", "--format", "json"]] {
            let ran = fed(args, dump.as_bytes());
            assert!(matches!(ran.code, Some(0 | 1)), "{from}: {:?} {}", ran.code, ran.stderr);
            obeyed(&ran.stdout);
            if args.len() == 2 {
                let longest = ran.stdout.lines().map(|line| line.chars().count()).max();
                assert!(longest < Some(1_000), "{from}: {longest:?}");
            }
        }
    }
}

#[test]
fn help_names_the_marks_and_the_exit_codes() {
    let help = biaodan(&["inspect", "--help"]).ended(0).stdout;
    for part in ["✓ proven", "  0 ", "  1 ", "  2 ", "  70 ", "--color"] {
        assert!(help.contains(part), "{part} not in\n{help}");
    }
}
