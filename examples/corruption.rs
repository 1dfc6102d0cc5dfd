//! Plants one slip of a clerk or an extractor into a sound document at a time and reports what became of the figure:
//! `cargo run --release --example corruption -- [INJECTIONS] [SEED]`.
//!
//! A figure is *covered* where an identity pinned it before the slip: any other value would have broken it. Of covered figures none may end up wrong and
//! trusted, and no repair may be false.

#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;

use biaodan::grammar::Grammars;
use biaodan::pipeline::{ConvertOptions, Converted, Converter};
use biaodan::proof::{Fact, Place, Trust};
use biaodan::source::Document;
use corpus::{Corpus, Random};
use std::collections::BTreeMap;
use std::env;

/// A slip: its name, whether what it leaves is against the notation of numbers, and how it is made.
type Slip = (&'static str, bool, fn(&str, &mut Random) -> Option<String>);

const SLIPS: &[Slip] = &[
    ("separator misplaced", true, |raw, random| {
        let whole = raw.find('.').unwrap_or(raw.len());
        let at = 1 + random.below((whole as u64).saturating_sub(1).max(1)) as usize;
        (whole > 1 && !(whole - at).is_multiple_of(3)).then(|| format!("{},{}", &raw[..at], &raw[at..]))
    }),
    ("point doubled", true, |raw, _| raw.contains('.').then(|| raw.replacen('.', "..", 1))),
    ("point for ideographic stop", true, |raw, _| raw.contains('.').then(|| raw.replacen('.', "。", 1))),
    ("letter O for 0", true, |raw, _| raw.contains('0').then(|| raw.replacen('0', "O", 1))),
    ("letter l for 1", true, |raw, _| raw.contains('1').then(|| raw.replacen('1', "l", 1))),
    ("space inside", true, |raw, _| (raw.len() > 3).then(|| format!("{} {}", &raw[..2], &raw[2..]))),
    ("point lost", false, |raw, _| raw.contains('.').then(|| raw.replacen('.', "", 1))),
    ("digit replaced", false, |raw, random| {
        let at = digit(raw, random)?;
        let old = raw.as_bytes()[at] - b'0';
        let new = (old + 1 + random.below(9) as u8) % 10;
        Some(format!("{}{new}{}", &raw[..at], &raw[at + 1..]))
    }),
    ("digit dropped", false, |raw, random| {
        let at = digit(raw, random)?;
        (raw.len() > 2).then(|| format!("{}{}", &raw[..at], &raw[at + 1..]))
    }),
    ("digit added", false, |raw, random| {
        let at = digit(raw, random)?;
        Some(format!("{}{}{}", &raw[..at], 1 + random.below(9), &raw[at..]))
    }),
    ("digits swapped", false, |raw, random| {
        let at = digit(raw, random)?;
        let (a, b) = (raw.as_bytes()[at], *raw.as_bytes().get(at + 1)?);
        (b.is_ascii_digit() && a != b)
            .then(|| format!("{}{}{}{}", &raw[..at], b as char, a as char, &raw[at + 2..]))
    }),
    ("sign", false, |raw, _| Some(format!("-{raw}"))),
    ("slip of ten thousand", false, |raw, _| (!raw.contains('.')).then(|| format!("{raw}0000"))),
];

/// The place of some digit; not that of a leading one that would leave a zero in front.
fn digit(raw: &str, random: &mut Random) -> Option<usize> {
    let places: Vec<usize> =
        raw.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
    (!places.is_empty()).then(|| places[random.below(places.len() as u64) as usize])
}

#[derive(Default)]
struct Tally {
    injected: u32,
    repaired: u32,
    falsely_repaired: u32,
    abstained: u32,
    same: u32,
    undetected: u32,
}

fn main() {
    let mut args = env::args().skip(1).filter_map(|arg| arg.parse::<u64>().ok());
    let (wanted, seed) = (args.next().unwrap_or(20_000), args.next().unwrap_or(1));
    let grammars = match Grammars::built_in() {
        Ok(grammars) => grammars,
        Err(error) => return eprintln!("{error}"),
    };
    let converter = Converter::new(&grammars, ConvertOptions::default());
    let mut random = Random::new(seed);
    let mut corpus = Corpus::new(seed);
    let mut tallies: BTreeMap<(bool, &str), Tally> = BTreeMap::new();
    let mut done = 0;
    while done < wanted {
        let text = corpus.document(3);
        let document = Document::from_text("sound", text.as_str());
        let sound = converter.convert(&document);
        for _ in 0..40 {
            let Some((form, at)) = some_figure(&sound, &mut random) else { continue };
            let fact = &sound.forms[form].facts.all[at];
            let raw = sound.forms[form].raw_of(fact);
            let (name, _, slip) = SLIPS[random.below(SLIPS.len() as u64) as usize];
            let number = raw.trim_end_matches('%');
            let Some(slipped) = slip(number, &mut random) else { continue };
            let slipped = format!("{slipped}{}", &raw[number.len()..]);
            let Some(corrupted) = replaced(&text, fact.line, raw, &slipped) else { continue };
            let document = Document::from_text("corrupted", corrupted);
            let after = converter.convert(&document);
            let covered = fact.trust == Trust::Proven && fact.pinned;
            let tally = tallies.entry((covered, name)).or_default();
            tally.injected += 1;
            done += 1;
            let Some(found) = after.forms.get(form).and_then(|form| form.facts.all.get(at)) else {
                tally.abstained += 1;
                continue;
            };
            if covered && count(tally, fact, found) {
                println!("undetected: {name}: {raw} -> {slipped} line {} {:?}", fact.line, fact.place);
            } else if !covered {
                count(tally, fact, found);
            }
        }
    }
    print(&tallies);
    compensating(&converter, &mut corpus, &mut random, wanted / 10);
}

/// Two slips that cancel each other out: one sum of a form gets a fen more in its last digit, another of the same column
/// one less. What every identity over both allows cannot be noticed; the rest must be.
fn compensating(converter: &Converter<'_>, corpus: &mut Corpus, random: &mut Random, wanted: u64) {
    let (mut done, mut noticed, mut unnoticed) = (0, 0, 0);
    while done < wanted {
        let text = corpus.document(3);
        let document = Document::from_text("sound", text.as_str());
        let sound = converter.convert(&document);
        for _ in 0..20 {
            let (Some((form, a)), Some((other, b))) =
                (some_figure(&sound, random), some_figure(&sound, random))
            else {
                continue;
            };
            let figures = &sound.forms[form].valued.figures;
            let (Some(first), Some(second)) = (figures.get(a), figures.get(b)) else { continue };
            if form != other || a == b || first.header != second.header || first.item == second.item {
                continue;
            }
            let facts = &sound.forms[form].facts.all;
            let raw = |at: usize| sound.forms[form].raw_of(&facts[at]).to_owned();
            let (Some(more), Some(less)) = (nudged(&raw(a), 1), nudged(&raw(b), -1)) else { continue };
            let both = replaced(&text, facts[a].line, &raw(a), &more)
                .and_then(|text| replaced(&text, facts[b].line, &raw(b), &less));
            let Some(corrupted) = both else { continue };
            let document = Document::from_text("corrupted", corrupted);
            let after = converter.convert(&document);
            let trusted = |at: usize| {
                let fact = after.forms.get(form).and_then(|form| form.facts.all.get(at));
                fact.is_some_and(|fact| matches!(fact.trust, Trust::Proven | Trust::Stated))
            };
            done += 1;
            if trusted(a) && trusted(b) { unnoticed += 1 } else { noticed += 1 }
        }
    }
    println!("\ntwo slips that cancel each other out: {done} injected, {noticed} noticed, {unnoticed} not");
}

/// A number with its last digit one more or less, where that carries nothing.
fn nudged(raw: &str, by: i8) -> Option<String> {
    let last = raw.bytes().last().filter(u8::is_ascii_digit)?;
    let new = (last - b'0').checked_add_signed(by).filter(|&digit| digit < 10)?;
    Some(format!("{}{new}", &raw[..raw.len() - 1]))
}

/// Notes what became of a figure; true where it is wrong and trusted.
fn count(tally: &mut Tally, before: &Fact, after: &Fact) -> bool {
    let right = before.value == after.value;
    match after.trust {
        Trust::Repaired if right => tally.repaired += 1,
        Trust::Repaired => tally.falsely_repaired += 1,
        Trust::Assumed | Trust::Disputed => tally.abstained += 1,
        Trust::Proven | Trust::Stated if right => tally.same += 1,
        Trust::Proven | Trust::Stated => {
            tally.undetected += 1;
            return true;
        }
    }
    false
}

fn some_figure(sound: &Converted<'_>, random: &mut Random) -> Option<(usize, usize)> {
    let form = random.below(sound.forms.len() as u64) as usize;
    let facts = &sound.forms[form].facts.all;
    let at = random.below(facts.len() as u64) as usize;
    let fact = &facts[at];
    let plain = !matches!(fact.place, Place::Level(_) | Place::WeightTotal | Place::ScoreTotal);
    (plain && fact.value.is_some_and(|value| !value.is_zero())).then_some((form, at))
}

/// The text with `raw` on a line (from 1) replaced.
fn replaced(text: &str, line: u32, raw: &str, slipped: &str) -> Option<String> {
    let start = text.match_indices('\n').map(|(at, _)| at + 1).nth(line as usize - 2)?;
    let end = start + text[start..].find('\n')?;
    let at = start + text[start..end].rfind(raw)?;
    Some(format!("{}{slipped}{}", &text[..at], &text[at + raw.len()..]))
}

fn print(tallies: &BTreeMap<(bool, &str), Tally>) {
    for covered in [true, false] {
        println!("\n{}", if covered { "covered by an identity" } else { "covered by none" });
        println!(
            "{:28} {:>8} {:>9} {:>6} {:>9} {:>6} {:>10}",
            "slip", "injected", "repaired", "false", "abstained", "same", "undetected"
        );
        for ((_, name), t) in tallies.iter().filter(|((known, _), _)| *known == covered) {
            println!(
                "{name:28} {:>8} {:>9} {:>6} {:>9} {:>6} {:>10}",
                t.injected, t.repaired, t.falsely_repaired, t.abstained, t.same, t.undetected
            );
        }
    }
}
