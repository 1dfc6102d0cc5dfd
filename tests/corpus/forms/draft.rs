//! A form while it is written: its sheet and its truth grow together.

use crate::corpus::defects::Defective;
use crate::corpus::random::Random;
use crate::corpus::sheet::{Cell, Holds, Sheet};
use crate::corpus::truth;
use crate::corpus::words::{body, one_in, pick, project};

/// The measures of columns.
pub const INITIAL: &[&str] = &["budget_initial"];
pub const FINAL: &[&str] = &["budget_final"];
pub const BUDGET: &[&str] = &["budget"];
pub const EXECUTED: &[&str] = &["executed"];
pub const ACCOUNT: &[&str] = &["final_account"];

/// In which unit and with how many decimals a form prints its sums.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub unit: &'static str,
    pub word: &'static str,
    /// The power of ten that makes fen of its unit.
    power: u32,
    pub decimals: u32,
}

impl Scale {
    pub fn wan(decimals: u32) -> Self {
        Scale { unit: "wan_yuan", word: "万元", power: 6, decimals }
    }

    pub fn yuan(decimals: u32) -> Self {
        Scale { unit: "yuan", word: "元", power: 2, decimals }
    }

    /// A count of its last printed digits as it is printed.
    pub fn printed(self, n: u64) -> String {
        decimal(n, self.decimals)
    }

    /// The same in yuan, with two decimals. Panics for a part of a fen: no scale here prints one.
    pub fn in_yuan(self, n: u64) -> String {
        assert!(self.decimals <= self.power);
        decimal(n * 10_u64.pow(self.power - self.decimals), 2)
    }
}

/// `n` with its last `decimals` digits behind a point.
pub fn decimal(n: u64, decimals: u32) -> String {
    if decimals == 0 {
        return n.to_string();
    }
    let power = 10_u64.pow(decimals);
    format!("{}.{:0width$}", n / power, n % power, width = decimals as usize)
}

