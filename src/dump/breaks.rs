//! Where TABs and line breaks stand in a text, found 64 bytes at a time.
//!
//! Cells are a dozen bytes long, so that a search which starts anew behind every hit costs more than all that is done with
//! what it finds.

/// Bytes looked at together.
const BLOCK: usize = 64;

/// The places of TABs and line breaks, from the left.
pub(super) struct Breaks<'t> {
    bytes: &'t [u8],
    /// Where the block at hand begins, and a bit for each of its bytes that is yet to be given.
    block: usize,
    hits: u64,
}

impl<'t> Breaks<'t> {
    /// Those of a text, from its first byte on.
    pub fn of(text: &'t str) -> Self {
        let mut breaks = Breaks { bytes: text.as_bytes(), block: 0, hits: 0 };
        breaks.hits = breaks.hits_at(0);
        breaks
    }

    /// The hits among the bytes of the block that begins at `at`.
    fn hits_at(&self, at: usize) -> u64 {
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(block) => hits(block),
            None => {
                let rest = self.bytes.get(at..).unwrap_or(&[]);
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                hits(&block)
            }
        }
    }
}

impl Iterator for Breaks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.hits == 0 {
            self.block += BLOCK;
            if self.block >= self.bytes.len() {
                return None;
            }
            self.hits = self.hits_at(self.block);
        }
        let at = self.block + self.hits.trailing_zeros() as usize;
        self.hits &= self.hits - 1;
        Some(at)
    }
}

/// A bit for each byte of a block that is a TAB or a line break.
fn hits(block: &[u8; BLOCK]) -> u64 {
    // The compiler compares sixteen bytes at once.
    let mut marks = [0; BLOCK];
    for (mark, &byte) in marks.iter_mut().zip(block) {
        *mark = u8::from(byte == b'\t') | u8::from(byte == b'\n');
    }
    let (words, _) = marks.as_chunks::<8>();
    words.iter().enumerate().fold(0, |hits, (nth, word)| {
        // Every byte's bit moved to its place in the highest byte of the product.
        let bits = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        hits | bits << (8 * nth)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_tab_and_line_break_and_nothing_else() {
        for length in [0, 1, 7, 8, 63, 64, 65, 130, 200] {
            let text: String = (0..length).map(|at| char::from(((at * 7 + at / 3) % 14) as u8)).collect();
            let expected: Vec<usize> = text
                .bytes()
                .enumerate()
                .filter(|(_, b)| matches!(b, b'\t' | b'\n'))
                .map(|(at, _)| at)
                .collect();
            assert_eq!(Breaks::of(&text).collect::<Vec<_>>(), expected, "{length}");
        }
        // Bytes with the highest bit, and those beside the two.
        let text = "\u{89}\u{8a}\u{c}\u{b}\u{8}年\t\u{ff}\n\u{7f}";
        assert_eq!(
            Breaks::of(text).collect::<Vec<_>>(),
            [text.find('\t').unwrap(), text.find('\n').unwrap()]
        );
    }
}
