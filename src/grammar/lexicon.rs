//! The lexicon: how values are spelled, loaded from `grammar/lexicon.toml` and compiled into tables.

mod check;
mod written;

use super::fold;
use super::mistake::Mistakes;
use super::spellings::{Characters, Side, Spellings};
use super::vocabulary::{MoneyUnit, Op, Percent};
pub(crate) use written::Bounds;
use written::{Words, Written};

/// Characters of a unit with the words that lead to it.
const LONGEST_UNIT: usize = 12;

/// Whether a character ends what may be a unit in a heading.
fn is_unit_end(c: char) -> bool {
    matches!(
        c,
        '(' | ')' | '（' | '）' | ':' | '：' | ',' | '，' | '、' | ';' | '；' | '/' | '／' | '【' | '】'
    )
}

/// The lexicon that comes with the program.
pub const BUILT_IN: &str = include_str!("../../grammar/lexicon.toml");

/// How values are spelled, as tables that are asked without allocating. It is built once a run and shared.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(crate) money: Spellings<MoneyUnit>,
    unit_leads: Spellings<()>,
    unit_ends: Characters,
    pub(crate) placeholder_marks: Characters,
    pub(crate) placeholder_words: Spellings<()>,
    pub(crate) plus: Characters,
    pub(crate) minus: Characters,
    pub(crate) before_number: Spellings<()>,
    pub(crate) approximate: Spellings<()>,
    pub(crate) point_alike: Characters,
    pub(crate) separator_alike: Characters,
    /// Sorted by the character.
    look_alikes: Vec<(char, u8)>,
    /// The bytes with which those and what is like a point begin: most texts hold none of them.
    alike_leads: [bool; 256],
    pub(crate) multiplier: Spellings<u8>,
    pub(crate) percent_before: Spellings<Percent>,
    pub(crate) percent_after: Spellings<Percent>,
    pub(crate) measure: Spellings<()>,
    pub(crate) whole_unit: Spellings<()>,
    pub(crate) ordinal: Spellings<()>,
    pub(crate) running_on: Spellings<()>,
    pub(crate) operator_before: Spellings<Op>,
    pub(crate) operator_after: Spellings<Op>,
    pub(crate) links: Spellings<()>,
    pub(crate) refuse_before: Spellings<()>,
    pub(crate) refuse_within: Spellings<()>,
    pub(crate) negations: Characters,
    pub(crate) auxiliaries: Characters,
    pub(crate) stops: Characters,
    pub(crate) breaks: Characters,
    pub(crate) year: Spellings<()>,
    pub(crate) month: Spellings<()>,
    pub(crate) day: Spellings<()>,
    pub(crate) score: Spellings<()>,
    /// What a figure can mean.
    pub(crate) bounds: Bounds,
}

impl Lexicon {
    /// The lexicon written in `source`; `file` is what mistakes call it.
    ///
    /// # Errors
    /// Every mistake in it, each with its place.
    pub fn load(file: &str, source: &str) -> Result<Lexicon, Mistakes> {
        Ok(Lexicon::compile(written::read(file, source)?))
    }

    /// The lexicon that comes with the program.
    ///
    /// # Errors
    /// Never for a released binary: its tests check the file it is built from.
    pub fn built_in() -> Result<Lexicon, Mistakes> {
        Lexicon::load("grammar/lexicon.toml", BUILT_IN)
    }

    /// The unit of money that `text` names and nothing else: `万元`, ` 万 元 `.
    pub fn money_unit(&self, text: &str) -> Option<MoneyUnit> {
        // Most texts begin as no unit does, with a character that folding leaves as it is.
        let first = text.chars().next()?;
        let as_it_is = matches!(first, '\u{3001}'..='\u{3011}' | '\u{4e00}'..='\u{9fff}');
        if as_it_is && !self.money.may_begin_with(first) {
            return None;
        }
        self.money.whole(&fold::name(text))
    }

    /// The unit of money that a heading or the brackets of a label state: `单位：万元`, `10分，人民币万元`.
    pub fn unit_in(&self, text: &str) -> Option<MoneyUnit> {
        text.split(is_unit_end).find_map(|part| self.led_unit(fold::trim(part)))
    }

    /// A unit of money, perhaps behind a word that leads to it.
    fn led_unit(&self, text: &str) -> Option<MoneyUnit> {
        let behind = || self.unit_leads.strip(text).and_then(|((), rest)| self.money_unit(rest));
        self.money_unit(text).or_else(behind)
    }

    /// Whether a text is a unit of money with the words that lead to it, and nothing else.
    fn is_unit(&self, text: &str) -> bool {
        let is = |part: &str| {
            part.is_empty() || self.unit_leads.whole(part).is_some() || self.led_unit(part).is_some()
        };
        text.split(is_unit_end).all(is)
    }