/// Hundredths without the zeros at their end.
pub fn short(hundredths: u64) -> String {
    let text = decimal(hundredths, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The department, year and unit that all forms of a document share.
#[derive(Clone, Debug)]
pub struct Subject {
    pub year: i32,
    pub department: String,
    pub scale: Scale,
    /// How a sum of nothing is printed.
    pub nothing: &'static str,
    pub blank: &'static str,
    /// Whether narrow labels are broken into paragraphs.
    pub broken: bool,
    /// Whether some indicators are called like the level above them.
    pub like_levels: bool,
}

impl Subject {
    pub fn new(random: &mut Random) -> Self {
        let scale = match random.below(6) {
            0 => Scale::yuan(2),
            1 => Scale::yuan(0),
            2 => Scale::wan(4),
            3 => Scale::wan(1),
            _ => Scale::wan(2),
        };
        Subject {
            year: random.between(2017, 2025) as i32,
            department: body(random),
            scale,
            nothing: pick(random, &["0", "", "", "-", "/", "—"]),
            blank: pick(random, &["", "", "　", "/"]),
            broken: one_in(random, 2),
            like_levels: false,
        }
    }
}

pub struct Draft<'r> {
    pub random: &'r mut Random,
    pub subject: Subject,
    pub defect: Option<Defective>,
    pub sheet: Sheet,
    pub truth: truth::Form,
}

impl<'r> Draft<'r> {
    pub fn new(form: &'static str, subject: &Subject, random: &'r mut Random) -> Self {
        let truth = truth::Form {
            form,
            heads: truth::Heads {
                year: Some(subject.year),
                unit: Some(subject.scale.unit),
                ..Default::default()
            },
            ..Default::default()
        };
        Draft { random, subject: subject.clone(), defect: None, sheet: Sheet::default(), truth }
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        one_in(self.random, n)
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        pick(self.random, from)
    }

    pub fn title(&mut self, title: impl Into<String>) -> String {
        let title = title.into();
        self.truth.title = title.clone();
        title
    }

    pub fn project_name(&mut self) -> String {
        let name = project(self.random);
        self.truth.heads.project = vec![name.clone()];
        name
    }

    /// The unit as the heading prints it: the wrong one where units are to contradict each other.
    pub fn heading_unit(&mut self) -> &'static str {
        let word = self.subject.scale.word;
        if self.defect != Some(Defective::Unit) {
            return word;
        }
        self.record(Defective::Unit, "heading against label".into());
        if word == "元" { "万元" } else { "元" }
    }

    pub fn record(&mut self, defect: Defective, about: String) {
        let (kind, finding) = (defect.name(), defect.finding());
        self.truth.defects.push(truth::Defect { kind, finding, about });
    }

    /// A label of a narrow cell, broken into paragraphs as word processors' tables have it.
    pub fn narrow(&mut self, text: &str) -> Cell {
        let mut cell = Cell::label(text);
        cell.paragraphs = self.broken(text);
        cell
    }

    pub fn header(&mut self, text: &str) -> Cell {
        let mut cell = Cell::header(text);
        cell.paragraphs = self.broken(text);
        cell
    }

    fn broken(&mut self, text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        let starts_bracket = |at: usize| matches!(characters[at], '（' | '(');
        let bracket = (0..characters.len()).find(|&at| starts_bracket(at));
        let words = bracket.unwrap_or(characters.len());
        if !self.subject.broken || words < 4 {
            return vec![text.to_owned()];
        }
        let mut paragraphs: Vec<String> = Vec::new();
        let step = if words > 6 { 4 } else { words.div_ceil(2) };
        for chunk in characters[..words].chunks(step) {
            paragraphs.push(chunk.iter().collect());
        }
        if words < characters.len() {
            paragraphs.push(characters[words..].iter().collect());
        }
        paragraphs
    }

    /// A sum in a cell of its own. A sum of nothing that is printed as a blank is none.
    pub fn amount(&mut self, line: Line, measures: &'static [&'static str], year: i32, n: u64) -> Cell {
        let scale = self.subject.scale;
        let raw = if n == 0 { self.subject.nothing.to_owned() } else { scale.printed(n) };
        let raw = if raw == "0" { scale.printed(0) } else { raw };
        let holds = self.known(line, measures, year, n, &raw);
        Cell::new(raw, holds.map_or(Holds::Nothing, Holds::Amount))
    }

    /// Notes a sum in the truth if it is printed, and gives its place there.
    pub fn known(
        &mut self,
        line: Line,
        measures: &'static [&'static str],
        year: i32,
        n: u64,
        raw: &str,
    ) -> Option<usize> {
        if !raw.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.truth.amounts.push(truth::Amount {
            code: line.code,
            item: line.item.into(),
            measures,
            year: Some(year),
            yuan: self.subject.scale.in_yuan(n),
            raw: raw.to_owned(),
            part: line.part,
            noise: None,
        });
        Some(self.truth.amounts.len() - 1)
    }

    pub fn measure(&mut self, item: &str, value: String, unit: &'static str, raw: String) -> Cell {
        self.truth.measures.push(truth::Measure { item: item.into(), value, unit, raw: raw.clone() });
        Cell::new(raw, Holds::Measure(self.truth.measures.len() - 1))
    }

    /// A rate of two sums as it is printed, in hundredths of a percent.
    pub fn rate(&mut self, item: &str, executed: u64, budget: u64) -> Cell {
        let (executed, budget) = (u128::from(executed), u128::from(budget.max(1)));
        let rate = ((executed * 10_000 + budget / 2) / budget) as u64;
        let exact = rate.is_multiple_of(100) && (executed * 100).is_multiple_of(budget);
        let raw = if exact { format!("{}%", rate / 100) } else { format!("{}%", decimal(rate, 2)) };
        self.measure(item, decimal(rate, 4), "ratio", raw)
    }

    pub fn text(&mut self, field: &'static str, text: &str) -> Cell {
        self.truth.texts.push(truth::Text { field, text: text.into() });
        Cell::words(text)
    }

    /// What stands where nothing is to be said.
    pub fn filler(&self) -> Cell {
        Cell::new(self.subject.blank, Holds::Nothing)
    }

    pub fn finish(self) -> (Sheet, truth::Form) {
        (self.sheet, self.truth)
    }
}

/// A line of sums: its name in the grammars, its label, and whether it is a part of its total.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    pub code: Option<&'static str>,
    pub item: &'t str,
    pub part: bool,
}

/// Splits a sum into `n` parts, none of them nothing where that is possible.
pub fn split(random: &mut Random, sum: u64, n: usize) -> Vec<u64> {
    let mut left = sum;
    let mut parts = Vec::with_capacity(n);
    for nth in 0..n {
        let last = nth + 1 == n;
        let most = left.saturating_sub((n - nth - 1) as u64);
        let part = if last { left } else { random.between(1.min(most), (most * 3 / 4).max(1.min(most))) };
        left -= part;
        parts.push(part);
    }
    parts
}
