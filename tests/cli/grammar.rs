//! `biaodan grammar`.

use super::*;
use std::fs;

fn grammar() -> String {
    format!("{}/grammar", env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the grammars with one file changed.
fn changed(name: &str, from: &str, to: &str) -> tempfile::TempDir {
    let copy = folder();
    fs::create_dir(copy.path().join("parts")).unwrap();
    for file in dataset::files(Path::new(&grammar())) {
        fs::copy(&file, copy.path().join(file.strip_prefix(grammar()).unwrap())).unwrap();
    }
    let path = copy.path().join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).unwrap();
    copy
}

#[test]
fn sound_grammars_have_no_mistakes() {
    for args in [vec!["grammar", "check"], vec!["grammar", "check", &grammar()]] {
        let ran = biaodan(&args).ended(0);
        assert!(ran.stdout.contains("no mistakes") && ran.stderr.is_empty(), "{}", ran.stdout);
    }
    let json = biaodan(&["grammar", "check", "--format", "json"]).ended(0).json();
    assert_eq!(json["grammar"], "built-in");
    assert_eq!(json["mistakes"].as_array().unwrap().len(), 0);
}

#[test]
fn every_mistake_is_shown_at_its_place() {
    let copy = changed("project-self-evaluation.toml", "about = \"project\"", "about = \"dog\"");
    fs::write(copy.path().join("x.toml"), "id = \"\u{1b}[31m\n").unwrap();
    let dir = copy.path().to_str().unwrap();
    let ran = biaodan(&["grammar", "check", dir]).ended(2);
    for part in ["project-self-evaluation.toml:", "about = \"dog\"", "^^^", "x.toml:1:"] {
        assert!(ran.stdout.contains(part), "{part} not in\n{}", ran.stdout);
    }
    assert!(ran.stderr.starts_with("biaodan: ") && ran.stderr.contains("mistakes"), "{}", ran.stderr);
    assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'));
    let json = biaodan(&["grammar", "check", dir, "--format=json"]).ended(2).json();
    let mistake = &json["mistakes"][0];
    assert!(mistake["file"].as_str().unwrap().contains(".toml"));
    assert!(mistake["line"].as_u64() > Some(0) && mistake["column"].as_u64() > Some(0));
    biaodan(&["grammar", "list", dir]).refused_after_mistakes();
    biaodan(&["grammar", "check", "/nowhere"]).refused(2, "cannot read the grammar");
}

impl Ran {
    /// Mistakes on standard error, then what came of them.
    #[track_caller]
    fn refused_after_mistakes(self) {
        let ran = self.ended(2);
        let last = ran.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("biaodan: ") && last.contains("mistakes"), "{}", ran.stderr);
    }
}

#[test]
fn list_shows_what_is_read() {
    let text = biaodan(&["grammar", "list"]).ended(0).stdout;
    let json = biaodan(&["grammar", "list", &grammar(), "--format=json"]).ended(0).json();
    let forms = json["forms"].as_array().unwrap();
    assert!(!forms.is_empty());
    for form in forms {
        for key in ["id", "name"] {
            assert!(text.contains(form[key].as_str().unwrap()), "{text}");
        }
        for key in ["titles", "fields", "blocks", "identities"] {
            let items = form[key].as_array().unwrap();
            // A form that is prose throughout has no arithmetic.
            let is_prose = form["blocks"].as_array().unwrap().iter().all(|block| block["kind"] == "passages");
            assert!(!items.is_empty() || (key == "identities" && is_prose), "{key} of {}", form["id"]);
            for item in items {
                let name = item.as_str().or_else(|| item["id"].as_str()).unwrap();
                assert!(text.contains(name), "{name} not in\n{text}");
            }
        }
        assert!(form["blocks"][0]["columns"].as_u64() > Some(0));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_without_being_opened() {
    let dir = folder();
    std::os::unix::fs::symlink("/dev/zero", dir.path().join("x.toml")).unwrap();
    biaodan(&["grammar", "check", dir.path().to_str().unwrap()]).refused(2, "no regular file");
}
