//! Tables in HTML: cells with spans, paragraphs and character references. A spanned place is a blank cell.

use super::Dialect;
use super::boxes;
use super::copy::CopyBuilder;
use super::grid::{Grid, Opens};
use super::markdown::{self, entity};
use crate::source::Kept;
use nom::bytes::complete::{tag, take_till, take_until};
use nom::character::complete::{char, digit1, multispace0, one_of};
use nom::combinator::opt;
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// Spans beyond this are a mistake of whoever wrote them.
const WIDEST: usize = 100;

/// Bytes in which a tag must close.
const LONGEST_TAG: usize = 4_096;

/// Bytes in which a comment, a style or a script must close.
const LONGEST_COMMENT: usize = 65_536;

pub(super) fn read<'t>(text: &'t str, kept: &'t Kept) -> Grid<'t> {
    let mut reader = Reader::new(text);
    for line in text.split_inclusive('\n') {
        reader.copy.line(line.trim_end_matches(['\n', '\r']));
        reader.said.push(false);
    }
    // A converter that writes Markdown leaves a table in HTML only where that cannot say what it is.
    let pipes = text.lines().any(|line| line.starts_with('|') && markdown::is_rule(line));
    let drawn = text.lines().any(boxes::draws_table);
    let lines: Vec<&str> = if drawn { text.lines().collect() } else { Vec::new() };
    let mut rest = text;
    while !rest.is_empty() {
        let begins = || text[..text.len() - rest.len()].bytes().next_back().is_none_or(|b| b == b'\n');
        let between = (pipes || drawn) && !reader.in_row && reader.tables == 0 && begins();
        let table = if between { reader.between_tables(rest, pipes, &lines) } else { None };
        rest = match table {
            Some(rest) => rest,
            None => reader.step(rest),
        };
    }
    reader.end_text();
    reader.end_row();
    for (number, _) in reader.said.iter().enumerate().filter(|(_, said)| !**said) {
        reader.copy.drawn(number as u32);
    }
    reader.copy.finish(Dialect::Html, kept)
}

/// A tag: its name in lower case, whether it closes, and the spans it gives.
struct Tag {
    name: String,
    closes: bool,
    across: usize,
    down: usize,
}

