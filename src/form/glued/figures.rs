//! Figures with nothing between them, parted by the columns of their header and by how many decimals the form's sums have.

use crate::grammar::Holds;
use std::ops::Range;

/// Bytes of figures that are parted; a row holds no more.
const LONGEST: usize = 120;

/// Decimals that sums are printed with.
const DECIMALS: [usize; 3] = [2, 4, 1];

/// Digits of the longest whole figure, and of the most people that a body employs.
const WHOLE: usize = 10;
const PERSONS: usize = 6;

/// Decimals with which figures are held against their rate.
const SCALE: u32 = 4;

/// Columns that figures are parted by.
const COLUMNS: usize = 12;

/// Pieces that are tried for one run.
const STEPS: usize = 16_384;

/// What is printed where a figure is missing.
const BLANKS: [char; 3] = ['—', '-', '/'];

/// A run of figures below a header.
pub(super) struct Run {
    text: Range<usize>,
    columns: Vec<Holds>,
}

impl Run {
    /// The run that `bare`, which begins at a place of the text, is under `columns`.
    pub(super) fn of(bare: &str, start: usize, columns: &[Holds]) -> Option<Self> {
        let of_run = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%') || BLANKS.contains(&c);
        let run =
            bare.len() <= LONGEST && bare.chars().all(of_run) && bare.contains(|c: char| c.is_ascii_digit());
        let fits = run && !columns.is_empty() && columns.len() <= COLUMNS;
        fits.then(|| Run { text: start..start + bare.len(), columns: columns.to_vec() })
    }

    /// The figures, where they are parted in one way only if sums have so many decimals.
    pub(super) fn pieces(&self, text: &str, decimals: usize) -> Option<Vec<Range<usize>>> {
        let mut ways = Ways { text: &text[self.text.clone()], decimals, found: Vec::new(), way: Vec::new() };
        ways.walk(&self.columns);
        let [way] = ways.found.as_slice() else { return None };
        let start = self.text.start;
        Some(way.iter().map(|piece| start + piece.start..start + piece.end).collect())
    }

    /// Whether it holds more than one sum.
    fn is_glued(&self, text: &str) -> bool {
        text[self.text.clone()].matches('.').count() > 1
    }
}

/// How many decimals sums have, so that the most runs can be parted in one way; none where that is not one number, or most runs
/// cannot.
pub(super) fn decimals<'r>(runs: impl Iterator<Item = &'r Run> + Clone, text: &str) -> usize {
    let glued = runs.filter(|run| run.is_glued(text));
    let all = glued.clone().count();
    let parted = |decimals: usize| glued.clone().filter(|run| run.pieces(text, decimals).is_some()).count();
    let counts = DECIMALS.map(|decimals| (parted(decimals), decimals));
    let best = counts.into_iter().max_by_key(|(count, _)| *count).unwrap_or_default();
    let alone = counts.iter().filter(|(count, _)| *count == best.0).count() == 1;
    if alone && best.0 * 2 > all { best.1 } else { 0 }
}

/// The ways in which a text is figures under columns.
struct Ways<'t> {
    text: &'t str,
    decimals: usize,
    found: Vec<Vec<Range<usize>>>,
    /// For each column the piece tried now.
    way: Vec<Option<Range<usize>>>,
}

