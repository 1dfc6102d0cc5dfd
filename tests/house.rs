//! The rules of the house, held against the files of src: the order of modules, knowledge only in grammar/, sizes,
//! names.

#[path = "house/scan.rs"]
mod scan;

use biaodan::grammar::{Grammars, Role};
use scan::{File, files};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The way of the data: a module uses only those above it.
const ORDER: [&str; 13] = [
    "source", "dump", "form", "value", "proof", "table", "dataset", "pipeline", "inspect", "verify", "draft",
    "drift", "cli",
];
/// What every module may use, and what itself uses none of the others.
const SHARED: [&str; 2] = ["finding", "grammar"];
/// The crates' roots only name the modules.
const ROOTS: [&str; 2] = ["lib", "main"];

/// The modules of the crate that a file names: behind `crate::` and, in the binary, behind `biaodan::`.
fn used(file: &File) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for root in ["crate::", "biaodan::"] {
        for (at, _) in file.code.match_indices(root) {
            let behind = &file.code[at + root.len()..];
            match behind.strip_prefix('{') {
                Some(list) => used.extend(heads(&list[..closing(list)])),
                None => used.extend(heads(behind).into_iter().take(1)),
            }
        }
    }
    used
}

/// Where the brace that was opened before `list` closes.
fn closing(list: &str) -> usize {
    let mut depth = 1;
    for (at, c) in list.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at;
        }
    }
    list.len()
}

/// The first names of the paths in a list, those in inner braces left out.
fn heads(list: &str) -> Vec<String> {
    let (mut heads, mut depth) = (vec![String::new()], 0);
    let mut open = true;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(String::new());
                open = true;
            }
            c if depth == 0 && open && (c.is_alphanumeric() || c == '_') => heads.last_mut().unwrap().push(c),
            c if c.is_whitespace() => {}
            _ if depth == 0 => open = false,
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

#[test]
fn a_module_uses_only_those_above_it() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    let mut edges = 0;
    for file in files().iter().filter(|file| !file.is_test() && !ROOTS.contains(&file.module())) {
        let module = file.module();
        assert!(
            place(module).is_some() || SHARED.contains(&module),
            "src/{module} has no place in the order"
        );
        for other in used(file).iter().filter(|other| *other != module) {
            let fits = match (place(module), place(other)) {
                _ if SHARED.contains(&other.as_str()) => true,
                (Some(here), Some(there)) => there < here,
                // What all may use must use none of them, or the order would be a circle.
                _ => false,
            };
            edges += 1;
            if !fits {
                wrong.push(format!("src/{} uses {other}", file.name));
            }
        }
    }
    assert!(edges > 40, "only {edges} uses were found: the search is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn uses_are_found_in_every_spelling() {
    let code = "use crate::{form::{self, dump}, value};\nuse crate::proof::Trust;\nlet x = crate::table::form(a, b);".to_owned();
    let file = File { name: "x.rs".into(), text: code.clone(), code };
    assert_eq!(used(&file).into_iter().collect::<Vec<_>>(), ["form", "proof", "table", "value"]);
}

#[test]
fn no_chinese_word_stands_in_the_code() {
    let is_ideograph =
        |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let found = files()
        .iter()
        .filter(|file| !file.is_test())
        .flat_map(|file| file.lines(|line| line.contains(is_ideograph)))
        .collect::<Vec<_>>();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A text that goes on in the next line does so behind one backslash; behind two it holds a backslash, a line break and blanks.
#[test]
fn no_message_holds_the_line_breaks_of_its_source() {
    let found: Vec<String> =
        files().iter().flat_map(|file| file.lines(|line| line.ends_with("\\\\"))).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The folders of src that tests and comments of the grammar module fill with examples of their own are searched too:
/// no form's name stands anywhere but in grammar/.
#[test]
fn no_title_or_label_of_a_grammar_stands_in_the_code() {
    let grammars = Grammars::built_in().unwrap_or_else(|error| panic!("{error}"));
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for grammar in &grammars.forms {
        words.extend(grammar.titles.iter().map(String::as_str));
        words.insert(&grammar.name);
        words.extend(grammar.labels.iter().filter(|(_, roles)| !roles.is_empty()).map(|(label, _)| label));
        assert!(
            grammar.labels.iter().any(|(_, roles)| roles.iter().any(|role| matches!(role, Role::Field(_))))
        );
    }
    assert!(words.len() > 100, "only {} titles and labels were found", words.len());
    let holds = |line: &str| words.iter().any(|word| line.contains(word));
    let found: Vec<String> =
        files().iter().filter(|file| !file.is_test()).flat_map(|file| file.lines(holds)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let titles: Vec<String> =
        grammars.forms.iter().flat_map(|grammar| grammar.titles.iter().cloned()).collect();
    let in_tests: Vec<String> = files()
        .iter()
        .filter(|file| titles.iter().any(|title| file.text.contains(title)))
        .map(|file| file.name.clone())
        .collect();
    assert!(in_tests.is_empty(), "a form's title stands in a comment or test of src: {in_tests:?}");
}

#[test]
fn files_are_short() {
    let mut sizes: Vec<(usize, String)> =
        files().iter().map(|file| (file.text.lines().count(), file.name.clone())).collect();
    sizes.sort();
    let (longest, name) = sizes.last().unwrap();
    println!(
        "{} files, median {} lines, longest src/{name} with {longest}",
        sizes.len(),
        sizes[sizes.len() / 2].0
    );
    assert!(*longest <= 600, "src/{name} has {longest} lines");
    assert!(
        sizes[sizes.len() / 2].0 <= 150,
        "half of the files have more than {} lines",
        sizes[sizes.len() / 2].0
    );
}

#[test]
fn hardly_anything_may_panic() {
    let may_panic = |line: &str| {
        [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("]
            .iter()
            .any(|call| line.contains(call))
    };
    let files = files();
    let code: Vec<&File> = files.iter().filter(|file| !file.is_test()).collect();
    let lines: usize =
        code.iter().map(|file| file.code.lines().filter(|line| !line.trim().is_empty()).count()).sum();
    let found: Vec<String> = code.iter().flat_map(|file| file.lines(may_panic)).collect();
    println!("{} of {lines} lines may panic", found.len());
    assert!(
        found.len() * 1_000 <= lines,
        "{} of {lines} lines may panic:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn samples_are_named_for_their_form() {
    let names = |folder: &str| -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        files.map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    let shared = ["labelling", "lexicon", "relations"];
    let grammars = names("grammar");
    let mut forms: Vec<&str> = grammars.iter().filter_map(|name| name.strip_suffix(".toml")).collect();
    forms.retain(|form| !shared.contains(form));
    assert!(!forms.is_empty(), "there is no grammar");
    let samples = names("samples");
    let named = |sample: &str, form: &str| {
        sample.strip_prefix(form).is_some_and(|case| case.starts_with('-') && !case.starts_with("-."))
    };
    for sample in &samples {
        assert!(
            forms.iter().any(|form| named(sample, form)) || named(sample, "bundle"),
            "samples/{sample} is named for no grammar"
        );
        assert!(sample.is_ascii() && !sample.contains(' '), "samples/{sample}");
    }
    for form in &forms {
        assert!(samples.iter().any(|sample| named(sample, form)), "grammar/{form}.toml has no sample");
    }
}
