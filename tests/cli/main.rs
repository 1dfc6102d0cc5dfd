//! The `biaodan` command as its users meet it: arguments, streams, files, exit codes.

mod dataset;
mod draft;
mod drift;
mod exit_codes;
mod explain;
mod grammar;
mod inputs;
mod inspect;
mod options;
mod pages;
mod streams;
mod summary;
mod targets;
mod verify;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a command did.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ran {
    /// Holds the exit code against `code` and shows everything where it is another.
    #[track_caller]
    fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// A failure: its code, and a message that begins as all do and holds `part`.
    #[track_caller]
    fn refused(self, code: i32, part: &str) -> Self {
        let ran = self.ended(code);
        assert!(ran.stderr.starts_with("biaodan: ") && ran.stderr.contains(part), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
        ran
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        assert_eq!(self.stdout.lines().count(), 1, "{}", self.stdout);
        serde_json::from_str(&self.stdout).unwrap()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

fn command(args: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_biaodan"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn biaodan(args: &[impl AsRef<OsStr>]) -> Ran {
    command(args).output().unwrap().into()
}

/// Runs with `input` on standard input.
fn fed(args: &[impl AsRef<OsStr>], input: &[u8]) -> Ran {
    let mut child = command(args).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

/// `biaodan convert INPUTS --out OUT` and further arguments.
fn convert(inputs: &[&Path], out: &Path, more: &[&str]) -> Ran {
    biaodan(&arguments(inputs, out, more))
}

fn arguments<'a>(inputs: &[&'a Path], out: &'a Path, more: &[&'a str]) -> Vec<&'a OsStr> {
    let mut args = vec![OsStr::new("convert")];
    args.extend(inputs.iter().map(|path| path.as_os_str()));
    args.extend([OsStr::new("--out"), out.as_os_str()]);
    args.extend(more.iter().map(|word| OsStr::new(*word)));
    args
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// A sample that is converted whole.
fn sound() -> PathBuf {
    samples().join("project-self-evaluation-sound.txt")
}

/// A folder for one test.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
