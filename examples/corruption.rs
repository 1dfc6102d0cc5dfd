//! Plants one slip of a clerk or an extractor into a sound document at a time and reports what became of the figure:
//! `cargo run --release --example corruption -- [INJECTIONS] [SEED]`.
//!
//! A figure is *covered* where an identity pinned it before the slip: any other value would have broken it. Of covered
//! figures none may end up wrong and trusted, no repair may be false, and of the malformed ones 95 in 100 must be repaired:
//! else it ends with 1.

#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;
#[path = "../benches/corpus/shift.rs"]
mod shift;

use biaodan::grammar::{Grammars, Holds};
use biaodan::pipeline::{ConvertOptions, Converted, Converter};
use biaodan::proof::{Fact, Place, Trust};
use biaodan::source::Document;
use corpus::{Corpus, Random};
use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;

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

#[derive(Clone, Copy, Default)]
struct Tally {
    injected: u32,
    repaired: u32,
    falsely_repaired: u32,
    abstained: u32,
    same: u32,
    /// A rate with a digit less that still holds: not wrong, but said less exactly.
    coarser: u32,
    undetected: u32,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.injected += other.injected;
        self.repaired += other.repaired;
        self.falsely_repaired += other.falsely_repaired;
        self.abstained += other.abstained;
        self.same += other.same;
        self.coarser += other.coarser;
        self.undetected += other.undetected;
    }
}

