//! The summary, held against the tables it speaks of.

use super::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

fn converted(out: &Path) -> Value {
    convert(&[&samples()], out, &["--format", "json"]).ended(1).json()
}

#[test]
fn json_has_exactly_the_documented_keys() {
    let at = folder();
    let json = converted(&at.path().join("out"));
    let mut keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let documented = [
        "bytes",
        "complete",
        "contract",
        "dataset",
        "documents",
        "figures",
        "findings",
        "forms",
        "left_behind",
        "lines",
        "rows",
        "sql",
        "unread",
        "version",
    ];
    assert_eq!(keys, documented);
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md")).unwrap();
    for key in documented {
        assert!(page.contains(&format!("`{key}`")), "docs/cli.md does not speak of `{key}`");
    }
}

#[test]
fn json_agrees_with_the_tables() {
    let at = folder();
    let out = at.path().join("out");
    let json = converted(&out);
    assert_eq!(json["dataset"], out.canonicalize().unwrap().to_str().unwrap());
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&json["contract"], &json["complete"]), (&json!("1"), &json!(false)));
    for (section, table, column) in [
        ("documents", "documents", "status"),
        ("forms", "forms", "form_type"),
        ("findings", "findings", "code"),
    ] {
        assert_eq!(json[section]["total"], dataset::rows(&out, table));
        assert_eq!(by(&json, section), dataset::counts(&out, table, column), "{section}");
    }
    for table in ["documents", "forms", "amounts", "measures", "indicators", "texts", "findings"] {
        assert_eq!(json["rows"]["by"][table], dataset::rows(&out, table), "{table}");
    }
    let bytes: u64 = fs::read_dir(samples()).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    assert_eq!(json["bytes"], bytes);
    let whole = ["converted", "duplicate"];
    let statuses = dataset::column(&out, "documents", "status");
    let unread = statuses.iter().filter(|status| !whole.contains(&status.as_str())).count();
    assert!(unread > 0);
    assert_eq!(json["unread"]["total"], unread);
    assert_eq!(json["unread"]["named"].as_array().unwrap().len(), unread);
}

#[test]
fn figures_agree_with_the_trust_columns() {
    let at = folder();
    let out = at.path().join("out");
    let json = converted(&out);
    let mut trusts: BTreeMap<String, u64> = BTreeMap::new();
    for (table, value, trust) in [
        ("amounts", "raw", "trust"),
        ("measures", "raw", "trust"),
        ("indicators", "score", "trust"),
        ("indicators", "weight", "weight_trust"),
    ] {
        let words = dataset::column(&out, table, trust);
        let given = dataset::present(&out, table, value);
        for (word, _) in words.into_iter().zip(given).filter(|(word, given)| *given || word != "stated") {
            *trusts.entry(word).or_default() += 1;
        }
    }
    assert_eq!(by(&json, "figures"), trusts);
}

/// The counts of a section that are not zero.
fn by(json: &Value, section: &str) -> BTreeMap<String, u64> {
    let counts = json[section]["by"].as_object().unwrap().iter();
    let counts: BTreeMap<String, u64> =
        counts.map(|(name, count)| (name.clone(), count.as_u64().unwrap())).filter(|(_, n)| *n > 0).collect();
    assert_eq!(json[section]["total"], counts.values().sum::<u64>(), "{section}");
    counts
}

#[test]
fn text_says_the_same_as_json() {
    let at = folder();
    let out = at.path().join("out");
    let json = converted(&out);
    let text = convert(&[&samples()], &out, &["--force"]).ended(1).stdout;
    let has_line =
        |words: &[&str]| text.lines().any(|line| line.split_whitespace().take(2).eq(words.iter().copied()));
    for section in ["documents", "forms", "figures", "findings"] {
        for (name, count) in by(&json, section) {
            assert!(has_line(&[&name, &grouped(count)]), "{name} {count} not in\n{text}");
        }
    }
    for unread in json["unread"]["named"].as_array().unwrap() {
        assert!(
            text.contains(unread["source"].as_str().unwrap())
                && text.contains(unread["reason"].as_str().unwrap())
        );
    }
    assert!(text.contains('%') && text.contains(json["dataset"].as_str().unwrap()));
    let sql: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with("SELECT ")).collect();
    assert_eq!(sql, [json["sql"].as_str().unwrap()]);
    assert_eq!(text.lines().last().map(str::trim), json["sql"].as_str());
}

fn grouped(count: u64) -> String {
    if count < 1000 { count.to_string() } else { format!("{},{:03}", count / 1000, count % 1000) }
}

#[test]
fn no_more_than_some_unread_documents_are_named() {
    let at = folder();
    let dumps = at.path().join("dumps");
    fs::create_dir(&dumps).unwrap();
    for nth in 0..25 {
        fs::write(dumps.join(format!("{nth}.txt")), format!("nothing {nth}")).unwrap();
    }
    let out = at.path().join("out");
    let text = convert(&[&dumps], &out, &[]).ended(1).stdout;
    assert!(text.contains("left unread  25 documents") && text.contains("and 5 more"), "{text}");
    let json = convert(&[&dumps], &out, &["--force", "--format=json"]).ended(1).json();
    assert_eq!(json["unread"]["total"], 25);
    assert_eq!(json["unread"]["named"].as_array().unwrap().len(), 20);
}

#[test]
fn the_sql_escapes_the_path() {
    let at = folder();
    let out = at.path().join("it's [a] \"place\"*");
    let json = convert(&[&sound()], &out, &["--format=json"]).ended(0).json();
    let sql = json["sql"].as_str().unwrap();
    assert!(sql.starts_with("SELECT * FROM read_parquet('/"), "{sql}");
    assert!(sql.contains("/it''s [[]a] \"place\"[*]/amounts/*/*.parquet'"), "{sql}");
}
