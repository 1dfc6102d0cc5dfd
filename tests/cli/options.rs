//! What each option of `convert` changes.

use super::*;
use std::fs;

#[test]
fn the_number_of_threads_changes_no_byte() {
    let at = folder();
    let run = |jobs| {
        let out = at.path().join(jobs);
        convert(&[&samples()], &out, &["--jobs", jobs]).ended(1);
        dataset::bytes(&out)
    };
    let one = run("1");
    assert!(one.len() > 7);
    assert!(one == run("4") && one == run("0"));
}

#[test]
fn personal_fields_are_kept_only_on_request() {
    let at = folder();
    let out = at.path().join("out");
    let given = |personal: &[&str]| {
        let mut options = vec!["--force", "--quiet"];
        options.extend(personal);
        convert(&[&samples()], &out, &options).ended(1);
        ["prepared_by", "phone"].map(|name| dataset::present(&out, "forms", name).contains(&true))
    };
    assert_eq!(given(&[]), [false, false]);
    assert_eq!(given(&["--personal", "drop"]), [false, false]);
    assert_eq!(given(&["--personal", "keep"]), [true, true]);
}

#[test]
fn dialect_and_encoding_can_be_said() {
    let at = folder();
    let out = at.path().join("out");
    convert(&[&sound()], &out, &["--dialect", "cell-lines", "--encoding", "utf-8"]).ended(0);
    assert_eq!(dataset::column(&out, "documents", "dialect"), ["cell-lines"]);
    let chinese = samples().join("department-self-evaluation-word-copy-gb18030.txt");
    convert(&[&chinese], &out, &["--force", "--encoding", "gbk", "--dialect", "tsv"]).ended(0);
    assert_eq!(dataset::column(&out, "documents", "encoding"), ["gb18030"]);
    assert!(!dataset::counts(&out, "findings", "code").contains_key("encoding.guessed"));
}

#[test]
fn documents_above_the_limit_fail() {
    let at = folder();
    let out = at.path().join("out");
    let ran = convert(&[&sound()], &out, &["--max-bytes", "100"]).ended(1);
    assert!(ran.stdout.contains("raise it with --max-bytes"), "{}", ran.stdout);
    convert(&[&sound()], &out, &["--max-bytes", "512M", "--force"]).ended(0);
    convert(&[&sound()], &out, &["--max-bytes", "1G", "--force"]).ended(0);
}

#[test]
fn quiet_prints_no_summary() {
    let at = folder();
    let out = at.path().join("out");
    let ran = convert(&[&sound()], &out, &["--quiet"]).ended(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    let ran = convert(&[&sound()], &out, &["--quiet", "--force", "--format", "json"]).ended(0);
    assert_eq!(ran.json()["complete"], true);
    // What went wrong is said all the same.
    convert(&[&sound()], &out, &["--quiet"]).refused(2, "--force");
}

#[test]
fn a_folder_of_grammars_takes_the_place_of_the_built_in_ones() {
    let at = folder();
    let grammar = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar");
    let option = format!("--grammar={}", grammar.display());
    convert(&[&samples()], &at.path().join("named"), &[&option]).ended(1);
    convert(&[&samples()], &at.path().join("built-in"), &[]).ended(1);
    assert!(dataset::bytes(&at.path().join("named")) == dataset::bytes(&at.path().join("built-in")));

    let wrong = at.path().join("wrong");
    fs::create_dir(&wrong).unwrap();
    fs::write(wrong.join("x.toml"), "id = ").unwrap();
    let option = format!("--grammar={}", wrong.display());
    let ran = convert(&[&sound()], &at.path().join("out"), &[&option]).ended(2);
    assert!(ran.stderr.contains("x.toml:1:") && ran.stderr.contains("biaodan: "), "{}", ran.stderr);
    assert!(!at.path().join("out").exists());
    convert(&[&sound()], &at.path().join("out"), &["--grammar=/nowhere"])
        .refused(2, "cannot read the grammar");
}
