//! Which targets are written, which refused, and what a run leaves that did not come to its end.

use super::*;

#[test]
fn an_empty_folder_and_a_trailing_slash_are_fine() {
    let temp = temp();
    let target = temp.path().join("out/");
    fs::create_dir(&target).unwrap();
    publish(&target, &options(false), vec![document()]);
    assert!(target.join(package::FILE).exists());
    publish(&temp.path().join("a/b/../c/"), &options(false), vec![]);
    assert_eq!(names(&temp.path().join("a")), ["b", "c"]);
}

#[test]
fn a_dataset_is_replaced_when_told_so() {
    let temp = temp();
    let target = temp.path().join("out");
    publish(&target, &options(false), batches(50, 50));
    assert_eq!(refusal(&target, false), Refusal::Exists);
    publish(&target, &options(true), vec![document()]);
    assert_eq!(names(&target.join("amounts")), ["fiscal_year=__HIVE_DEFAULT_PARTITION__"]);
    assert_eq!(names(temp.path()), ["out"]);
}

#[test]
fn what_biaodan_did_not_make_is_never_replaced() {
    let temp = temp();
    let target = temp.path().join("out");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("thesis.tex"), "years of work").unwrap();
    assert_eq!(refusal(&target, true), Refusal::Foreign);
    fs::write(target.join(package::FILE), r#"{"name": "somebody's", "resources": []}"#).unwrap();
    assert_eq!(refusal(&target, true), Refusal::Foreign);
    assert_eq!(refusal(&target.join("thesis.tex"), true), Refusal::NotAFolder);
    assert_eq!(names(temp.path()), ["out"]);
}

#[test]
fn a_guest_in_a_dataset_is_not_deleted() {
    let temp = temp();
    let target = temp.path().join("out");
    publish(&target, &options(false), vec![]);
    fs::write(target.join("notes.ipynb"), "{}").unwrap();
    let Refusal::Guest(guest) = refusal(&target, true) else { panic!() };
    assert!(guest.ends_with("out/notes.ipynb"));
}

#[test]
fn places_that_cannot_be_replaced_are_refused() {
    assert_eq!(refusal(Path::new("/"), true), Refusal::FileSystemRoot);
    assert_eq!(refusal(Path::new(""), true), Refusal::NoName);
    assert_eq!(refusal(Path::new("no/such/.."), true), Refusal::NoName);
    assert_eq!(refusal(Path::new("."), true), Refusal::CurrentFolder);
    #[cfg(target_os = "linux")]
    assert_eq!(refusal(Path::new("/proc"), true), Refusal::FileSystemRoot);
}

#[cfg(unix)]
#[test]
fn links_lead_to_what_they_name() {
    let temp = temp();
    let (target, link) = (temp.path().join("out"), temp.path().join("link"));
    publish(&target, &options(false), vec![]);
    std::os::unix::fs::symlink("out", &link).unwrap();
    assert_eq!(refusal(&link, false), Refusal::Exists);
    publish(&link, &options(true), vec![document()]);
    assert!(link.is_symlink());
    std::os::unix::fs::symlink("nothing", temp.path().join("dangling")).unwrap();
    assert_eq!(refusal(&temp.path().join("dangling"), true), Refusal::NotAFolder);
}

#[test]
fn a_dropped_run_leaves_nothing() {
    let temp = temp();
    let target = temp.path().join("out");
    let mut writer = DatasetWriter::create(&target, &options(false)).unwrap();
    writer.write(run(&[1, 2, 3])).unwrap();
    assert_eq!(names(temp.path()), [".out.biaodan-lock", ".out.biaodan-new"]);
    drop(writer);
    assert!(names(temp.path()).is_empty());
}

#[test]
fn two_runs_do_not_share_a_target() {
    let temp = temp();
    let target = temp.path().join("out");
    let first = DatasetWriter::create(&target, &options(true)).unwrap();
    let second = DatasetWriter::create(&temp.path().join("./out/"), &options(true)).map(|_| ());
    assert!(matches!(second, Err(DatasetError::Busy { .. })), "{second:?}");
    let elsewhere = DatasetWriter::create(&temp.path().join("out2"), &options(true)).unwrap();
    first.finish().unwrap();
    elsewhere.finish().unwrap();
    assert_eq!(names(temp.path()), ["out", "out2"]);
}

#[test]
fn a_target_that_appears_meanwhile_is_spared() {
    let temp = temp();
    let target = temp.path().join("out");
    let writer = DatasetWriter::create(&target, &options(true)).unwrap();
    fs::create_dir(&target).unwrap();
    fs::write(target.join("thesis.tex"), "").unwrap();
    assert!(writer.finish().is_err_and(|error| error.is_refusal()));
    assert_eq!(names(&target), ["thesis.tex"]);
    assert_eq!(names(temp.path()), ["out"]);
}

#[test]
fn what_a_dead_run_left_is_cleared_up() {
    let temp = temp();
    let target = temp.path().join("out");
    let (aside, half) = (temp.path().join(".out.biaodan-old"), temp.path().join(".out.biaodan-new"));
    publish(&target, &options(false), vec![document()]);
    // Died between the two renames: the old dataset comes back, even over an empty folder made meanwhile.
    for is_folder_made in [false, true] {
        fs::rename(&target, &aside).unwrap();
        fs::create_dir_all(half.join("amounts")).unwrap();
        if is_folder_made {
            fs::create_dir(&target).unwrap();
        }
        assert_eq!(refusal(&target, false), Refusal::Exists);
        assert!(target.join(package::FILE).exists());
        assert_eq!(names(temp.path()), ["out"]);
    }
    // Died before the old dataset was deleted.
    fs::create_dir_all(aside.join("documents")).unwrap();
    publish(&target, &options(true), vec![]);
    assert_eq!(names(temp.path()), ["out"]);
}

#[test]
fn the_old_dataset_returns_when_the_new_one_cannot_take_its_place() {
    let temp = temp();
    let target = temp.path().join("out");
    publish(&target, &options(false), vec![document()]);
    let staging = Staging::open(&target, true).unwrap();
    fs::remove_dir(staging.folder()).unwrap();
    let error = staging.publish().unwrap_err();
    assert!(matches!(error, DatasetError::Io { operation: "move into place", .. }), "{error}");
    assert_eq!(refusal(&target, false), Refusal::Exists);
    assert_eq!(names(temp.path()), ["out"]);
}

#[test]
fn a_failed_write_is_never_published() {
    let temp = temp();
    let target = temp.path().join("out");
    let mut writer = DatasetWriter::create(&target, &options(false)).unwrap();
    let mut wrong = run(&[1]);
    wrong[0].table = Table::Texts;
    assert!(matches!(writer.write(wrong), Err(DatasetError::Encode { .. })));
    writer.write(run(&[2])).unwrap();
    assert!(writer.finish().is_err());
    assert!(names(temp.path()).is_empty());
}
