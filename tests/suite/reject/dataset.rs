//! Targets that may not be written: the run is refused before anything changes.

use super::cases;
use crate::{conversion, folder, rows};
use biaodan::pipeline::{self, RunError, RunOptions};
use biaodan::source::Inputs;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Files that stand there before; their text is their name.
    #[serde(default)]
    standing: Vec<String>,
    /// A folder that holds a dataset before those files are made.
    dataset: Option<String>,
    target: String,
    force: bool,
    /// A part of what is said.
    refused: String,
}

#[test]
fn what_may_not_be_written_stays_as_it_is() {
    for (name, case) in cases::<Case>("dataset") {
        let temp = tempfile::tempdir().unwrap();
        if let Some(dataset) = &case.dataset {
            run(&temp.path().join(dataset), false).unwrap();
        }
        for file in &case.standing {
            let path = temp.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let before = content(temp.path());
        match run(&temp.path().join(&case.target), case.force) {
            Ok(()) => panic!("{name}: the target was written"),
            Err(error) => assert!(error.to_string().contains(&case.refused), "{name}: {error}"),
        }
        assert!(before == content(temp.path()), "{name}: something was changed");
    }
}

fn run(target: &Path, force: bool) -> Result<(), RunError> {
    let sample = folder::files("samples").swap_remove(0);
    let inputs = Inputs { paths: vec![sample], ..Inputs::default() };
    let options = RunOptions { force, jobs: 1, ..RunOptions::default() };
    pipeline::run(&inputs, target, &conversion::GRAMMARS, &options, &mut |_| {}).map(|_| ())
}

/// Every file below a folder with its bytes.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = rows::files_below(folder);
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn inputs_that_are_not_there_stop_the_run_and_publish_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let target = temp.path().join("out");
    let inputs = Inputs { paths: vec![temp.path().join("gone")], ..Inputs::default() };
    let outcome = pipeline::run(&inputs, &target, &conversion::GRAMMARS, &RunOptions::default(), &mut |_| {});
    assert!(matches!(outcome, Err(RunError::Input(_))), "{outcome:?}");
    assert!(!target.exists() && fs::read_dir(temp.path()).unwrap().next().is_none());
}
