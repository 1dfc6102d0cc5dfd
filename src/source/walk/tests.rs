use super::super::{ReadOptions, read};
use super::*;
use std::fs::{create_dir_all, write};

/// A folder with these files, each holding its own name.
fn tree(files: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in files {
        let path = root.path().join(file);
        create_dir_all(path.parent().unwrap()).unwrap();
        write(path, file).unwrap();
    }
    root
}

fn inputs(root: &Path, paths: &[&str]) -> Inputs {
    Inputs { paths: paths.iter().map(|path| root.join(path)).collect(), ..Inputs::default() }
}

fn names(args: &Inputs) -> Vec<String> {
    collect(args).unwrap().into_iter().map(|source| source.name).collect()
}

#[test]
fn a_file_has_its_own_name_and_a_folder_names_below_it() {
    let root = tree(&["in/b/x.txt", "in/a.txt", "alone.txt"]);
    let args = inputs(root.path(), &["in/b/../../alone.txt", "in/"]);
    assert_eq!(names(&args), ["alone.txt", "a.txt", "b/x.txt"]);
    let contents = collect(&args)
        .unwrap()
        .iter()
        .map(|s| read(s, &ReadOptions::default()).unwrap().text)
        .collect::<Vec<_>>();
    assert_eq!(contents, ["alone.txt", "in/a.txt", "in/b/x.txt"]);
}

#[test]
fn nothing_named_is_nothing_to_read() {
    assert!(names(&Inputs::default()).is_empty());
}

#[test]
fn equal_names_are_told_apart() {
    let root = tree(&["2021/a.txt", "2021/b.txt", "2022/a.txt", "old/2021/a.txt"]);
    let args = inputs(root.path(), &["2021", "2022", "old/2021/a.txt", "2022/a.txt"]);
    assert_eq!(names(&args), ["2021/a.txt", "b.txt", "2022/a.txt", "2021/a.txt~2", "2022/a.txt~2"]);
}

#[test]
fn a_path_that_is_not_there_is_a_mistake() {
    let root = tree(&[]);
    let error = collect(&inputs(root.path(), &["gone.txt"])).unwrap_err();
    assert!(matches!(error, InputError::Missing { .. }));
    assert!(error.to_string().contains("gone.txt"), "{error}");
}

#[test]
fn standard_input_is_read_once() {
    let stdin = || PathBuf::from("-");
    let once = Inputs { paths: vec![stdin()], ..Inputs::default() };
    assert_eq!(collect(&once).unwrap(), [Source { name: "stdin".into(), origin: Origin::Stdin }]);
    let twice = Inputs { paths: vec![stdin()], files_from: Some(stdin()), ..Inputs::default() };
    assert!(matches!(collect(&twice), Err(InputError::StdinTwice)));
}

#[test]
fn listed_files_are_named_as_listed() {
    let root = tree(&["a.txt", "in/a.txt"]);
    let base = root.path().display();
    let list = root.path().join("list");
    write(&list, format!("{base}/in/../a.txt\n\n{base}/in/./a.txt\n{base}/gone\n{base}/in\n")).unwrap();
    let args = Inputs { paths: Vec::new(), files_from: Some(list), ..Inputs::default() };
    let base = base.to_string();
    let below = |name: &str| format!("{}/{name}", base.trim_start_matches('/'));
    assert_eq!(names(&args), [below("a.txt"), below("in/a.txt"), below("gone"), below("in")]);
    let refused = |source: &Source| matches!(source.origin, Origin::Refused(_));
    assert_eq!(collect(&args).unwrap().iter().map(refused).collect::<Vec<_>>(), [false, false, true, true]);
}

#[test]
fn a_list_that_is_not_there_is_a_mistake() {
    let root = tree(&[]);
    let args = Inputs { paths: Vec::new(), files_from: Some(root.path().join("list")), ..Inputs::default() };
    assert!(matches!(collect(&args), Err(InputError::List { .. })));
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_are_stored_as_text() {
    use std::os::unix::ffi::OsStrExt;
    let root = tree(&[]);
    for name in [&b"\xb4\xba.txt"[..], b"%B4%BA.txt", b"a\nb", b"-x", b" a\\b"] {
        write(root.path().join(std::ffi::OsStr::from_bytes(name)), "x").unwrap();
    }
    let args = inputs(root.path(), &["."]);
    assert_eq!(names(&args), ["%20a%5Cb", "%25B4%25BA.txt", "-x", "a%0Ab", "%B4%BA.txt"]);
    assert!(collect(&args).unwrap().iter().all(|source| read(source, &ReadOptions::default()).is_ok()));
}

#[cfg(unix)]
#[test]
fn a_device_is_refused_and_reported() {
    let args = Inputs { paths: vec!["/dev/null".into()], ..Inputs::default() };
    let sources = collect(&args).unwrap();
    assert!(
        matches!(&sources[0].origin, Origin::Refused(reason) if reason.contains("a device")),
        "{sources:?}"
    );
}
