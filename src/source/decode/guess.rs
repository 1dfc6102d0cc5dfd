//! Which encoding bytes are in that declare none and are not valid UTF-8.

use super::{Encoding, Sample};
use crate::finding::{Code, Finding, Severity};

/// In the order in which they win when as few characters are unusual in several.
const CANDIDATES: [Encoding; 4] = [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be];

/// An encoding, and what spoke for it.
pub(super) struct Guess {
    best: usize,
    samples: [Sample; CANDIDATES.len()],
}

/// The encoding that reads the fewest unusual characters. GB 18030 has a character for nearly every sequence of
/// bytes, so that it seldom fails on the bytes of another encoding; but few of those it finds are usual. UTF-16
/// has one for nearly every two bytes, so it is taken only where most of what it reads is usual.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let samples = CANDIDATES.map(|encoding| Sample::of(bytes, encoding));
    let mut best = 0;
    for (at, sample) in samples.iter().enumerate() {
        let wide = matches!(CANDIDATES[at], Encoding::Utf16Le | Encoding::Utf16Be);
        let fits = !wide || sample.unusual < sample.chars.div_ceil(2);
        if fits && sample.unusual < samples[best].unusual {
            best = at;
        }
    }
    Guess { best, samples }
}

impl Guess {
    pub(super) fn encoding(&self) -> Encoding {
        CANDIDATES[self.best]
    }

    pub(super) fn sample(&self) -> &Sample {
        &self.samples[self.best]
    }

    /// The finding that says what was guessed: a warning where even the best reading is a doubtful one.
    pub(super) fn finding(&self) -> Finding {
        let (encoding, sample) = (self.encoding(), self.sample());
        let unusual: Vec<String> = (CANDIDATES.iter().zip(&self.samples))
            .map(|(encoding, sample)| format!("{encoding} {} of {}", sample.unusual, sample.chars))
            .collect();
        let proof = format!("unusual characters: {}", unusual.join(", "));
        let message =
            format!("no encoding is declared; the bytes are no plain UTF-8 and read best as {encoding}");
        let finding = Finding::new(Code::EncodingGuessed, message).value(encoding).proof(proof);
        if !sample.is_doubtful() {
            return finding;
        }
        let message = format!(
            "no encoding is declared; the bytes read best as {encoding}, but with unusual characters: if the text \
             is garbled, convert it to UTF-8 or say --encoding"
        );
        Finding { message, ..finding }.severity(Severity::Warning)
    }
}
