//! Figures with nothing between them, parted by the columns of their header and by how many decimals the form's sums have.

use crate::grammar::lexicon::Lexicon;
use crate::grammar::{Holds, fold};
use std::ops::Range;

/// Bytes of figures that are parted; a row holds no more.
const LONGEST: usize = 120;

/// Decimals that sums are printed with.
const DECIMALS: [usize; 3] = [2, 4, 1];

/// Digits between two separators.
const GROUP: usize = 3;

/// Digits of the longest whole figure, and of the most people that a body employs.
const WHOLE: usize = 10;
const PERSONS: usize = 6;

/// Decimals with which figures are held against their rate.
const SCALE: u32 = 4;

/// Columns that figures are parted by.
const COLUMNS: usize = 12;

/// Pieces that are tried for one run.
const STEPS: usize = 16_384;

/// Characters of the longest unit of money.
const UNIT: usize = 5;

/// What is printed where a figure is missing.
const BLANKS: [char; 2] = ['-', '/'];

/// What stands for a unit of money, for a sign of nothing, and for a dash that is one, in the text of a run.
const UNIT_MARK: u8 = b'u';
const BLANK_MARK: u8 = b'-';
const DASH_MARK: u8 = b'd';

/// A run of figures below a header.
pub(super) struct Run {
    /// What it says in ASCII: digits, points, separators and percent signs, a mark for each unit and each sign of nothing.
    text: String,
    /// Where in the dump each byte of that stands, and where the run ends.
    places: Vec<usize>,
    columns: Vec<Holds>,
    across: Vec<Across>,
}

/// Places of the columns of which one is the sum of the others on every row: the total's first.
pub(super) type Across = Vec<usize>;

impl Run {
    /// The run with what holds between its columns on every row.
    pub(super) fn with(mut self, across: &[Across]) -> Self {
        self.across = across.to_vec();
        self
    }

    /// The run that `bare`, which begins at a place of the dump, is under `columns`.
    pub(super) fn of(bare: &str, start: usize, columns: &[Holds], lexicon: &Lexicon) -> Option<Self> {
        if columns.is_empty() || columns.len() > COLUMNS {
            return None;
        }
        let length = length(bare, lexicon);
        (length == bare.len()).then(|| Run::read(bare, start, columns, lexicon)).flatten()
    }

    /// Puts a text that is nothing but figures into ASCII; `None` where it holds no digit and no signs of nothing side by side.
    fn read(bare: &str, start: usize, columns: &[Holds], lexicon: &Lexicon) -> Option<Self> {
        let (mut text, mut places) = (String::with_capacity(bare.len()), Vec::with_capacity(bare.len() + 1));
        let mut at = 0;
        while at < bare.len() {
            let (mark, behind) = next(&bare[at..], lexicon)?;
            if mark != b' ' {
                text.push(char::from(mark));
                places.push(start + at);
            }
            at += behind;
        }
        places.push(start + bare.len());
        let blanks = text.bytes().filter(|&byte| matches!(byte, BLANK_MARK | DASH_MARK)).count();
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        (digits || blanks > 1).then(|| Run { text, places, columns: columns.to_vec(), across: Vec::new() })
    }

    /// The figures, where they are parted in one way only if sums have so many decimals.
    pub(super) fn pieces(&self, decimals: usize) -> Option<Vec<Range<usize>>> {
        let across = self.across.as_slice();
        let mut ways = Ways { text: &self.text, decimals, across, found: Vec::new(), way: Vec::new() };
        ways.walk(&self.columns);
        let [way] = ways.found.as_slice() else { return None };
        Some(way.iter().map(|piece| self.places[piece.start]..self.places[piece.end]).collect())
    }

    /// Whether it holds more than one sum.
    fn is_glued(&self) -> bool {
        self.text.matches('.').count() > 1
    }

    /// Whether it can be parted in one way, if sums have some number of decimals.
    pub(super) fn may_be_parted(&self) -> bool {
        [0].into_iter().chain(DECIMALS).any(|decimals| self.pieces(decimals).is_some())
    }
}

/// Bytes at the start of a text that are nothing but figures, their units, and signs of nothing.
pub(super) fn length(text: &str, lexicon: &Lexicon) -> usize {
    let mut at = 0;
    while let Some((_, behind)) = next(&text[at..], lexicon).filter(|_| at <= LONGEST) {
        at += behind;
    }
    if at > LONGEST { 0 } else { at }
}

/// What a run goes on with, as a byte, and how long that is: white space stands before units alone.
fn next(text: &str, lexicon: &Lexicon) -> Option<(u8, usize)> {
    let c = text.chars().next()?;
    match fold::narrow(c) {
        narrow @ ('0'..='9' | '.' | '%' | ',') => return Some((narrow as u8, c.len_utf8())),
        '—' => return Some((DASH_MARK, c.len_utf8())),
        narrow if BLANKS.contains(&narrow) => return Some((BLANK_MARK, c.len_utf8())),
        _ => {}
    }
    let bare = fold::trim(text);
    let space = bare.as_ptr() as usize - text.as_ptr() as usize;
    if space > 0 {
        return unit(bare, lexicon).map(|_| (b' ', space));
    }
    unit(text, lexicon).map(|length| (UNIT_MARK, length))
}

/// Bytes of the unit of money that a text begins with.
fn unit(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(UNIT);
    ends.filter(|&end| lexicon.money_unit(&text[..end]).is_some()).last()
}

