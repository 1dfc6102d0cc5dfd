//! The arguments of the commands that look at one dump.

use super::{Format, Personal, dialects};
use crate::cli::size;
use biaodan::dump::Dialect;
use biaodan::source::Encoding;
use clap::{Args, ValueEnum, ValueHint};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

pub(super) const INSPECT: &str = "\
Examples:
  biaodan inspect dumps/a.txt | less -R
  biaodan inspect dumps/a.txt --form 2 --color always | less -R
  biaodan inspect dumps/a.txt --format json | jq '.forms[].amounts[] | select(.trust == \"disputed\")'

Behind each figure stands what speaks for it: ✓ proven, · stated, ~ repaired, ? assumed, ! disputed. The numbers on \
the left are lines of the dump; `biaodan explain FILE:LINE` tells more of one.

Exit codes:
  0   every line is claimed by a form, and every form is whole
  1   the dump failed, or holds no form, or was left partly unread
  2   wrong arguments, a form the dump does not have, a grammar with mistakes
  70  the machine failed";

pub(super) const EXPLAIN: &str = "\
Examples:
  biaodan explain dumps/a.txt:68
  biaodan explain dumps/a.txt:68 --format json
  iconv -f big5 -t utf-8 form.txt | biaodan explain -- -:12

Exit codes:
  0   the line is explained, be it blank or claimed by no form
  1   the dump failed
  2   wrong arguments, a line the dump does not have, a grammar with mistakes
  70  the machine failed";

/// How a dump is read to be looked at, and how it is shown.
#[derive(Args, Debug)]
pub struct LookArgs {
    /// Read forms with the grammars in this folder instead of the built-in ones
    #[arg(long, value_name = "GRAMMAR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
    /// How tables were written into the dump; recognised without it
    #[arg(long, value_parser = dialects())]
    pub dialect: Option<Dialect>,
    /// The encoding of the dump: utf-8, utf-16le, utf-16be or gb18030 (gbk, gb2312); recognised without it
    #[arg(long)]
    pub encoding: Option<Encoding>,
    /// Whether names, telephone numbers and signatures of persons are shown
    #[arg(long, value_name = "WHETHER", value_enum, default_value_t = Personal::Drop)]
    pub personal: Personal,
    /// The largest dump that is read, as in 512M or 1G
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size::bytes)]
    pub max_bytes: u64,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Whether text is coloured; auto is on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// When text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to show of which dump.
#[derive(Args, Debug)]
pub struct InspectArgs {
    /// The dump; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only the form with this number, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub form: Option<u32>,
    /// How it is read and shown.
    #[command(flatten)]
    pub look: LookArgs,
}

/// Which line to explain.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The dump and a line of it, counted from 1; `-- -:LINE` is a line of standard input
    #[arg(value_name = "FILE:LINE", value_hint = ValueHint::FilePath, value_parser = line_place())]
    pub place: LinePlace,
    /// How it is read and shown.
    #[command(flatten)]
    pub look: LookArgs,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePlace {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: u32,
}

fn line_place() -> impl clap::builder::TypedValueParser<Value = LinePlace> {
    use clap::builder::{OsStringValueParser, TypedValueParser};
    OsStringValueParser::new().try_map(|text| place(&text))
}

/// Splits at the last colon, because names of files may hold colons too.
fn place(text: &OsStr) -> Result<LinePlace, String> {
    let mistake = || "a line is named as FILE:LINE, as in dumps/a.txt:68".to_owned();
    let (file, line) = split(text).ok_or_else(mistake)?;
    let digits = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    let line = line.parse().ok().filter(|&line| digits && line > 0).ok_or_else(mistake)?;
    if file.is_empty() {
        return Err(mistake());
    }
    Ok(LinePlace { file: file.into(), line })
}

#[cfg(unix)]
fn split(text: &OsStr) -> Option<(OsString, String)> {
    use std::os::unix::ffi::OsStrExt;
    let bytes = text.as_bytes();
    let colon = bytes.iter().rposition(|&byte| byte == b':')?;
    let line = String::from_utf8(bytes[colon + 1..].to_vec()).ok()?;
    Some((OsStr::from_bytes(&bytes[..colon]).to_owned(), line))
}

#[cfg(not(unix))]
fn split(text: &OsStr) -> Option<(OsString, String)> {
    let (file, line) = text.to_str()?.rsplit_once(':')?;
    Some((file.into(), line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_behind_the_last_colon() {
        let at = |file: &str, line| Ok(LinePlace { file: file.into(), line });
        assert_eq!(place(OsStr::new("a.txt:12")), at("a.txt", 12));
        assert_eq!(place(OsStr::new("C:/2022:03:a.txt:1")), at("C:/2022:03:a.txt", 1));
        assert_eq!(place(OsStr::new("-:3")), at("-", 3));
        for text in ["a.txt", "a.txt:", ":3", "a.txt:0", "a.txt:+1", "a.txt:-1", "a.txt:1x", "a:99999999999"]
        {
            assert!(place(OsStr::new(text)).is_err(), "{text}");
        }
    }
}