impl Ways<'_> {
    /// Finds the ways, two at most: depth first over the columns, by the ends that each one's figure may have.
    fn walk(&mut self, columns: &[Holds]) {
        // For each column on the way the pieces that it may still hold.
        let mut open: Vec<Vec<Option<Range<usize>>>> = vec![self.choices(columns[0], 0)];
        for _ in 0..STEPS {
            let Some(depth) = open.len().checked_sub(1) else { return };
            self.way.truncate(depth);
            let Some(next) = open[depth].pop() else {
                open.pop();
                continue;
            };
            self.way.push(next);
            let at = self.way.iter().flatten().last().map_or(0, |piece| piece.end);
            if depth + 1 < columns.len() {
                let choices = self.choices(columns[depth + 1], at);
                open.push(choices);
            } else if at == self.text.len() && self.is_even(columns) && self.is_rated(columns) {
                self.found.push(self.way.iter().flatten().cloned().collect());
                if self.found.len() > 1 {
                    return;
                }
            }
        }
        // Too many to be sure that there is no second one.
        self.found.clear();
    }

    /// What a column may hold from a place on: figures, a sign for none, or nothing where the column may be blank.
    fn choices(&self, holds: Holds, at: usize) -> Vec<Option<Range<usize>>> {
        let rest = &self.text[at..];
        let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
        let piece = |length: usize| Some(at..at + length);
        let mut choices = Vec::new();
        // A percent sign is the rate's.
        let due = matches!(holds, Holds::Money(_)) || (holds == Holds::Ratio && rest.contains('%'));
        if !due {
            choices.push(None);
        }
        if let Some(sign) = rest.chars().next().filter(|c| BLANKS.contains(c)) {
            choices.push(piece(sign.len_utf8()));
        }
        let pointed = rest[whole..].starts_with('.');
        let behind =
            if pointed { rest[whole + 1..].bytes().take_while(u8::is_ascii_digit).count() } else { 0 };
        let sound = |length: usize| length == 1 || !rest.starts_with('0');
        match holds {
            Holds::Money(_) if self.decimals == 0 => {
                choices.extend((1..=whole.min(WHOLE)).filter(|&n| sound(n)).map(piece));
            }
            Holds::Money(_) if pointed && behind >= self.decimals && whole > 0 && sound(whole) => {
                choices.push(piece(whole + 1 + self.decimals));
            }
            Holds::Person => choices.extend((1..=whole.min(PERSONS)).filter(|&n| sound(n)).map(piece)),
            Holds::Ratio if whole > 0 && sound(whole) => {
                let end = if pointed { whole + 1 + behind } else { whole };
                if rest[end..].starts_with('%') && whole <= 4 {
                    choices.push(piece(end + 1));
                }
            }
            Holds::Weight => {
                let fits = (1..=whole.min(3)).filter(|&length| sound(length) && points(&rest[..length]));
                choices.extend(fits.map(piece));
            }
            Holds::Score => {
                let whole_points = (1..=whole.min(3)).filter(|&n| sound(n) && points(&rest[..n]));
                choices.extend(whole_points.map(piece));
                let pointed = pointed && whole <= 3 && sound(whole) && points(&rest[..whole]);
                choices.extend((1..=behind.min(2)).filter(|_| pointed).map(|n| piece(whole + 1 + n)));
            }
            _ => {}
        }
        choices
    }

    /// Whether the rate, where one is printed, is that of the last figure and one before it, as far as its digits go; whole figures
    /// have nothing else that parts them.
    fn is_rated(&self, columns: &[Holds]) -> bool {
        let (mut figures, mut rate) = (Vec::new(), None);
        for (holds, piece) in columns.iter().zip(&self.way) {
            let text = piece.clone().map(|piece| &self.text[piece]);
            match (holds, text) {
                (Holds::Money(_) | Holds::Person, Some(text)) => figures.extend(scaled(text)),
                (Holds::Ratio, Some(text)) => rate = text.strip_suffix('%'),
                _ => {}
            }
        }
        let (Some(rate), [before @ .., last]) = (rate, figures.as_slice()) else {
            return self.decimals > 0;
        };
        if before.is_empty() {
            return self.decimals > 0;
        }
        let digits = rate.split_once('.').map_or(0, |(_, behind)| behind.len().min(SCALE as usize));
        let unit = 10_i128.pow(SCALE - digits as u32);
        let Some(rate) = scaled(rate).filter(|rate| *rate > 0 || self.decimals > 0) else { return false };
        let one = 10_i128.pow(SCALE);
        before.iter().any(|whole| *whole > 0 && (last * 100 * one - rate * whole).abs() <= unit * whole)
    }

    /// Whether a weight and a score stand both or neither, as on every row, and the score is not above the weight.
    fn is_even(&self, columns: &[Holds]) -> bool {
        let of = |wanted: Holds| {
            let at = columns.iter().position(|holds| *holds == wanted)?;
            self.way[at].clone().map(|piece| &self.text[piece])
        };
        match (of(Holds::Weight), of(Holds::Score)) {
            (Some(weight), Some(score)) => above(weight) >= above(score.split('.').next().unwrap_or(score)),
            (None, None) => true,
            _ => !columns.contains(&Holds::Weight) || !columns.contains(&Holds::Score),
        }
    }
}

/// A figure in ten-thousandths.
fn scaled(text: &str) -> Option<i128> {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let kept = &behind[..behind.len().min(SCALE as usize)];
    let digits: i128 = format!("{whole}{kept}").parse().ok()?;
    Some(digits * 10_i128.pow(SCALE - kept.len() as u32))
}

/// Whether digits are points: a hundred at most.
fn points(digits: &str) -> bool {
    above(digits) <= 100
}

fn above(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Measure;

    fn parted(text: &str, columns: &[Holds]) -> Option<Vec<String>> {
        let run = Run::of(text, 0, columns)?;
        let decimals = decimals([&run].into_iter(), text);
        Some(run.pieces(text, decimals)?.into_iter().map(|piece| text[piece].to_owned()).collect())
    }

    const MONEY: Holds = Holds::Money(Measure::Executed);

    #[test]
    fn figures_are_parted_where_one_way_fits_the_columns() {
        let all = [MONEY, MONEY, MONEY, Holds::Weight, Holds::Ratio, Holds::Score];
        let told = |text| parted(text, &all).map(|pieces| pieces.join("|"));
        assert_eq!(told("30.5030.5029.581096.98%9.69").as_deref(), Some("30.50|30.50|29.58|10|96.98%|9.69"));
        assert_eq!(told("30.5030.5029.5896.98%").as_deref(), Some("30.50|30.50|29.58|96.98%"));
        assert_eq!(told("30.5030.5029.58///").as_deref(), Some("30.50|30.50|29.58|/|/|/"));
        let whole = "1825848182584818258481010%1";
        assert_eq!(told(whole), None, "no rate of any two");
        let whole = "18258481825848182584810100%10";
        assert_eq!(told(whole).as_deref(), Some("1825848|1825848|1825848|10|100%|10"));
        assert_eq!(told("30.5030.50"), None, "one sum is missing, and nothing says which");
        let two = parted("30.529.5", &[MONEY, MONEY]).map(|pieces| pieces.join("|"));
        assert_eq!(two.as_deref(), Some("30.5|29.5"));
        assert_eq!(parted("3052929.5", &[MONEY, MONEY]), None, "whole figures and no rate");
    }
}
