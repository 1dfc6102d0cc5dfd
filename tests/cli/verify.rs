//! `biaodan verify`: what holds, what does not, and what is no dataset.

use super::{biaodan, convert, folder, samples, sound};
use std::fs;
use std::path::Path;

fn verify(dataset: &Path, more: &[&str]) -> super::Ran {
    let mut args = vec!["verify", dataset.to_str().unwrap()];
    args.extend(more);
    biaodan(&args)
}

#[test]
fn a_dataset_holds_with_its_sources() {
    let temp = folder();
    let dataset = temp.path().join("dataset");
    convert(&[&samples()], &dataset, &["--quiet"]).ended(1);
    let ran = verify(&dataset, &["--sources", samples().to_str().unwrap()]).ended(0);
    assert!(ran.stdout.ends_with("the dataset holds\n"), "{}", ran.stdout);
    let json = verify(&dataset, &["--format", "json"]).ended(0).json();
    assert_eq!(json["faults_total"], 0);
    assert!(json["checked"]["figures"].as_u64().unwrap() > 1_000);
}

#[test]
fn a_changed_file_does_not_hold() {
    let temp = folder();
    let dataset = temp.path().join("dataset");
    convert(&[&sound()], &dataset, &["--quiet"]).ended(0);
    let amounts = dataset.join("amounts/fiscal_year=2022/part-00000.parquet");
    let mut bytes = fs::read(&amounts).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    fs::write(&amounts, bytes).unwrap();
    let ran = verify(&dataset, &[]).ended(1);
    assert!(ran.stdout.contains("amounts/fiscal_year=2022/part-00000.parquet"), "{}", ran.stdout);
}

#[test]
fn other_sources_do_not_hold() {
    let temp = folder();
    let (dataset, dumps) = (temp.path().join("dataset"), temp.path().join("dumps"));
    fs::create_dir(&dumps).unwrap();
    let text = fs::read_to_string(sound()).unwrap();
    fs::write(dumps.join("form.txt"), &text).unwrap();
    convert(&[&dumps], &dataset, &["--quiet"]).ended(0);
    fs::write(dumps.join("form.txt"), text.replacen('0', "1", 1)).unwrap();
    verify(&dataset, &[]).ended(0);
    verify(&dataset, &["--sources", dumps.to_str().unwrap()]).ended(1);
}

#[test]
fn what_is_no_dataset_is_refused() {
    let temp = folder();
    verify(temp.path(), &[]).refused(2, "no dataset");
}
