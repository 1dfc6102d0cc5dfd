//! Arithmetic that the figures of all forms keep: rows or columns that add up to one before or behind them, columns
//! that are the quotient of two others.

use super::plan::BlockPlan;
use crate::grammar::Holds;
use crate::value::decimal::Decimal;
use crate::value::number::Number;

/// Rows of a table in which sums are looked for, and parts of one sum.
const ROWS: usize = 120;
const PARTS: usize = 40;
/// In how many of a hundred columns a law must hold.
const HOLDS_IN: usize = 80;
/// Columns in which a total must be its only part to be taken for its sum.
const REPEATED: usize = 4;
/// Digits of a sum that adds up in one column only and yet by no accident.
const DIGITS: u32 = 3;

/// A law that was seen to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mined {
    pub law: MinedLaw,
    /// In how many places it holds.
    pub held: usize,
    /// Of how many where it could be tried.
    pub tried: usize,
    /// Whether one place alone speaks for it, with too few digits to be no accident.
    pub weak: bool,
}

/// Rows and columns by their places in the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MinedLaw {
    Sum { total: usize, parts: Vec<usize> },
    Ratio { ratio: usize, of: usize, to: usize },
    Across { total: usize, parts: Vec<usize> },
}

/// The laws of a table: sums of rows, ratios, sums of columns.
pub(super) fn mine(block: &BlockPlan) -> Vec<Mined> {
    let table = Table { block, money: columns(block, |holds| matches!(holds, Holds::Money(_))) };
    let mut mined = table.sums();
    mined.extend(table.ratios());
    mined.extend(table.across());
    mined
}

fn columns(block: &BlockPlan, wanted: impl Fn(Holds) -> bool) -> Vec<usize> {
    (0..block.columns.len()).filter(|&at| block.columns[at].holds.is_some_and(&wanted)).collect()
}

struct Table<'a> {
    block: &'a BlockPlan,
    /// Its columns of money.
    money: Vec<usize>,
}

