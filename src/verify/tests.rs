mod files;
mod mutation;

use super::*;
use crate::pipeline::{RunOptions, run};
use crate::source::Inputs;

fn grammars() -> Grammars {
    Grammars::built_in().unwrap()
}

/// The folders of sources at hand: the samples, and the seed where it stands beside the crate.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seed = [root.join("../shared/seed"), root.join("../../shared/seed")];
    std::iter::once(root.join("samples")).chain(seed.into_iter().find(|seed| seed.is_dir())).collect()
}

/// A dataset of a folder of sources.
fn dataset(folder: &Path, grammars: &Grammars) -> tempfile::TempDir {
    let target = tempfile::tempdir().unwrap();
    let inputs = Inputs { paths: vec![folder.to_owned()], ..Inputs::default() };
    let options = RunOptions { force: true, ..RunOptions::default() };
    run(&inputs, target.path(), grammars, &options, &mut |_| {}).unwrap();
    target
}

#[test]
fn datasets_of_known_sources_hold() {
    let grammars = grammars();
    for folder in folders() {
        let dataset = dataset(&folder, &grammars);
        let options = VerifyOptions { sources: Some(folder.clone()), ..VerifyOptions::new(&grammars) };
        let report = verify(dataset.path(), &options).unwrap();
        println!("{}\n{report}", folder.display());
        assert!(report.holds(), "{}: {report}", folder.display());
        assert!(report.checked.documents > 0 && report.checked.figures > 0 && report.checked.raws > 0);
    }
}
