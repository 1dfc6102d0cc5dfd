//! Forms of which everything is known, in every dialect: what a reader makes of the dump is held against the truth.
//!
//! One stream of random numbers makes a document: what its forms say, the mistakes planted in them, the noise, the habits of
//! whoever wrote the dump. The same seed gives the same bytes, and the same forms in every dialect.

mod defects;
mod dialects;
mod forms;
mod noise;
// The benchmarks' corpus has the same, and some test binaries hold both.
#[allow(clippy::duplicate_mod)]
#[path = "../../benches/corpus/random.rs"]
mod random;
mod sheet;
pub mod truth;
mod words;

pub use dialects::Dialect;
pub use forms::Form;
pub use noise::Level;

use defects::Defective;
use dialects::Manner;
use random::Random;
use words::one_in;

/// A dump and its truth.
pub struct Written {
    pub bytes: Vec<u8>,
    pub truth: truth::Document,
}

/// One to three forms of a kind about one department, as a dump.
pub fn document(seed: u64, form: Form, dialect: Dialect, level: Level) -> Written {
    written(seed, form, dialect, level, false)
}

/// As [`document`] without noise, some of its indicators called like the level above them.
#[allow(dead_code)]
pub fn like_levels(seed: u64, form: Form, dialect: Dialect) -> Written {
    written(seed, form, dialect, Level::None, true)
}

fn written(seed: u64, form: Form, dialect: Dialect, level: Level, like_levels: bool) -> Written {
    // The forms come first in the stream: a seed says the same in every dialect and at every level but for defects.
    let mut random = Random::new(seed);
    let subject = forms::Subject { like_levels, ..forms::Subject::new(&mut random) };
    let n = if one_in(&mut random, 3) { random.between(2, 3) } else { 1 };
    let mut defects = Random::new(random.next());
    let mut sheets = Vec::new();
    let mut truths = Vec::new();
    for _ in 0..n {
        let spoiled = level != Level::None && one_in(&mut defects, 4);
        let defect = spoiled.then(|| Defective::ALL[defects.below(Defective::ALL.len() as u64) as usize]);
        let (sheet, truth) = form.write(&subject, defect, &mut random);
        sheets.push(sheet);
        truths.push(truth);
    }
    for (sheet, truth) in sheets.iter_mut().zip(&mut truths) {
        noise::disturb(sheet, truth, dialect, level, &mut random);
    }
    if level != Level::None && one_in(&mut random, 8) {
        noise::list_forms(&mut sheets[0], &truths);
    }
    let abrupt = level != Level::None && dialect == Dialect::TikaCells && one_in(&mut random, 2);
    let mut manner = Manner { habit: random.next() >> 8, random: Random::new(random.next()), abrupt };
    let (mut text, lines) = dialect.write(&sheets, &mut manner);
    for (truth, line) in truths.iter_mut().zip(lines) {
        truth.line = line;
    }
    let mut done = Vec::new();
    // Where a figure is broken over lines, its first half would stand for the whole and nothing would tell.
    let whole_lines = !matches!(dialect, Dialect::OneLine | Dialect::PdfLayout);
    let cut = level == Level::Heavy && one_in(&mut random, 6) && whole_lines;
    if let Some(kept) = cut.then(|| noise::cut(&mut text, &mut random)).flatten() {
        done.push(format!("cut off behind line {kept}"));
        truths.retain(|truth| truth.line <= kept);
    }
    let (bytes, encoding, more) = noise::encode(text, level, &mut random);
    done.extend(more);
    let truth = truth::Document {
        seed,
        dialect: dialect.name(),
        level: level.name(),
        encoding,
        forms: truths,
        noise: done,
    };
    Written { bytes, truth }
}
