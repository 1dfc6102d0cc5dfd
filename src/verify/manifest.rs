//! The manifest: the files of a dataset are those that `datapackage.json` lists, byte for byte.

use super::VerifyError;
use super::report::{At, Check, Sink};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file as the manifest lists it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Listed {
    /// Its path in the dataset, separated by slashes.
    pub path: String,
    pub bytes: u64,
    pub rows: u64,
    pub sha256: String,
}

#[derive(Deserialize)]
struct Package {
    biaodan: Maker,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Maker {
    contract: String,
    files: Vec<Listed>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    path: Vec<String>,
}

const FILE: &str = "datapackage.json";

/// Checks the files against the manifest and gives those it lists; with `hashes` their sizes and hashes too.
///
/// # Errors
/// [`VerifyError`] where there is no manifest, or the folder cannot be listed.
pub(super) fn check(dir: &Path, hashes: bool, sink: &mut Sink) -> Result<Vec<Listed>, VerifyError> {
    let path = dir.join(FILE);
    let text = fs::read(&path)
        .map_err(|error| VerifyError::NoDataset(dir.to_owned(), format!("{FILE}: {error}")))?;
    let package: Package = serde_json::from_slice(&text)
        .map_err(|error| VerifyError::NoDataset(dir.to_owned(), format!("{FILE}: {error}")))?;
    let Package { biaodan: Maker { contract, files }, resources } = package;
    let known = crate::table::CONTRACT;
    sink.demand(contract == known, Check::Manifest, At::file(FILE), || {
        format!("the dataset keeps contract {contract}, this program knows {known}")
    });
    let listed: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    sink.demand(listed.len() == files.len(), Check::Manifest, At::file(FILE), || {
        "a file is listed twice".to_owned()
    });
    check_resources(&resources, &listed, sink);
    let mut standing = BTreeSet::new();
    walk(dir, "", &mut standing)?;
    for path in standing.iter().filter(|path| !listed.contains(path.as_str())) {
        sink.fault(Check::Manifest, At::file(path), "this file is not listed in the manifest");
    }
    for file in &files {
        sink.checked().files += 1;
        sink.demand(standing.contains(&file.path), Check::Manifest, At::file(&file.path), || {
            "is listed, but does not stand in the dataset".to_owned()
        });
        if hashes {
            check_file(dir, file, sink);
        }
    }
    Ok(files)
}

/// The paths by table are those of the list.
fn check_resources(resources: &[Resource], listed: &BTreeSet<&str>, sink: &mut Sink) {
    let mut described = BTreeSet::new();
    for resource in resources {
        for path in &resource.path {
            let own = path.strip_prefix(resource.name.as_str()).is_some_and(|rest| rest.starts_with('/'));
            sink.demand(own && described.insert(path.as_str()), Check::Manifest, At::file(path), || {
                format!("is described as a file of {}", resource.name)
            });
        }
    }
    sink.demand(described == *listed, Check::Manifest, At::file(FILE), || {
        "the files of the tables are not the files listed with their hashes".to_owned()
    });
}

fn check_file(dir: &Path, file: &Listed, sink: &mut Sink) {
    let at = At::file(&file.path);
    let bytes = match fs::read(dir.join(&file.path)) {
        Ok(bytes) => bytes,
        Err(error) => {
            return sink.fault(Check::Manifest, at, format!("is listed, but cannot be read: {error}"));
        }
    };
    sink.demand(bytes.len() as u64 == file.bytes, Check::Manifest, at, || {
        format!("has {} bytes, not the {} listed", bytes.len(), file.bytes)
    });
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    sink.demand(hash == file.sha256, Check::Manifest, at, || {
        format!("has the SHA-256 {hash}, not the one listed")
    });
}

/// Every Parquet file below a folder, as a path separated by slashes.
fn walk(dir: &Path, prefix: &str, out: &mut BTreeSet<String>) -> Result<(), VerifyError> {
    let unreadable = |error| VerifyError::Unreadable(dir.to_owned(), error);
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // The manifest lists no link, so a link is looked at as the file it poses as, never followed as a folder.
        if entry.file_type().map_err(unreadable)?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), out)?;
        } else if name.ends_with(".parquet") {
            out.insert(name);
        }
    }
    Ok(())
}