struct Reader<'t> {
    copy: CopyBuilder<'t>,
    /// The line at hand, from 0.
    line: u32,
    /// For each line whether text of the page stands on it.
    said: Vec<bool>,
    /// The text of the cell or paragraph at hand, and its lines.
    text: String,
    lines: Option<(u32, u32)>,
    /// The row at hand: its cells with their lines, the open cell's spans.
    row: Vec<(String, (u32, u32))>,
    spans: Option<(usize, usize)>,
    /// For each column how many more rows a cell above reaches into.
    below: Vec<usize>,
    in_row: bool,
    tables: u32,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Reader {
            copy: CopyBuilder::new(text),
            line: 0,
            said: Vec::new(),
            text: String::new(),
            lines: None,
            row: Vec::new(),
            spans: None,
            below: Vec::new(),
            in_row: false,
            tables: 0,
        }
    }

    /// Reads the next tag, reference or run of text and gives what follows it.
    fn step(&mut self, input: &'t str) -> &'t str {
        let rest = match comment(input).or_else(|_| unseen(input)) {
            Ok((rest, ())) => rest,
            Err(_) => match tag_of(input) {
                Ok((rest, tag)) => {
                    self.tag(&tag);
                    rest
                }
                Err(_) => match entity(input) {
                    Ok((rest, c)) => {
                        self.say(c);
                        rest
                    }
                    Err(_) => return self.character(input),
                },
            },
        };
        self.line += lines_in(&input[..input.len() - rest.len()]);
        rest
    }

    /// Reads a table that stands on the next lines without any tag, or the next row of one, and gives what follows it. `lines` are
    /// all lines of the page where some draw a table.
    fn between_tables(&mut self, input: &'t str, pipes: bool, lines: &[&'t str]) -> Option<&'t str> {
        let (rest, row) = super::line(input).ok()?;
        let bare = row.trim();
        let first = self.line as usize;
        if pipes && bare.len() > 1 && bare.starts_with('|') && bare.ends_with('|') {
            self.end_text();
            match markdown::is_rule(bare) {
                true => self.copy.drawn(self.line),
                false => {
                    self.copy.row(&markdown::cells(bare, true, Dialect::Markdown), (self.line, self.line));
                }
            }
            self.pass(first + 1);
            return Some(rest);
        }
        let drawn =
            bare.starts_with(['+', '-']) || lines.get(first + 1).is_some_and(|line| boxes::draws_table(line));
        if lines.is_empty() || !drawn {
            return None;
        }
        self.end_text();
        let next = boxes::drawn_table(&mut self.copy, lines, first)?;
        self.pass(next);
        let passed = (first..next).try_fold(input, |input, _| super::line(input).ok().map(|(rest, _)| rest));
        Some(passed.unwrap_or(""))
    }

    /// Goes on at a line; those before it were read.
    fn pass(&mut self, next: usize) {
        let first = self.line as usize;
        let end = next.min(self.said.len());
        self.said[first.min(end)..end].fill(true);
        self.line = next as u32;
    }

    fn character(&mut self, input: &'t str) -> &'t str {
        let Some(c) = input.chars().next() else { return "" };
        if c == '\n' {
            self.line += 1;
            // An empty line parts paragraphs in what converters write between tables.
            if !self.in_row && input[1..].trim_start_matches(['\r', ' ']).starts_with('\n') {
                self.end_text();
            }
        } else {
            self.say(c);
        }
        &input[c.len_utf8()..]
    }

    fn say(&mut self, c: char) {
        // A line break in the page's source is a space at most, and none beside Chinese characters.
        if c == '\r' {
            return;
        }
        if c.is_ascii_whitespace() {
            if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            return;
        }
        self.text.push(c);
        let lines = self.lines.get_or_insert((self.line, self.line));
        lines.1 = self.line;
        if let Some(said) = self.said.get_mut(self.line as usize) {
            *said = true;
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => {
                self.tables += 1;
                if self.tables == 1 {
                    self.end_text();
                    self.below.clear();
                }
            }
            ("table", true) => {
                if self.tables == 1 {
                    self.end_row();
                }
                self.tables = self.tables.saturating_sub(1);
            }
            // A table inside a cell is text of that cell.
            ("tr" | "td" | "th", _) if self.tables > 1 => self.text.push(' '),
            ("tr", false) => {
                self.end_text();
                self.end_row();
                self.in_row = true;
            }
            ("tr", true) => self.end_row(),
            ("td" | "th", false) => {
                self.end_cell();
                self.in_row = true;
                self.text.clear();
                self.lines = None;
                self.spans = Some((tag.across, tag.down));
            }
            ("td" | "th", true) => self.end_cell(),
            ("br", _) => self.text.push('\n'),
            ("p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => {
                if self.in_row {
                    self.text.push('\n');
                } else {
                    self.end_text();
                }
            }
            _ => {}
        }
    }

    /// Ends a paragraph outside tables.
    fn end_text(&mut self) {
        if self.in_row {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if let Some(lines) = self.lines.take() {
            for part in text.split('\n').filter(|part| !part.trim().is_empty()) {
                self.copy.cell(part.trim(), lines, Opens::Body);
            }
        }
    }

    fn end_cell(&mut self) {
        let Some((across, down)) = self.spans.take() else { return };
        self.skip_spanned();
        let text = std::mem::take(&mut self.text);
        let lines = self.lines.take().unwrap_or((self.line, self.line));
        let at = self.row.len();
        self.row.push((text.trim().to_owned(), lines));
        self.row.resize(at + across, (String::new(), lines));
        if self.below.len() < at + across {
            self.below.resize(at + across, 0);
        }
        self.below[at..at + across].fill(down);
    }

    /// Passes the places that cells above reach into.
    fn skip_spanned(&mut self) {
        while self.below.get(self.row.len()).is_some_and(|&rows| rows > 0) {
            self.row.push((String::new(), (self.line, self.line)));
        }
    }

    fn end_row(&mut self) {
        if !self.in_row {
            return;
        }
        self.end_cell();
        self.skip_spanned();
        self.in_row = false;
        self.copy.row_of(&self.row);
        self.row.clear();
        self.below.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

fn lines_in(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32
}

fn comment(input: &str) -> IResult<&str, ()> {
    let (inside, _) = tag("<!--").parse(input)?;
    let (left, _) = (take_until("-->"), tag("-->")).parse(window(inside, LONGEST_COMMENT))?;
    let read = left.as_ptr() as usize - inside.as_ptr() as usize;
    Ok((&inside[read..], ()))
}

/// The first bytes of a text: what is never closed is not looked for to the end of the page again and again.
fn window(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// What a page does not show: its head, styles and scripts.
fn unseen(input: &str) -> IResult<&str, ()> {
    let (rest, tag) = tag_of(input)?;
    let ends: [&str; 2] = match tag.name.as_str() {
        "head" => ["</head>", "</HEAD>"],
        "style" => ["</style>", "</STYLE>"],
        "script" => ["</script>", "</SCRIPT>"],
        _ => return nom::combinator::fail().parse(input),
    };
    if tag.closes {
        return nom::combinator::fail().parse(input);
    }
    let inside = window(rest, LONGEST_COMMENT);
    let end = ends.iter().find_map(|end| inside.find(end).map(|at| at + end.len()));
    Ok((&rest[end.unwrap_or(0)..], ()))
}

fn tag_of(input: &str) -> IResult<&str, Tag> {
    let (rest, _) = char('<').parse(window(input, LONGEST_TAG))?;
    let (rest, slash) = opt(char('/')).parse(rest)?;
    let (_, first) = nom::character::complete::anychar(rest)?;
    if !first.is_ascii_alphabetic() && first != '!' && first != '?' {
        return nom::combinator::fail().parse(input);
    }
    let (rest, name) = take_till(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).parse(rest)?;
    let (rest, attributes) = take_till(|c| matches!(c, '>' | '<')).parse(rest)?;
    let (left, _) = char('>').parse(rest)?;
    Ok((
        &input[left.as_ptr() as usize - input.as_ptr() as usize..],
        Tag {
            name: name.to_ascii_lowercase(),
            closes: slash.is_some(),
            across: span(attributes, "colspan"),
            down: span(attributes, "rowspan"),
        },
    ))
}

/// The number that an attribute gives; 1 without it.
fn span(attributes: &str, name: &str) -> usize {
    let lower = attributes.to_ascii_lowercase();
    let Some(at) = lower.find(name) else { return 1 };
    let mut value = preceded((multispace0, char('='), multispace0, opt(one_of("\"'"))), digit1);
    let parsed: IResult<&str, &str> = value.parse(&lower[at + name.len()..]);
    parsed.ok().and_then(|(_, digits)| digits.parse().ok()).map_or(1, |n: usize| n.clamp(1, WIDEST))
}
