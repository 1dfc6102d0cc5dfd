//! What proving costs of a whole conversion, of sound forms and of forms in which figures are off.

use crate::corpus::Random;
use biaodan::grammar::Grammars;
use biaodan::pipeline::{RunOptions, run};
use biaodan::source::Inputs;
use biaodan::{dump, form, proof, value};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Copies of the texts in one dataset, so that opening and closing its files weighs little.
const COPIES: usize = 8;
const REPETITIONS: usize = 9;

/// Prints, for each kind of texts, the time of proving over that of converting them to a dataset, both on one thread and
/// in turns: the median of the repetitions and their range.
pub fn print(grammars: &Grammars, texts: &[String]) {
    println!("\nproving, of the time of a conversion (median of {REPETITIONS}, least to most):");
    let off = |one_in: u64| {
        let mut random = Random::new(3);
        texts.iter().map(|text| altered(text, one_in, &mut random)).collect::<Vec<_>>()
    };
    let kinds =
        [("sound", texts.to_vec()), ("one figure in fifty off", off(50)), ("every figure off", off(1))];
    for (name, texts) in kinds {
        let mut shares: Vec<f64> = Vec::new();
        for _ in 0..REPETITIONS {
            let proof = proving(grammars, &texts);
            shares.push(100.0 * proof.as_secs_f64() / converting(grammars, &texts).as_secs_f64());
        }
        shares.sort_by(f64::total_cmp);
        let (least, most) = (shares[0], shares[REPETITIONS - 1]);
        println!("  {name}: {:.1}% ({least:.1} to {most:.1})", shares[REPETITIONS / 2]);
    }
}

/// A text with the last digit of figures changed, every one or one in many. Weights of two digits stay as they are.
fn altered(text: &str, one_in: u64, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let cell = line.trim_matches(|c: char| c.is_whitespace());
        let is_figure = cell.len() > 2 && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if is_figure && line.starts_with('\t') && random.below(one_in) == 0 {
            let (stem, last) = cell.split_at(cell.len() - 1);
            let digit = (last.as_bytes()[0] - b'0' + random.between(1, 9) as u8) % 10;
            out.push_str(&line.replacen(cell, &format!("{stem}{digit}"), 1));
        } else {
            out.push_str(line);
        }
    }
    out
}

fn proving(grammars: &Grammars, texts: &[String]) -> Duration {
    let mut taken = Duration::ZERO;
    for _ in 0..COPIES {
        for text in texts {
            let kept = biaodan::source::Kept::default();
            let grid = dump::read(text, dump::Dialect::CellLines, &kept);
            let forms = form::read(&grid, grammars).forms.into_iter();
            let forms: Vec<_> = forms.map(|form| value::form::read(form, grammars)).collect();
            let begun = Instant::now();
            black_box(proof::judge(forms, grammars));
            taken += begun.elapsed();
        }
    }
    taken
}

fn converting(grammars: &Grammars, texts: &[String]) -> Duration {
    let root = tempfile::tempdir().expect("a temporary folder");
    let dumps = root.path().join("dumps");
    std::fs::create_dir(&dumps).expect("a folder for dumps");
    for copy in 0..COPIES {
        for (nth, text) in texts.iter().enumerate() {
            // No document is another's double.
            std::fs::write(dumps.join(format!("{copy}-{nth}.txt")), format!("{text}\n{}", "\n".repeat(copy)))
                .expect("a dump");
        }
    }
    let inputs = Inputs { paths: vec![dumps], ..Default::default() };
    let options = RunOptions { force: true, jobs: 1, ..Default::default() };
    let begun = Instant::now();
    run(&inputs, &root.path().join("dataset"), grammars, &options, &mut |_| {}).expect("a dataset");
    begun.elapsed()
}