impl Table<'_> {
    fn number(&self, form: usize, row: usize, column: usize) -> Option<Number<'static>> {
        *self.block.figures.get(form)?.get(row)?.get(column)?
    }

    /// The figures of a row, form by form and column by column of money.
    fn series(&self, row: usize) -> Vec<Option<Decimal>> {
        let forms = 0..self.block.figures.len();
        let cells = forms.flat_map(|form| self.money.iter().map(move |&column| (form, column)));
        cells.map(|(form, column)| self.number(form, row, column).map(|number| number.value)).collect()
    }

    /// From the last row to the first: the rows behind a row that add up to it, those left out that are parts of another.
    fn sums(&self) -> Vec<Mined> {
        let rows = self.block.rows.len().min(ROWS);
        let series: Vec<Vec<Option<Decimal>>> = (0..rows).map(|row| self.series(row)).collect();
        let mut part_of: Vec<Option<usize>> = vec![None; rows];
        let mut found: Vec<Mined> = Vec::new();
        for total in (0..rows).rev() {
            let below =
                (total + 1..rows).filter(|&row| part_of[row].is_none()).take(PARTS).collect::<Vec<_>>();
            let above = (0..total).rev().take(PARTS).collect::<Vec<_>>();
            let last_of_all = total + 1 == rows;
            let best = best_sum(&series, total, &below)
                .or_else(|| if last_of_all { best_sum(&series, total, &above) } else { None });
            let Some(mined) = best else { continue };
            if let MinedLaw::Sum { parts, .. } = &mined.law {
                parts.iter().for_each(|&part| part_of[part] = Some(total));
            }
            found.push(mined);
        }
        found.reverse();
        found
    }

    fn ratios(&self) -> Vec<Mined> {
        let rates = columns(self.block, |holds| holds == Holds::Ratio);
        let amounts =
            columns(self.block, |holds| matches!(holds, Holds::Money(_) | Holds::Person | Holds::Area));
        let mut found = Vec::new();
        for &ratio in &rates {
            let pairs = amounts.iter().flat_map(|&of| amounts.iter().map(move |&to| (of, to)));
            let tried =
                pairs.filter(|(of, to)| of != to).map(|(of, to)| (self.quotient(ratio, of, to), of, to));
            let best = tried.max_by_key(|((held, tried), of, to)| {
                (*held, usize::MAX - *tried, usize::MAX - *of, usize::MAX - *to)
            });
            let Some(((held, tried), of, to)) =
                best.filter(|((held, tried), ..)| held * 100 >= tried * HOLDS_IN && *held > 0)
            else {
                continue;
            };
            let law = MinedLaw::Ratio { ratio, of, to };
            found.push(Mined { law, held, tried, weak: held < 2 });
        }
        found
    }

    /// Columns that are the sum of the columns right behind them, or right before them.
    fn across(&self) -> Vec<Mined> {
        let mut found: Vec<Mined> = Vec::new();
        for (nth, &total) in self.money.iter().enumerate() {
            let behind = &self.money[nth + 1..];
            let before: Vec<usize> = self.money[..nth].iter().rev().copied().collect();
            let runs = [behind, before.as_slice()]
                .into_iter()
                .flat_map(|run| (2..=run.len()).map(|end| &run[..end]));
            let tried = runs.map(|parts| (self.adds_up(total, parts), parts.to_vec()));
            let best = tried
                .max_by_key(|((held, tried), parts)| (*held, usize::MAX - *tried, usize::MAX - parts.len()));
            if let Some(((held, tried), parts)) =
                best.filter(|((held, tried), _)| held * 100 >= tried * HOLDS_IN && *held > 1)
            {
                found.push(Mined { law: MinedLaw::Across { total, parts }, held, tried, weak: false });
            }
        }
        found
    }

    /// On how many lines with two parts or more the parts add up, and of how many.
    fn adds_up(&self, total: usize, parts: &[usize]) -> (usize, usize) {
        let (mut held, mut tried) = (0, 0);
        for (form, row) in self.cells() {
            let value = |column: usize| self.number(form, row, column).map(|number| number.value);
            let (Some(whole), Some(values)) =
                (value(total), parts.iter().map(|&part| value(part)).collect::<Option<Vec<_>>>())
            else {
                continue;
            };
            if values.iter().filter(|value| !value.is_zero()).count() < 2 {
                continue;
            }
            let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
            tried += 1;
            held += usize::from(sum == Some(whole));
        }
        (held, tried)
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        let rows = self.block.rows.len().min(ROWS);
        (0..self.block.figures.len()).flat_map(move |form| (0..rows).map(move |row| (form, row)))
    }

    fn quotient(&self, ratio: usize, of: usize, to: usize) -> (usize, usize) {
        let tried: Vec<bool> =
            self.cells().filter_map(|(form, row)| self.is_quotient(form, row, ratio, of, to)).collect();
        (tried.iter().filter(|held| **held).count(), tried.len())
    }

    /// Whether the rate on a row is `of` over `to` but for rounding; `None` where one of them is missing, or says nothing.
    fn is_quotient(&self, form: usize, row: usize, ratio: usize, of: usize, to: usize) -> Option<bool> {
        let rate = self.number(form, row, ratio)?;
        let (of, to) = (self.number(form, row, of)?.value, self.number(form, row, to)?.value);
        // 100% of the same sum is said by any two columns that are alike.
        if to.is_zero() || rate.value.is_zero() {
            return None;
        }
        let step = Number { value: rate.value.step(), ..rate }.scaled()?;
        let off = rate.scaled()?.checked_mul(to)?.checked_sub(of)?.abs();
        Some(off <= step.checked_mul(to)?.abs())
    }
}

/// The shortest run of the rows `parts` that adds up to `total` wherever it can be tried.
fn best_sum(series: &[Vec<Option<Decimal>>], total: usize, parts: &[usize]) -> Option<Mined> {
    let columns = series[total].len();
    let mut sums = vec![Decimal::ZERO; columns];
    let mut filled = vec![0usize; columns];
    let mut best: Option<Mined> = None;
    for (nth, &part) in parts.iter().enumerate() {
        for at in 0..columns {
            if let Some(value) = series[part][at] {
                sums[at] = sums[at].checked_add(value)?;
                filled[at] += usize::from(!value.is_zero());
            }
        }
        if nth == 0 {
            continue;
        }
        let tried: Vec<(usize, bool)> = (0..columns)
            .filter_map(|at| {
                let whole = series[total][at].filter(|whole| !whole.is_zero() && filled[at] > 0)?;
                Some((at, whole == sums[at]))
            })
            .collect();
        let told = |(at, held): &&(usize, bool)| *held && filled[*at] > 1;
        let (held, speaking) =
            (tried.iter().filter(|(_, held)| *held).count(), tried.iter().filter(told).count());
        // One part alone, with nothing beside it, says little, unless it says so again and again.
        let repeated = held >= REPEATED && held == tried.len();
        if (speaking == 0 && !repeated) || held * 100 < tried.len() * HOLDS_IN {
            continue;
        }
        let digits = |at: usize| {
            series[total][at]
                .map_or(0, |whole| whole.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0) + 1)
        };
        let weak = speaking == 1 && tried.iter().filter(told).all(|(at, _)| digits(*at) < DIGITS);
        if best.as_ref().is_none_or(|best| held > best.held) {
            let law = MinedLaw::Sum { total, parts: parts[..=nth].to_vec() };
            best = Some(Mined { law, held, tried: tried.len(), weak });
        }
    }
    best
}