    /// What `known` says of what stands before the unit of money with which a text ends, and the unit: `(项目资金, 万元)`, though
    /// also `(项目资金万, 元)`; the shortest unit first.
    pub(super) fn before_unit<T>(
        &self,
        text: &str,
        known: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, MoneyUnit)> {
        let text = text.trim_end_matches(is_unit_end);
        let may = text.chars().next_back().is_some_and(|c| self.unit_ends.has(c));
        let mut ends = text.char_indices().rev().take(if may { LONGEST_UNIT } else { 0 });
        ends.find_map(|(at, _)| {
            let (before, behind) = (text[..at].trim_end_matches(is_unit_end), &text[at..]);
            // Hardly any text is known, and most ends of one are no unit.
            let known = known(before)?;
            let unit = self.unit_in(behind).filter(|_| self.is_unit(behind))?;
            // `单位：元` is no label with its unit.
            self.unit_leads.whole(before).is_none().then_some((known, unit))
        })
    }

    /// The operator that `text` names and nothing else, as in a column of its own: `≥`, `不低于`, `以上`.
    pub fn operator(&self, text: &str) -> Option<Op> {
        let text = fold::trim(text);
        self.operator_before.whole(text).or_else(|| self.operator_after.whole(text))
    }

    /// The percent sign that `text` names and nothing else, as in a column of units: `%`, `百分比`.
    pub fn percent(&self, text: &str) -> Option<Percent> {
        self.percent_after.whole(fold::trim(text))
    }

    /// The digit that `c` is mistaken for.
    pub(crate) fn look_alike(&self, c: char) -> Option<u8> {
        let at = self.look_alikes.binary_search_by_key(&c, |entry| entry.0).ok()?;
        Some(self.look_alikes[at].1)
    }

    /// Whether `text` may hold what is mistaken for a digit or a point.
    pub(crate) fn may_hold_alike(&self, text: &str) -> bool {
        text.bytes().any(|byte| self.alike_leads[usize::from(byte)])
    }

    fn compile(w: Written) -> Lexicon {
        let (number, measure, target) = (w.number, w.measure, w.target);
        let operators = || w.operator.iter();
        let mut look_alikes: Vec<(char, u8)> = number
            .look_alike
            .iter()
            .flat_map(|entry| entry.characters.get_ref().chars().map(|c| (c, *entry.digit.get_ref())))
            .collect();
        look_alikes.sort_unstable();
        let mut alike_leads = [false; 256];
        let alike = look_alikes.iter().map(|entry| entry.0).chain(number.point_alike.get_ref().chars());
        alike.for_each(|c| alike_leads[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true);
        let units = w.money.iter().flat_map(|unit| &unit.spellings);
        let unit_ends: String = units.filter_map(|spelling| spelling.get_ref().chars().next_back()).collect();
        Lexicon {
            money: meant(Side::Start, w.money.iter().map(|unit| (unit.id, &unit.spellings))),
            unit_leads: plain(Side::Start, &w.unit.leads),
            unit_ends: Characters::new(&unit_ends),
            placeholder_marks: Characters::new(w.placeholder.marks.get_ref()),
            placeholder_words: plain(Side::Start, &w.placeholder.words),
            plus: Characters::new(number.plus.get_ref()),
            minus: Characters::new(number.minus.get_ref()),
            before_number: plain(Side::Start, &number.before),
            approximate: plain(Side::Start, &number.approximate),
            point_alike: Characters::new(number.point_alike.get_ref()),
            separator_alike: Characters::new(number.separator_alike.get_ref()),
            look_alikes,
            alike_leads,
            multiplier: meant(Side::Start, w.multiplier.iter().map(|m| (*m.power.get_ref(), &m.spellings))),
            percent_before: meant(Side::End, w.percent.iter().map(|rate| (rate.of, &rate.before))),
            percent_after: meant(Side::Start, w.percent.iter().map(|rate| (rate.of, &rate.after))),
            measure: plain(Side::Start, &measure.words),
            whole_unit: plain(Side::Start, &measure.whole),
            ordinal: plain(Side::Start, &measure.ordinal),
            running_on: plain(Side::Start, &measure.running_on),
            operator_before: meant(
                Side::End,
                operators().flat_map(|op| [(op.id, &op.signs), (op.id, &op.before)]),
            ),
            operator_after: meant(Side::End, operators().map(|op| (op.id, &op.after))),
            links: plain(Side::End, &target.links),
            refuse_before: plain(Side::End, &target.refuse_before),
            refuse_within: plain(Side::Start, &target.refuse_within),
            negations: Characters::new(target.negations.get_ref()),
            auxiliaries: Characters::new(target.auxiliaries.get_ref()),
            stops: Characters::new(target.stops.get_ref()),
            breaks: Characters::new(target.breaks.get_ref()),
            year: plain(Side::Start, &w.date.year),
            month: plain(Side::Start, &w.date.month),
            day: plain(Side::Start, &w.date.day),
            score: plain(Side::End, &w.score.words),
            bounds: w.bounds,
        }
    }
}

fn plain(side: Side, words: &Words) -> Spellings<()> {
    meant(side, [((), words)])
}

fn meant<'w, T: Copy>(side: Side, entries: impl IntoIterator<Item = (T, &'w Words)>) -> Spellings<T> {
    let spelled =
        |(meaning, words): (T, &'w Words)| words.iter().map(move |w| (w.get_ref().clone(), meaning));
    Spellings::new(side, entries.into_iter().flat_map(spelled))
}

#[cfg(test)]
mod tests;
