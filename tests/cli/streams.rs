//! Terminals, pipes and colours.

use super::*;

#[test]
fn nothing_is_coloured_outside_a_terminal() {
    let at = folder();
    let out = at.path().join("out");
    for colour in [None, Some("NO_COLOR"), Some("CLICOLOR")] {
        let run = |args: &[&OsStr]| {
            let mut command = command(args);
            if let Some(name) = colour {
                command.env(name, "1");
            }
            Ran::from(command.output().unwrap())
        };
        let ran = run(&arguments(&[&samples()], &out, &["--force"])).ended(1);
        let help = run(&[OsStr::new("--help")]).ended(0);
        let wrong = run(&[OsStr::new("--wrong")]).ended(2);
        for text in [ran.stdout, ran.stderr, help.stdout, wrong.stderr] {
            assert!(!text.is_empty() && !text.contains(['\u{1b}', '\r']), "{text:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_failure() {
    let at = folder();
    let out = at.path().join("out");
    let samples = samples();
    let mut convert = arguments(&[&samples], &out, &["--format=json"]);
    convert.insert(1, OsStr::new("--quiet"));
    let all: [(&[&OsStr], i32); 4] = [
        (&convert, 1),
        (&["completions", "bash"].map(OsStr::new), 0),
        (&["man", "convert"].map(OsStr::new), 0),
        (&["--help"].map(OsStr::new), 0),
    ];
    for (args, code) in all {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran: Ran = command(args).stdout(writer).output().unwrap().into();
        let ran = ran.ended(code);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    }
    assert_eq!(dataset::rows(&out, "documents"), std::fs::read_dir(&samples).unwrap().count() as u64);
}

#[cfg(unix)]
#[test]
fn a_closed_standard_error_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran: Ran = command(&["convert", "gone", "--out", "x"]).stderr(writer).output().unwrap().into();
    ran.ended(2);
}
