//! `biaodan grammar draft`: a first grammar, in a folder that can be used as it is.

use super::dumps;
use crate::cli::args::DraftArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::output;
use crate::cli::text;
use biaodan::draft::{self, Draft, DraftOptions, NoDraft};
use biaodan::grammar::{Files, Grammars};
use biaodan::pipeline::{ConvertOptions, Converter};
use biaodan::source::Document;
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The id of a form whose draft has no file to be named for.
const UNNAMED: &str = "drafted_form";

/// Drafts, and says how much of the dumps the draft reads.
pub fn draft(args: &DraftArgs) -> Result<Exit, Failure> {
    let files = match &args.grammar {
        Some(dir) => Files::from_dir(dir).map_err(super::unusable)?,
        None => Files::built_in(),
    };
    if let Some(out) = args.out.as_deref().filter(|out| !args.force && out.exists()) {
        return Err(Failure::usage(format!("{} is there already; --force replaces it", out.display())));
    }
    let (documents, refused) = dumps::read(&args.inputs, &args.read)?;
    if !refused.is_empty() {
        return Err(Failure::usage("a draft is made from whole dumps; leave out those that gave no text"));
    }
    let options = DraftOptions {
        id: id(args),
        dialect: args.read.dialect,
        title: args.title.clone(),
        again: args.again,
    };
    let drafted = match draft::draft(&documents, &files, &options) {
        Ok(drafted) => drafted,
        Err(NoDraft::Grammar(error)) => return Err(super::unusable(error)),
        Err(no_draft) => return Err(Failure { exit: Exit::Incomplete, message: no_draft.to_string() }),
    };
    match &args.out {
        Some(out) => write(out, &drafted.text, &files)?,
        None => output::print(&drafted.text)?,
    }
    tell(args, &drafted, &documents, &files);
    Ok(Exit::Complete)
}

/// The id that is asked for, or the name of the file, if ids may be called so.
fn id(args: &DraftArgs) -> String {
    let stem = args.out.as_deref().and_then(Path::file_stem).and_then(OsStr::to_str);
    let plain = |stem: &&str| stem.starts_with(|c: char| c.is_ascii_alphabetic()) && stem.is_ascii();
    let named = stem.filter(plain).map(|stem| stem.replace(['-', ' ', '.'], "_"));
    args.id.clone().or(named).unwrap_or_else(|| UNNAMED.to_owned())
}

/// Writes the draft, and beside it what it needs of the files at hand. Nothing but the draft itself is ever replaced.
fn write(out: &Path, text: &str, files: &Files) -> Result<(), Failure> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unwritten = |path: &Path, error: io::Error| {
        let message =
            format!("{} cannot be written: {error}; name a file in a folder that can be", path.display());
        Failure { exit: Exit::Broken, message }
    };
    for (name, shared) in files.shared() {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| unwritten(parent, error))?;
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => file.write_all(shared.as_bytes()).map_err(|error| unwritten(&path, error))?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unwritten(&path, error)),
        }
    }
    fs::write(out, text).map_err(|error| unwritten(out, error))
}

/// Says on standard error what the draft reads of the dumps, and what else could be drafted from them.
fn tell(args: &DraftArgs, drafted: &Draft, documents: &[Document], files: &Files) {
    output::note(&format!(
        "drafted `{}` from {}",
        drafted.title,
        text::counted(drafted.forms as u64, "printed form")
    ));
    match files.with_only("draft.toml", &drafted.text).grammars() {
        Ok(grammars) => output::note(&read_by(&grammars, args, documents)),
        Err(error) => output::complain(&format!("the draft has mistakes, please report them: {error}")),
    }
    for (title, forms) in &drafted.others {
        output::note(&format!("not drafted: `{title}` ({forms} printed); --title chooses it"));
    }
}

fn read_by(grammars: &Grammars, args: &DraftArgs, documents: &[Document]) -> String {
    let options = ConvertOptions { dialect: args.read.dialect, ..ConvertOptions::default() };
    let converter = Converter::new(grammars, options);
    let (mut forms, mut lines, mut unclaimed, mut findings) = (0, 0, 0, 0);
    for document in documents {
        let converted = converter.convert(document);
        forms += converted.forms.len();
        lines += converted.lines;
        unclaimed += converted.lines_unclaimed;
        findings += converted.findings.len();
    }
    let (forms, findings) = (text::counted(forms as u64, "form"), text::counted(findings as u64, "finding"));
    format!("it reads {forms} there, {} of {lines} lines, with {findings}", lines - unclaimed)
}
