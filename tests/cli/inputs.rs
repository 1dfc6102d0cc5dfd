//! Where documents come from.

use super::*;
use std::fs;

fn sources(out: &Path) -> Vec<String> {
    dataset::column(out, "documents", "source")
}

#[test]
fn files_folders_and_standard_input() {
    let at = folder();
    let (out, below) = (at.path().join("out"), at.path().join("dumps/2022"));
    fs::create_dir_all(&below).unwrap();
    fs::copy(sound(), below.join("a.txt")).unwrap();
    fs::write(at.path().join("dumps/.hidden"), "x").unwrap();
    let file = samples().join("department-base-data-sound.txt");
    let stdin = fs::read(samples().join("bundle-six-forms.txt")).unwrap();
    let inputs = [at.path().join("dumps"), file, "-".into()];
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    fed(&arguments(&inputs, &out, &[]), &stdin).ended(0);
    assert_eq!(sources(&out), ["2022/a.txt", "department-base-data-sound.txt", "stdin"]);
    assert_eq!(dataset::rows(&out, "forms"), 1 + 1 + 6);
}

#[test]
fn lists_by_line_and_by_nul() {
    let at = folder();
    let (list, out) = (at.path().join("list"), at.path().join("out"));
    let odd = at.path().join("a\nb.txt");
    fs::copy(sound(), &odd).unwrap();
    let (odd, sound) = (odd.to_str().unwrap().to_owned(), sound().to_str().unwrap().to_owned());
    let from = |list: &Path, more: &[&str]| {
        let mut options = vec!["--force", "--files-from", list.to_str().unwrap()];
        options.extend(more);
        arguments(&[], &out, &options).iter().map(|arg| arg.to_os_string()).collect::<Vec<_>>()
    };
    fs::write(&list, format!("{sound}\r\n\n")).unwrap();
    biaodan(&from(&list, &[])).ended(0);
    fed(&from(Path::new("-"), &[]), format!("{sound}\n").as_bytes()).ended(0);
    assert!(sources(&out)[0].ends_with("samples/project-self-evaluation-sound.txt"));
    fs::write(&list, format!("{odd}\0{sound}\0")).unwrap();
    biaodan(&from(&list, &["-0"])).ended(0);
    assert_eq!(dataset::column(&out, "documents", "status"), ["converted", "duplicate"]);
    // One path and no NUL: only the option tells it from two lines.
    fs::write(&list, &odd).unwrap();
    biaodan(&from(&list, &["--null"])).ended(0);
    assert!(sources(&out)[0].ends_with("a%0Ab.txt"), "{:?}", sources(&out));
    biaodan(&from(&list, &[])).ended(1);
    assert_eq!(dataset::column(&out, "documents", "status"), ["failed", "failed"]);
}

#[test]
fn lists_and_streams_that_cannot_be_read() {
    let at = folder();
    let (out, gone) = (at.path().join("made/out"), at.path().join("gone"));
    let from = format!("--files-from={}", gone.display());
    convert(&[], &out, &[&from]).refused(2, "list of files");
    convert(&[Path::new("-")], &out, &["--files-from=-"]).refused(2, "only once");
    convert(&[&gone], &out, &[]).refused(2, "cannot be found");
    assert_eq!(names(at.path()), [""; 0], "a wrong argument left a trace");
}

#[test]
fn no_input_at_all_is_said_and_replaces_nothing() {
    let at = folder();
    let (out, empty) = (at.path().join("out"), at.path().join("empty"));
    fs::create_dir(&empty).unwrap();
    convert(&[&empty], &out, &[]).refused(2, "no input was found");
    fed(&arguments(&[], &out, &["--files-from", "-"]), b"\n").refused(2, "no input was found");
    assert!(!out.exists());
    convert(&[&sound()], &out, &[]).ended(0);
    let before = dataset::bytes(&out);
    convert(&[&empty], &out, &["--force"]).refused(2, "no input was found");
    // The dataset itself is no input either.
    convert(&[&out], &out, &["--force"]).refused(2, "no input was found");
    assert_eq!(dataset::bytes(&out), before);
}

#[test]
fn names_that_would_steer_a_terminal_are_escaped() {
    let at = folder();
    let (file, out) = (at.path().join("\u{1b}]0;x\u{7}\r\n\u{202e}.txt"), at.path().join("\u{1b}[2Jo'u t"));
    fs::write(&file, "no form").unwrap();
    for format in ["text", "json"] {
        let ran = convert(&[&file], &out, &["--force", "--format", format]).ended(1);
        assert_plain(&ran);
        assert!(ran.stdout.contains("%1B]0;x%07%0D%0A"), "{}", ran.stdout);
    }
    assert_plain(&convert(&[&at.path().join("gone\u{1b}[31m\nbiaodan: all is well")], &out, &[]).ended(2));
    assert_plain(&convert(&[&file], &out, &[]).refused(2, r"\u{1b}[2Jo'u t"));
    assert_plain(&biaodan(&["convert", "--\u{1b}[31m\u{202e}"]).ended(2));
}

#[track_caller]
fn assert_plain(ran: &Ran) {
    let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!ran.stdout.contains(bad), "{:?}", ran.stdout);
    assert!(!ran.stderr.contains(bad), "{:?}", ran.stderr);
    assert!(!ran.stderr.contains("\nbiaodan: all is well"), "{}", ran.stderr);
}

#[test]
fn a_name_that_begins_with_a_dash_follows_two() {
    let at = folder();
    fs::copy(sound(), at.path().join("-x.txt")).unwrap();
    let args = ["convert", "--out", "out", "--", "-x.txt"];
    let ran: Ran = command(&args).current_dir(at.path()).output().unwrap().into();
    ran.ended(0);
    assert_eq!(sources(&at.path().join("out")), ["-x.txt"]);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let at = folder();
    let named = |bytes| at.path().join(OsStr::from_bytes(bytes));
    fs::copy(sound(), named(b"\xb2\xbf.txt")).unwrap();
    let out = named(b"out\xff");
    let ran = convert(&[&named(b"\xb2\xbf.txt")], &out, &["--format=json"]).ended(0);
    assert_eq!(sources(&out), ["%B2%BF.txt"]);
    assert!(ran.json()["sql"].is_null());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_a_failed_document() {
    use std::os::unix::fs::symlink;
    let at = folder();
    let dumps = at.path().join("dumps");
    fs::create_dir(&dumps).unwrap();
    symlink("nowhere", dumps.join("a-broken-link")).unwrap();
    fs::copy(sound(), dumps.join("b.txt")).unwrap();
    let out = at.path().join("out");
    let ran = convert(&[&dumps], &out, &[]).ended(1);
    assert_eq!(dataset::column(&out, "documents", "status"), ["failed", "converted"]);
    assert!(ran.stdout.contains("a-broken-link  failed: "), "{}", ran.stdout);
}