/// Whether the figures were covered, whether the slip is against the notation of numbers, its name, and the form.
type Tallies = BTreeMap<(bool, bool, &'static str, String), Tally>;

fn main() -> ExitCode {
    let mut args = env::args().skip(1).filter_map(|arg| arg.parse::<u64>().ok());
    let (wanted, seed) = (args.next().unwrap_or(20_000), args.next().unwrap_or(1));
    let grammars = match Grammars::built_in() {
        Ok(grammars) => grammars,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let converter = Converter::new(&grammars, ConvertOptions::default());
    let mut random = Random::new(seed);
    let mut corpus = Corpus::new(seed);
    let mut tallies = Tallies::new();
    let mut coverage: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    let mut done = 0;
    while done < wanted {
        let text = corpus.document(3);
        let document = Document::from_text("sound", text.as_str());
        let sound = converter.convert(&document);
        cover(&sound, &grammars, &mut coverage);
        for _ in 0..40 {
            let Some((form, at)) = shift::some_figure(&sound, &mut random) else { continue };
            let fact = &sound.forms[form].facts.all[at];
            let raw = sound.forms[form].raw_of(fact);
            let (name, malformed, slip) = SLIPS[random.below(SLIPS.len() as u64) as usize];
            let number = raw.trim_end_matches('%');
            let Some(slipped) = slip(number, &mut random) else { continue };
            let slipped = format!("{slipped}{}", &raw[number.len()..]);
            let Some(corrupted) = replaced(&text, fact.line, raw, &slipped) else { continue };
            let document = Document::from_text("corrupted", corrupted);
            let after = converter.convert(&document);
            let covered = fact.trust == Trust::Proven && fact.pinned;
            let kind = kind(&sound, form, &grammars);
            let tally = tallies.entry((covered, malformed, name, kind)).or_default();
            tally.injected += 1;
            done += 1;
            let Some(found) = after.forms.get(form).and_then(|form| form.facts.all.get(at)) else {
                tally.abstained += 1;
                continue;
            };
            if count(tally, fact, found, is_rate(&sound, form, at)) && covered {
                println!("undetected: {name}: {raw} -> {slipped} line {} {:?}", fact.line, fact.place);
            }
        }
    }
    print(&tallies);
    by_form(&tallies, &coverage);
    let shifted = shifts(&shift::run(&converter, &mut corpus, &mut random, wanted / 10));
    compensating(&converter, &mut corpus, &mut random, wanted / 10);
    if floors(&tallies) && shifted { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints what became of shifted rows; whether no figure of them that is covered ended wrong and trusted.
fn shifts(tallies: &BTreeMap<(bool, bool), shift::Tally>) -> bool {
    println!(
        "\n| row | injected | detected | rightly offered | wrongly offered | falsely repaired | unnoticed | \
         wrong and trusted where covered | where not |"
    );
    for ((pinned, lost), t) in tallies {
        let covered = if *pinned { "covered" } else { "not covered" };
        let what = if *lost { "a cell lost" } else { "a cell too many" };
        println!(
            "| {what}, {covered} | {} | {} | {} | {} | {} | {} | {} | {} |",
            t.injected,
            t.detected,
            t.offered,
            t.misled,
            t.falsely_repaired,
            t.unnoticed,
            t.undetected,
            t.uncovered
        );
    }
    tallies.values().all(|tally| tally.undetected == 0 && tally.falsely_repaired == 0)
}

/// Whether the floors of the covered figures hold.
fn floors(tallies: &Tallies) -> bool {
    let (mut all, mut malformed) = (Tally::default(), Tally::default());
    for ((covered, against, ..), tally) in tallies {
        // A false repair is none anywhere.
        all.falsely_repaired += tally.falsely_repaired;
        if *covered {
            all.undetected += tally.undetected;
            if *against {
                malformed.add(tally);
            }
        }
    }
    let share = f64::from(malformed.repaired) * 100.0 / f64::from(malformed.injected.max(1));
    println!(
        "\ncovered: {} false repairs anywhere, {} wrong and trusted, {share:.1}% of malformed ones rightly repaired",
        all.falsely_repaired, all.undetected
    );
    all.falsely_repaired == 0 && all.undetected == 0 && malformed.repaired * 100 >= malformed.injected * 95
}

fn kind(sound: &Converted<'_>, form: usize, grammars: &Grammars) -> String {
    grammars.forms[usize::from(sound.forms[form].valued.form.grammar)].id.clone()
}

fn is_rate(sound: &Converted<'_>, form: usize, at: usize) -> bool {
    let valued = &sound.forms[form].valued;
    match sound.forms[form].facts.all[at].place {
        Place::Measure(at) => valued.figures[at as usize].holds == Holds::Ratio,
        _ => false,
    }
}

/// Counts the figures of sound forms, and those that an identity pins.
fn cover(sound: &Converted<'_>, grammars: &Grammars, coverage: &mut BTreeMap<String, [u32; 2]>) {
    for nth in 0..sound.forms.len() {
        let [figures, covered] = coverage.entry(kind(sound, nth, grammars)).or_default();
        let facts = sound.forms[nth].facts.all.iter().filter(|fact| fact.place.has_trust());
        for fact in facts {
            *figures += 1;
            *covered += u32::from(fact.trust == Trust::Proven && fact.pinned);
        }
    }
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
                (shift::some_figure(&sound, random), shift::some_figure(&sound, random))
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
fn count(tally: &mut Tally, before: &Fact, after: &Fact, rate: bool) -> bool {
    let right = before.value == after.value;
    let off = before.value.zip(after.value).and_then(|(before, after)| before.checked_sub(after));
    let within = off.zip(after.value).is_some_and(|(off, after)| off.abs() <= after.half_unit());
    if rate && !right && within && after.trust == Trust::Proven {
        tally.coarser += 1;
        return false;
    }
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

/// The text with `raw` on a line (from 1) replaced.
fn replaced(text: &str, line: u32, raw: &str, slipped: &str) -> Option<String> {
    let start = text.match_indices('\n').map(|(at, _)| at + 1).nth(line as usize - 2)?;
    let end = start + text[start..].find('\n')?;
    let at = start + text[start..end].rfind(raw)?;
    Some(format!("{}{slipped}{}", &text[..at], &text[at + raw.len()..]))
}

fn print(tallies: &Tallies) {
    for wanted in [true, false] {
        println!("\n{}", if wanted { "covered by an identity" } else { "covered by none" });
        let mut slips: BTreeMap<(bool, &str), Tally> = BTreeMap::new();
        for ((_, malformed, name, _), tally) in tallies.iter().filter(|((covered, ..), _)| *covered == wanted)
        {
            slips.entry((!malformed, name)).or_default().add(tally);
        }
        println!(
            "| slip | injected | rightly repaired | falsely repaired | abstained | value unchanged | coarser rate | wrong and trusted |"
        );
        for ((_, name), t) in slips {
            println!("| {name} {}", cells(&t));
        }
    }
}

fn cells(t: &Tally) -> String {
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |",
        t.injected, t.repaired, t.falsely_repaired, t.abstained, t.same, t.coarser, t.undetected
    )
}

/// By kind of form: the share of its figures that is covered, and what became of the slips in them.
fn by_form(tallies: &Tallies, coverage: &BTreeMap<String, [u32; 2]>) {
    println!(
        "\n| form | figures covered | slips | injected | rightly repaired | falsely repaired | abstained | value unchanged | coarser rate | wrong and trusted |"
    );
    for (kind, [figures, covered]) in coverage {
        let share = f64::from(*covered) * 100.0 / f64::from((*figures).max(1));
        for against in [true, false] {
            let mut sum = Tally::default();
            let own = tallies
                .iter()
                .filter(|((covered, malformed, _, own), _)| *covered && *malformed == against && own == kind);
            own.for_each(|(_, tally)| sum.add(tally));
            let slips = if against { "malformed" } else { "well-formed" };
            println!("| {kind} | {share:.1}% | {slips} {}", cells(&sum));
        }
    }
}
