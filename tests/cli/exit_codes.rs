//! Every exit code that `--help` names.

use super::*;
use std::fs;

#[test]
fn help_names_them_all() {
    for args in [vec!["--help"], vec!["convert", "--help"]] {
        let help = biaodan(&args).ended(0).stdout;
        for code in ["  0 ", "  1 ", "  2 ", "  70 ", "  75 "] {
            assert!(help.contains(code), "{code} not in\n{help}");
        }
        assert!(help.contains("Examples:"));
    }
    assert_eq!(biaodan(&["--version"]).ended(0).stdout, concat!("biaodan ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_whole_conversion_is_0() {
    let at = folder();
    let ran = convert(&[&sound()], &at.path().join("out"), &[]).ended(0);
    assert_eq!(ran.stderr, "");
    assert!(ran.stdout.contains("left unread  nothing"), "{}", ran.stdout);
}

#[test]
fn something_left_unread_is_1() {
    let at = folder();
    let ran = convert(&[&samples()], &at.path().join("out"), &[]).ended(1);
    assert!(ran.stderr.starts_with("biaodan: ") && ran.stderr.contains("findings"), "{}", ran.stderr);
    assert!(ran.stdout.contains("department-base-data-stray-lines.txt  partial: "), "{}", ran.stdout);
}

#[test]
fn documents_without_text_or_forms_are_1() {
    let at = folder();
    fs::write(at.path().join("empty.txt"), "").unwrap();
    fs::write(at.path().join("binary.txt"), [0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff, 0xfe, 0]).unwrap();
    let out = at.path().join("out");
    let ran = convert(&[&at.path().join("empty.txt"), &at.path().join("binary.txt")], &out, &[]).ended(1);
    assert_eq!(dataset::column(&out, "documents", "status"), ["no_forms", "failed"]);
    for line in ["empty.txt  no_forms: ", "binary.txt  failed: "] {
        assert!(ran.stdout.contains(line), "{}", ran.stdout);
    }
}

#[test]
fn wrong_arguments_are_2() {
    biaodan(&["convert", "a.txt"]).refused(2, "--out");
    biaodan(&["convert", "--out", "x"]).refused(2, "INPUT");
    biaodan(&["convert", "a.txt", "--out", "x", "--jbs", "1"]).refused(2, "tip: a similar argument exists");
    biaodan(&["convert", "a.txt", "--out", "x", "-0"]).refused(2, "--files-from");
    for (option, value) in [
        ("--jobs", "-1"),
        ("--jobs", "9999"),
        ("--dialect", "excel"),
        ("--encoding", "big5"),
        ("--personal", "some"),
        ("--max-bytes", "much"),
        ("--max-bytes", "0"),
        ("--format", "xml"),
    ] {
        biaodan(&["convert", "a.txt", "--out", "x", &format!("{option}={value}")]).refused(2, option);
    }
    // Without anything, the help says what there is.
    let ran = biaodan(&[""; 0]).ended(2);
    assert!(ran.stderr.contains("convert") && ran.stdout.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_that_fails_is_70() {
    let at = folder();
    let out = at.path().join("out");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let ran: Ran = command(&arguments(&[&sound()], &out, &[])).stdout(full).output().unwrap().into();
    ran.refused(70, "stands whole in");
    assert_eq!(dataset::rows(&out, "forms"), 1);
    // No folder can be made there, whoever asks.
    convert(&[&sound()], Path::new("/proc/biaodan/out"), &[]).refused(70, "could not make folder");
}

#[test]
fn a_target_that_another_run_writes_is_75() {
    let at = folder();
    let (out, staging) = (at.path().join("out"), at.path().join(".out.biaodan-new"));
    let mut first = command(&arguments(&[Path::new("-")], &out, &[])).stdin(Stdio::piped()).spawn().unwrap();
    until(|| staging.exists());
    convert(&[&sound()], &out, &[]).refused(75, "another run is writing");
    first.stdin.take().unwrap().write_all(&fs::read(sound()).unwrap()).unwrap();
    Ran::from(first.wait_with_output().unwrap()).ended(0);
    assert_eq!(names(at.path()), ["out"]);
}

#[test]
fn a_killed_run_publishes_nothing_and_the_next_clears_up() {
    let at = folder();
    let (out, staging) = (at.path().join("out"), at.path().join(".out.biaodan-new"));
    let mut killed = command(&arguments(&[Path::new("-")], &out, &[])).stdin(Stdio::piped()).spawn().unwrap();
    until(|| staging.exists());
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(staging.exists() && !out.exists());
    convert(&[&sound()], &out, &[]).ended(0);
    assert_eq!(names(at.path()), ["out"]);
}

fn until(holds: impl Fn() -> bool) {
    let start = std::time::Instant::now();
    while !holds() {
        assert!(start.elapsed().as_secs() < 60, "waited in vain");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}
