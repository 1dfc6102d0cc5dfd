//! Scored lines and their total, in every arrangement of columns.

use super::draft::{Draft, decimal, short};
use crate::corpus::random::Random;
use crate::corpus::sheet::{Cell, Holds, Table};
use crate::corpus::truth;
use crate::corpus::words::{one_in, pick, sentence, unit, word};

/// A first level: its name, its weight, its second levels.
pub type Level = (&'static str, u64, &'static [&'static str]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Target(&'static str),
    /// Sign, number and unit of the target apart, under one header or each under its own.
    Split {
        over: Option<&'static str>,
        parts: [&'static str; 3],
    },
    Actual(&'static str),
    Weight(&'static str),
    Score(&'static str),
    Reason(&'static str),
}

pub struct Scoring {
    pub corner: &'static str,
    pub level3: &'static str,
    pub levels: Vec<Level>,
    pub columns: Vec<Column>,
    /// Whether the weights stand in the first levels' cells too.
    pub level_weights: bool,
    /// What stands before a line's name: a number, as in `指标1：`.
    pub numbered: bool,
    /// A row of fillers behind each second level.
    pub fillers: bool,
    /// The label of the total; none where there is no total.
    pub total: Option<&'static str>,
    /// A first level whose cell is left blank: its second levels tell it.
    pub headless: Option<&'static str>,
}

/// What a target and its actual value say.
struct Aim {
    sign: &'static str,
    number: String,
    unit: &'static str,
    op: Option<&'static str>,
    value: Option<String>,
    actual: String,
    actual_value: Option<String>,
}

impl Aim {
    fn new(random: &mut Random, apart: bool) -> Self {
        let plain = |number: &str, actual: String| Aim {
            sign: if apart { "定性" } else { "" },
            number: number.into(),
            unit: "",
            op: None,
            value: None,
            actual,
            actual_value: None,
        };
        let (sign, op) = [("≥", Some(">=")), ("≤", Some("<=")), ("＝", Some("=")), ("", None)]
            [if apart { random.below(3) } else { random.below(4) } as usize];
        match random.below(6) {
            0 => plain(pick(random, &["显著提升", "有效保障", "长期", "较为认可"]), "基本实现".into()),
            1 if !apart => plain(&format!("{}月底前", random.between(2, 12)), "按期完成".into()),
            2 | 3 => {
                let rate = random.between(80, 100);
                let met = if matches!(op, Some(">=") | None) { rate.max(95) } else { rate };
                Aim {
                    sign,
                    number: rate.to_string(),
                    unit: "%",
                    op,
                    value: Some(decimal(rate, 2)),
                    actual: format!("{met}%"),
                    actual_value: Some(decimal(met, 2)),
                }
            }
            _ => {
                let (n, unit) = (random.between(2, 3_000), unit(random));
                let whole = one_in(random, 3);
                let actual = if whole { "100%".to_owned() } else { format!("{n}{unit}") };
                let actual_value = if whole { "1".into() } else { n.to_string() };
                let (value, number) = (Some(n.to_string()), n.to_string());
                Aim { sign, number, unit, op, value, actual, actual_value: Some(actual_value) }
            }
        }
    }

    fn printed(&self) -> String {
        let sign = if self.sign == "定性" { "" } else { self.sign };
        format!("{sign}{}{}", self.number, self.unit)
    }
}

impl Scoring {
    fn apart(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Split { .. }))
    }

    fn has(&self, wanted: impl Fn(&Column) -> bool) -> bool {
        self.columns.iter().any(wanted)
    }

    /// How many columns of the grid the block takes.
    pub fn width(&self) -> usize {
        let columns =
            self.columns.iter().map(|column| if matches!(column, Column::Split { .. }) { 3 } else { 1 });
        4 + columns.sum::<usize>()
    }

    /// Adds the block; `execution` is the weight and, in hundredths, the score of the line on the budget's execution.
    pub fn write(&self, draft: &mut Draft<'_>, table: &mut Table, execution: (u64, u64)) {
        let plan = self.plan(draft);
        let lines: usize =
            plan.iter().map(|(_, seconds)| seconds.iter().map(|(_, n)| n).sum::<usize>()).sum();
        let headers = self.headers(draft);
        let corner = draft.narrow(self.corner).rows(headers.len() + lines);
        for (nth, mut cells) in headers.into_iter().enumerate() {
            if nth == 0 {
                cells.insert(0, corner.clone());
            }
            table.row(cells);
        }
        let mut earned = execution.1;
        let mut weights = execution.0;
        for (level, seconds) in &plan {
            weights += level.1;
            earned += self.level(draft, table, *level, seconds);
        }
        if let Some(label) = self.total {
            self.total_row(draft, table, label, weights, earned);
        }
    }

    /// How many rows each second level has, fillers included.
    fn plan(&self, draft: &mut Draft<'_>) -> Vec<(Level, Vec<(&'static str, usize)>)> {
        let mut plan = Vec::new();
        for level in &self.levels {
            let seconds = level
                .2
                .iter()
                .map(|second| (*second, draft.random.between(1, 2) as usize + usize::from(self.fillers)));
            plan.push((*level, seconds.collect()));
        }
        plan
    }

    fn headers(&self, draft: &mut Draft<'_>) -> Vec<Vec<Cell>> {
        let under = self.has(|column| matches!(column, Column::Split { over: Some(_), .. }));
        let rows = if under { 2 } else { 1 };
        let mut first: Vec<Cell> = Vec::new();
        let mut second: Vec<Cell> = Vec::new();
        for label in ["一级指标", "二级指标", self.level3] {
            first.push(Cell::header(label).rows(rows));
        }
        for column in &self.columns {
            match *column {
                Column::Split { over, parts } => {
                    let parts = parts.map(Cell::header);
                    match over {
                        Some(over) => {
                            first.push(Cell::header(over).columns(3));
                            second.extend(parts);
                        }
                        None => first.extend(parts),
                    }
                }
                Column::Target(label)
                | Column::Actual(label)
                | Column::Weight(label)
                | Column::Score(label)
                | Column::Reason(label) => first.push(draft.header(label).rows(rows)),
            }
        }
        if under { vec![first, second] } else { vec![first] }
    }

    fn level(
        &self,
        draft: &mut Draft<'_>,
        table: &mut Table,
        level: Level,
        seconds: &[(&'static str, usize)],
    ) -> u64 {
        let (name, weight, _) = level;
        let rows: usize = seconds.iter().map(|(_, n)| n).sum();
        let fillers = if self.fillers { seconds.len() } else { 0 };
        let mut weights = shares(draft.random, weight, rows - fillers).into_iter();
        let mut earned = 0;
        let (mut first, mut number) = (true, 1);
        for (second, n) in seconds {
            for nth in 0..*n {
                let mut cells = Vec::new();
                if first {
                    cells.push(self.level_cell(draft, name, weight).rows(rows));
                    first = false;
                }
                if nth == 0 {
                    cells.push(draft.narrow(second).rows(*n));
                }
                if self.fillers && nth + 1 == *n {
                    cells.push(Cell::new("……", Holds::Nothing));
                    cells.extend((0..self.width() - 4).map(|_| Cell::blank()));
                } else {
                    let weight = weights.next().unwrap_or(0);
                    earned += self.line(draft, &mut cells, (name, *second), weight, number);
                    number += 1;
                }
                table.row(cells);
            }
            number = 1;
        }
        earned
    }

    fn level_cell(&self, draft: &mut Draft<'_>, name: &str, weight: u64) -> Cell {
        if self.headless == Some(name) {
            return Cell::blank();
        }
        let text = match self.level_weights {
            true => match draft.random.below(3) {
                0 => format!("{name}（{weight}分）"),
                1 => format!("{name}({weight}分)"),
                _ => format!("{name}({weight})"),
            },
            false => name.to_owned(),
        };
        draft.narrow(&text)
    }

    /// One scored line; gives its score in hundredths.
    fn line(
        &self,
        draft: &mut Draft<'_>,
        cells: &mut Vec<Cell>,
        levels: (&str, &str),
        weight: u64,
        number: u64,
    ) -> u64 {
        let name = word(draft.random, 4, 12);
        let name = if draft.subject.like_levels { called_like_level(name, levels.1) } else { name };
        let aim = Aim::new(draft.random, self.apart());
        let lost = if draft.one_in(4) { draft.random.between(0, weight.min(2) * 4) * 25 } else { 0 };
        let score = weight * 100 - lost.min(weight * 100);
        let scored = self.has(|column| matches!(column, Column::Score(_)));
        let weighted = self.has(|column| matches!(column, Column::Weight(_)));
        let has_actual = self.has(|column| matches!(column, Column::Actual(_)));
        let has_reason = self.has(|column| matches!(column, Column::Reason(_)));
        let reason = (has_reason && scored && lost > 0).then(|| sentence(draft.random));
        let line = truth::Indicator {
            kind: "indicator",
            level1: Some(levels.0.into()),
            level2: Some(levels.1.into()),
            level3: Some(name.clone()),
            target: Some(aim.printed()),
            target_op: aim.op,
            target_value: aim.value.clone(),
            actual: has_actual.then(|| aim.actual.clone()),
            actual_value: if has_actual { aim.actual_value.clone() } else { None },
            weight: weighted.then(|| weight.to_string()),
            score: scored.then(|| short(score)),
            reason: reason.clone(),
        };
        draft.truth.indicators.push(line);
        let at = draft.truth.indicators.len() - 1;
        cells.push(Cell::words(if self.numbered { format!("指标{number}：{name}") } else { name }));
        for column in &self.columns {
            match column {
                Column::Target(_) => cells.push(Cell::words(aim.printed())),
                Column::Split { .. } => {
                    cells.extend([aim.sign, &aim.number, aim.unit].map(Cell::words));
                }
                Column::Actual(_) => cells.push(Cell::words(&aim.actual)),
                Column::Weight(_) => cells.push(Cell::new(weight.to_string(), Holds::Weight(at))),
                Column::Score(_) => cells.push(Cell::new(short(score), Holds::Score(at))),
                Column::Reason(_) => cells.push(match &reason {
                    Some(reason) => Cell::words(reason),
                    None => draft.filler(),
                }),
            }
        }
        if scored { score } else { 0 }
    }

    fn total_row(&self, draft: &mut Draft<'_>, table: &mut Table, label: &str, weights: u64, earned: u64) {
        let mut cells = vec![Cell::label(label)];
        // The corner and three levels, and whatever stands before the first figure.
        let mut open = 4;
        let mut led = false;
        let close = |cells: &mut Vec<Cell>, open: &mut usize, led: &mut bool| {
            if *led && *open > 0 {
                cells.push(Cell::blank().columns(*open));
            } else if !*led {
                cells[0].columns = *open;
            }
            (*open, *led) = (0, true);
        };
        for column in &self.columns {
            match column {
                Column::Weight(_) => {
                    close(&mut cells, &mut open, &mut led);
                    draft.truth.weight_total = Some(weights.to_string());
                    cells.push(Cell::new(weights.to_string(), Holds::Nothing));
                }
                Column::Score(_) => {
                    close(&mut cells, &mut open, &mut led);
                    draft.truth.score_total = Some(short(earned));
                    cells.push(Cell::new(short(earned), Holds::Nothing));
                }
                Column::Split { .. } => open += 3,
                _ => open += 1,
            }
        }
        close(&mut cells, &mut open, &mut led);
        table.row(cells);
    }
}

/// One name in six says what its second level does, as indicators often do; the stream of random numbers stays as it is.
fn called_like_level(name: String, second: &str) -> String {
    let die = name.chars().map(u64::from).sum::<u64>() % 12;
    match second.strip_suffix("指标") {
        Some(level) if die == 0 => level.to_owned(),
        Some(level) if die == 1 => format!("{level}达标率"),
        _ => name,
    }
}

/// A level's weight shared out over its lines in whole points, none of them nothing.
fn shares(random: &mut Random, weight: u64, lines: usize) -> Vec<u64> {
    let lines = lines as u64;
    let mut shares = vec![weight / lines; lines as usize];
    shares[0] += weight % lines;
    for at in 1..shares.len() {
        let moved = random.below(shares[at].max(1)).min(2);
        shares[at] -= moved;
        shares[0] += moved;
    }
    shares
}
