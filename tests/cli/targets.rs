//! Where datasets go, and what is never touched.

use super::*;
use std::fs;

#[test]
fn a_dataset_is_replaced_only_with_force() {
    let at = folder();
    let out = at.path().join("made/for/it");
    convert(&[&sound()], &out, &[]).ended(0);
    let before = dataset::bytes(&out);
    let other = samples().join("department-base-data-sound.txt");
    convert(&[&other], &out, &[]).refused(2, "--force");
    assert_eq!(dataset::bytes(&out), before);
    convert(&[&other], &out, &["--force"]).ended(0);
    assert_eq!(dataset::column(&out, "documents", "source"), ["department-base-data-sound.txt"]);
    assert_eq!(names(&at.path().join("made/for")), ["it"]);
}

#[test]
fn what_biaodan_did_not_write_is_never_touched() {
    let at = folder();
    let (foreign, file) = (at.path().join("foreign"), at.path().join("file"));
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("diary.txt"), "dear").unwrap();
    fs::write(&file, "dear").unwrap();
    for force in [&[][..], &["--force"]] {
        convert(&[&sound()], &foreign, force).refused(2, "no dataset of biaodan's");
        convert(&[&sound()], &file, force).refused(2, "no folder");
        convert(&[&sound()], &file.join("below"), force).ended(70);
    }
    assert_eq!(names(at.path()), ["file", "foreign"]);
    assert_eq!(fs::read_to_string(foreign.join("diary.txt")).unwrap(), "dear");
    assert_eq!(fs::read_to_string(&file).unwrap(), "dear");
}

#[test]
fn a_guest_in_a_dataset_keeps_it() {
    let at = folder();
    let out = at.path().join("out");
    convert(&[&sound()], &out, &[]).ended(0);
    fs::write(out.join("notes.txt"), "mine").unwrap();
    convert(&[&sound()], &out, &["--force"]).refused(2, "notes.txt");
    assert_eq!(fs::read_to_string(out.join("notes.txt")).unwrap(), "mine");
}

#[test]
fn an_empty_folder_is_free() {
    let at = folder();
    convert(&[&sound()], at.path(), &[]).ended(0);
    assert_eq!(dataset::rows(at.path(), "forms"), 1);
}
