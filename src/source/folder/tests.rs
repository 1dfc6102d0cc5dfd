use super::*;
use std::fs::{create_dir, create_dir_all, write};

fn listed(root: &Path) -> Vec<(String, Result<(), String>)> {
    let outcome = |origin| match origin {
        Origin::Refused(reason) => Err(reason),
        _ => Ok(()),
    };
    let named = |found: Found| (String::from_utf8(found.relative).unwrap(), outcome(found.origin));
    walk(root).into_iter().map(named).collect()
}

fn names(root: &Path) -> Vec<String> {
    listed(root).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn an_empty_tree_holds_nothing() {
    let root = tempfile::tempdir().unwrap();
    create_dir_all(root.path().join("a/b")).unwrap();
    assert!(names(root.path()).is_empty());
}

#[test]
fn files_come_in_the_byte_order_of_their_paths() {
    let root = tempfile::tempdir().unwrap();
    create_dir_all(root.path().join("a/b")).unwrap();
    for name in ["b.txt", "a/z", "a/b/c", "a.txt", "a-", "B", "一", "é"] {
        write(root.path().join(name), "").unwrap();
    }
    assert_eq!(names(root.path()), ["B", "a-", "a.txt", "a/b/c", "a/z", "b.txt", "é", "一"]);
}

#[test]
fn hidden_files_and_folders_are_passed_over() {
    let root = tempfile::tempdir().unwrap();
    let hidden_root = root.path().join(".hidden");
    create_dir_all(hidden_root.join(".git")).unwrap();
    for name in [".git/config", ".DS_Store", "a.txt"] {
        write(hidden_root.join(name), "").unwrap();
    }
    assert!(names(root.path()).is_empty());
    assert_eq!(names(&hidden_root), ["a.txt"]);
}

#[test]
fn a_deep_tree_is_walked_without_recursion() {
    let root = tempfile::tempdir().unwrap();
    let deep = root.path().join(["d"; 1000].join("/"));
    create_dir_all(&deep).unwrap();
    write(deep.join("f"), "").unwrap();
    assert_eq!(names(root.path()).len(), 1);
}

#[test]
fn a_folder_that_cannot_be_listed_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let gone = root.path().join("gone");
    let found = listed(&gone);
    assert_eq!(found.len(), 1);
    assert!(found[0].0.is_empty() && found[0].1.as_ref().is_err_and(|reason| reason.contains("listed")));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    #[test]
    fn links_to_files_are_read_and_links_to_folders_are_not() {
        let root = tempfile::tempdir().unwrap();
        create_dir(root.path().join("folder")).unwrap();
        write(root.path().join("folder/file"), "").unwrap();
        for (to, link) in
            [("folder/file", "a"), (".", "loop"), ("folder", "b"), ("gone", "c"), ("self", "self")]
        {
            symlink(to, root.path().join(link)).unwrap();
        }
        let found = listed(root.path());
        let read: Vec<_> = found.iter().filter(|found| found.1.is_ok()).map(|found| &found.0).collect();
        assert_eq!(read, ["a", "folder/file"]);
        let reason = |name: &str| found.iter().find(|found| found.0 == name).unwrap().1.clone().unwrap_err();
        assert!(reason("loop").contains("link to a folder") && reason("b").contains("link to a folder"));
        assert!(reason("c").contains("leads to nothing") && reason("self").contains("leads to nothing"));
        assert_eq!(found.len(), 6);
    }

    #[test]
    fn a_linked_root_is_walked() {
        let root = tempfile::tempdir().unwrap();
        create_dir(root.path().join("folder")).unwrap();
        write(root.path().join("folder/file"), "").unwrap();
        symlink("folder", root.path().join("link")).unwrap();
        assert_eq!(names(&root.path().join("link")), ["file"]);
    }

    #[test]
    fn names_are_bytes() {
        let root = tempfile::tempdir().unwrap();
        for name in [&b"\xb4\xba"[..], b"a\nb", b"-x", b"a\\b"] {
            write(root.path().join(OsStr::from_bytes(name)), "").unwrap();
        }
        let found: Vec<_> = walk(root.path()).into_iter().map(|found| found.relative).collect();
        assert_eq!(found, [&b"-x"[..], b"a\nb", b"a\\b", b"\xb4\xba"]);
    }

    #[test]
    fn pipes_and_sockets_are_refused_unopened() {
        let root = tempfile::tempdir().unwrap();
        let _socket = UnixListener::bind(root.path().join("socket")).unwrap();
        let pipe = root.path().join("pipe");
        if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            println!("skipped: there is no mkfifo here to make a pipe with");
            return;
        }
        symlink("pipe", root.path().join("link")).unwrap();
        let reasons: Vec<_> = listed(root.path()).into_iter().map(|found| found.1.unwrap_err()).collect();
        assert!(reasons[0].contains("a named pipe") && reasons[1].contains("a named pipe"), "{reasons:?}");
        assert!(reasons[2].contains("a socket"), "{reasons:?}");
    }

    #[test]
    fn a_folder_without_permission_is_refused_and_the_walk_goes_on() {
        let root = tempfile::tempdir().unwrap();
        let locked = root.path().join("locked");
        create_dir(&locked).unwrap();
        write(root.path().join("z"), "").unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read_dir(&locked).is_ok() {
            println!("skipped: permissions do not bind this user (root)");
            return;
        }
        let found = listed(root.path());
        assert_eq!(found.len(), 2);
        assert!(found[0].0 == "locked" && found[0].1.is_err() && found[1].1.is_ok(), "{found:?}");
    }
}
