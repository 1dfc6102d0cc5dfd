//! The money block of the national model and its kin: sources of money in rows, stages of the budget in columns.

use super::draft::{Draft, Line, short, split};
use crate::corpus::sheet::{Cell, Holds, Table};
use crate::corpus::truth;

/// A column of the block.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Money(&'static str, &'static [&'static str]),
    Weight(&'static str),
    Rate(&'static str),
    Score(&'static str),
    Reason(&'static str),
}

/// A row of the block, the total first: its name in the grammars and its label.
pub type Row = (Option<&'static str>, &'static str);

pub struct Funds {
    pub corner: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The weight of the budget's execution; none in forms without scores.
    pub weight: Option<u64>,
}

/// The sums of a form, in its last printed digits.
pub struct Sums {
    pub initial: Vec<u64>,
    pub budget: Vec<u64>,
    pub executed: Vec<u64>,
}

impl Sums {
    /// So many sources of money, of which the first always gives something; the total comes first.
    pub fn new(draft: &mut Draft<'_>, rows: usize) -> Self {
        // A form with one line of money has no parts: the line itself is the only one.
        let parts = (rows - 1).max(1);
        let power = 10_u64.pow(draft.subject.scale.decimals);
        let high = if draft.subject.scale.unit == "yuan" { 30_000_000 } else { 3_000 };
        let budget = draft.random.between(high * power / 300, high * power);
        let executed = match draft.random.below(3) {
            0 => budget * draft.random.between(60, 99) / 100,
            _ => budget,
        };
        let initial = match draft.random.below(3) {
            0 => budget * draft.random.between(70, 130) / 100,
            _ => budget,
        };
        let filled: Vec<bool> = (0..parts).map(|nth| nth == 0 || draft.one_in(3)).collect();
        let n = filled.iter().filter(|&&filled| filled).count();
        let spread = |split: Vec<u64>| -> Vec<u64> {
            let mut split = split.into_iter();
            let parts: Vec<u64> =
                filled.iter().map(|&filled| if filled { split.next().unwrap_or(0) } else { 0 }).collect();
            let total = parts.iter().sum();
            std::iter::once(total).chain(parts).collect()
        };
        let budgets = split(draft.random, budget, n);
        let spent =
            budgets.iter().map(|part| (u128::from(*part) * u128::from(executed) / u128::from(budget)) as u64);
        let executed = spread(spent.collect());
        let before =
            budgets.iter().map(|part| (u128::from(*part) * u128::from(initial) / u128::from(budget)) as u64);
        let initial = spread(before.collect());
        Sums { initial, budget: spread(budgets), executed }
    }
}

impl Funds {
    /// Adds the block to a table; gives the score of the execution in hundredths.
    pub fn write(&self, draft: &mut Draft<'_>, table: &mut Table) -> u64 {
        let sums = Sums::new(draft, self.rows.len());
        let corner = draft.narrow(&self.corner).rows(self.rows.len() + 1);
        let mut header = vec![corner, Cell::blank().wide()];
        for column in &self.columns {
            let label = match column {
                Column::Money(label, _) => label,
                Column::Weight(label)
                | Column::Rate(label)
                | Column::Score(label)
                | Column::Reason(label) => label,
            };
            header.push(draft.header(label));
        }
        table.row(header);
        let full = self.weight.map(|weight| weight * 100);
        // Rounded down, so that a score never passes its weight.
        let score = full.map_or(0, |full| {
            (u128::from(full) * u128::from(sums.executed[0].min(sums.budget[0])) / u128::from(sums.budget[0]))
                as u64
        });
        let execution = self.execution(draft, score);
        for (nth, (code, label)) in self.rows.iter().enumerate() {
            let item =
                label.trim_start_matches("其中：").trim_start_matches("其中:").trim_end_matches(['：', ':']);
            let line = Line { code: *code, item, part: nth > 0 };
            let mut cells = vec![Cell::label(*label).wide()];
            for column in &self.columns {
                cells.push(match column {
                    Column::Money(_, measures) => {
                        let sum = match measures[0] {
                            "budget_initial" => sums.initial[nth],
                            "executed" => sums.executed[nth],
                            _ => sums.budget[nth],
                        };
                        draft.amount(line, measures, draft.subject.year, sum)
                    }
                    Column::Rate(label) if nth == 0 => {
                        let item = label.split(['(', '（']).next().unwrap_or(label);
                        let base = if self.has_budget() { sums.budget[0] } else { sums.initial[0] };
                        draft.rate(item, sums.executed[0], base)
                    }
                    Column::Weight(_) if nth == 0 => {
                        let text = full.map(short).unwrap_or_default();
                        Cell::new(text, execution.map_or(Holds::Nothing, Holds::Weight))
                    }
                    Column::Score(_) if nth == 0 => {
                        Cell::new(short(score), execution.map_or(Holds::Nothing, Holds::Score))
                    }
                    _ => draft.filler(),
                });
            }
            table.row(cells);
        }
        score
    }

    fn has_budget(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Money(_, measures) if matches!(measures[0], "budget" | "budget_final")))
    }

    /// The scored line that the total's row is, if it is one.
    fn execution(&self, draft: &mut Draft<'_>, score: u64) -> Option<usize> {
        let weight = self.weight?;
        if !self.columns.iter().any(|column| matches!(column, Column::Score(_))) {
            return None;
        }
        let weighted = self.columns.iter().any(|column| matches!(column, Column::Weight(_)));
        draft.truth.indicators.push(truth::Indicator {
            kind: "execution",
            level3: Some("预算执行率".into()),
            weight: weighted.then(|| weight.to_string()),
            score: Some(short(score)),
            ..Default::default()
        });
        Some(draft.truth.indicators.len() - 1)
    }
}