/// How many decimals sums have, so that the most runs can be parted in one way; none where that is not one number, or most runs
/// cannot.
pub(super) fn decimals<'r>(runs: impl Iterator<Item = &'r Run> + Clone) -> usize {
    let glued = runs.filter(|run| run.is_glued());
    let all = glued.clone().count();
    let parted = |decimals: usize| glued.clone().filter(|run| run.pieces(decimals).is_some()).count();
    let counts = DECIMALS.map(|decimals| (parted(decimals), decimals));
    let best = counts.into_iter().max_by_key(|(count, _)| *count).unwrap_or_default();
    let alone = counts.iter().filter(|(count, _)| *count == best.0).count() == 1;
    if alone && best.0 * 2 > all { best.1 } else { 0 }
}

/// The ways in which a text is figures under columns.
struct Ways<'t> {
    text: &'t str,
    decimals: usize,
    across: &'t [Across],
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
            } else if at == self.text.len() && self.is_even(columns) && self.is_settled(columns) {
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
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(rest);
        let piece = |length: usize| Some(at..at + length);
        let mut choices = Vec::new();
        // A percent sign is the rate's.
        let due = matches!(holds, Holds::Money(_)) || (holds == Holds::Ratio && rest.contains('%'));
        if !due {
            choices.push(None);
        }
        // Two dashes may be one sign.
        let dashes = rest.bytes().take_while(|&byte| byte == DASH_MARK).count().min(2);
        choices.extend((1..=dashes).map(piece));
        if rest.as_bytes().first() == Some(&BLANK_MARK) {
            choices.push(piece(1));
        }
        let pointed = rest[whole..].starts_with('.');
        let behind = if pointed { digits(&rest[whole + 1..]) } else { 0 };
        let sound = |length: usize| length == 1 || !rest.starts_with('0');
        match holds {
            Holds::Money(_) => choices.extend(self.sums(rest).into_iter().map(piece)),
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

    /// The lengths that a sum at the start of a text may have.
    fn sums(&self, rest: &str) -> Vec<usize> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let sound = |length: usize| length == 1 || (length > 0 && !rest.starts_with('0'));
        let whole = digits(rest);
        // Groups of three digits behind separators all belong to one figure.
        let mut end = whole;
        while rest[end..].starts_with(',') && digits(&rest[end + 1..]) >= GROUP {
            end += 1 + GROUP;
        }
        let grouped = end > whole;
        let unit = |end: usize| end + usize::from(rest.as_bytes().get(end) == Some(&UNIT_MARK));
        if grouped && (whole > GROUP || !sound(whole)) && self.decimals > 0 {
            return Vec::new();
        }
        if self.decimals > 0 {
            let pointed = rest[end..].starts_with('.') && digits(&rest[end + 1..]) >= self.decimals;
            return if pointed && sound(whole) { vec![unit(end + 1 + self.decimals)] } else { Vec::new() };
        }
        let mut lengths: Vec<usize> = (1..whole.min(WHOLE + 1)).filter(|&length| sound(length)).collect();
        if grouped && whole <= GROUP && sound(whole) && !rest[end..].starts_with(['.', ',']) {
            lengths.push(unit(end));
        } else if !grouped && whole <= WHOLE && sound(whole) && !rest[whole..].starts_with([',', '.']) {
            lengths.push(unit(whole));
        }
        lengths
    }

    /// Whether what the form's own arithmetic says of a row holds; whole figures need something that does.
    fn is_settled(&self, columns: &[Holds]) -> bool {
        let figure = |at: usize| {
            let piece = self.way.get(at)?.clone();
            piece.map_or(Some(0), |piece| scaled(&self.text[piece]))
        };
        let mut sums = self.across.iter().filter_map(|places| {
            let (total, parts) = places.split_first()?;
            Some(figure(*total)? == parts.iter().map(|&at| figure(at)).sum::<Option<i128>>()?)
        });
        match sums.next() {
            Some(first) => first && sums.all(|holds| holds),
            None => self.is_rated(columns),
        }
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
    let text = text.trim_end_matches(char::from(UNIT_MARK)).replace(',', "");
    let text = text.as_str();
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
        let run = Run::of(text, 0, columns, &Lexicon::built_in().unwrap())?;
        let decimals = decimals([&run].into_iter());
        Some(run.pieces(decimals)?.into_iter().map(|piece| text[piece].to_owned()).collect())
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

    #[test]
    fn separators_units_and_wide_digits_say_where_figures_end() {
        let sums = [MONEY, MONEY, MONEY];
        let told = |text| parted(text, &sums).map(|pieces| pieces.join("|"));
        assert_eq!(told("1127.831,127.83820.53").as_deref(), Some("1127.83|1,127.83|820.53"));
        assert_eq!(told("0.00 万元0.000.00").as_deref(), Some("0.00 万元|0.00|0.00"));
        assert_eq!(told("307.30307.30３０７．３０").as_deref(), Some("307.30|307.30|３０７．３０"));
        assert_eq!(told("307.30——307.30").as_deref(), Some("307.30|——|307.30"));
        assert_eq!(told("112,7.831.002.00"), None, "a separator out of its place");
    }

    #[test]
    fn whole_figures_are_parted_by_sums_across_their_row() {
        let change = |text: &str, across: &[Across]| {
            let run = Run::of(text, 0, &[MONEY; 3], &Lexicon::built_in().unwrap())?.with(across);
            Some(run.pieces(0)?.into_iter().map(|piece| text[piece].to_owned()).collect::<Vec<_>>().join("|"))
        };
        let across = [vec![1, 0, 2]];
        assert_eq!(change("385326640479255153", &across).as_deref(), Some("385326|640479|255153"));
        assert_eq!(change("385326640479255153", &[]), None, "nothing says where they end");
        assert_eq!(change("385326640479255154", &across), None, "no way adds up");
        assert_eq!(change("111222111", &across).as_deref(), Some("111|222|111"));
    }
}
