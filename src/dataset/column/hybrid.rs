//! The RLE / bit-packing hybrid in which Parquet keeps levels and dictionary keys.
//!
//! Source: Apache Parquet format, `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".

/// Values that are packed together.
const GROUP: usize = 8;

/// Appends `runs` of (value, rows), each value of at most `width` bits (one or more), to `out`.
pub(super) fn encode(runs: impl Iterator<Item = (u32, u32)>, width: u8, out: &mut Vec<u8>) {
    let mut hybrid = Hybrid { width, out, packed: Vec::new(), group: [0; GROUP], filled: 0 };
    for (value, rows) in runs {
        hybrid.push(value, rows as usize);
    }
    hybrid.finish();
}

/// Bits that every key below `keys` fits into.
pub(super) fn width_of(keys: usize) -> u8 {
    (usize::BITS - keys.saturating_sub(1).leading_zeros()) as u8
}

struct Hybrid<'a> {
    width: u8,
    out: &'a mut Vec<u8>,
    /// Whole groups that wait for their header, which tells their number.
    packed: Vec<u8>,
    group: [u32; GROUP],
    filled: usize,
}

impl Hybrid<'_> {
    fn push(&mut self, value: u32, mut rows: usize) {
        if rows == 1 {
            // Most runs of keys are one row.
            self.group[self.filled] = value;
            self.filled += 1;
            if self.filled == GROUP {
                self.pack();
            }
            return;
        }
        // A run of packed groups ends on a whole group, unless it is the last.
        if self.filled > 0 {
            let fill = rows.min(GROUP - self.filled);
            self.put(value, fill);
            rows -= fill;
        }
        if rows >= GROUP {
            self.flush();
            varint((rows as u64) << 1, self.out);
            let bytes = usize::from(self.width).div_ceil(8);
            self.out.extend_from_slice(&value.to_le_bytes()[..bytes]);
        } else {
            self.put(value, rows);
        }
    }

    /// Puts into the group as many rows as it has room for.
    fn put(&mut self, value: u32, rows: usize) {
        self.group[self.filled..self.filled + rows].fill(value);
        self.filled += rows;
        if self.filled == GROUP {
            self.pack();
        }
    }

    /// Packs a group: `width` bits a value, the lowest first, `width` bytes in all.
    fn pack(&mut self) {
        let (mut bits, mut held) = (0_u64, 0);
        for value in std::mem::take(&mut self.group) {
            bits |= u64::from(value) << held;
            held += u32::from(self.width);
            while held >= 8 {
                self.packed.push(bits as u8);
                bits >>= 8;
                held -= 8;
            }
        }
        self.filled = 0;
    }

    /// Writes the packed groups with their header.
    fn flush(&mut self) {
        if self.packed.is_empty() {
            return;
        }
        let groups = self.packed.len() / usize::from(self.width);
        varint((groups as u64) << 1 | 1, self.out);
        self.out.append(&mut self.packed);
    }

    fn finish(mut self) {
        if self.filled > 0 {
            self.pack();
        }
        self.flush();
    }
}

/// An unsigned LEB128 number.
fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads what the format's description says, apart from how `encode` writes it.
    fn decode(mut bytes: &[u8], width: u8, rows: usize) -> Vec<u32> {
        let mut out = Vec::new();
        while out.len() < rows {
            let (mut header, mut shift) = (0_u64, 0);
            loop {
                let byte = bytes[0];
                bytes = &bytes[1..];
                header |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            let count = (header >> 1) as usize;
            if header & 1 == 0 {
                let length = usize::from(width).div_ceil(8);
                let mut value = [0; 4];
                value[..length].copy_from_slice(&bytes[..length]);
                bytes = &bytes[length..];
                out.extend(std::iter::repeat_n(u32::from_le_bytes(value), count));
                continue;
            }
            let bit = |at: usize| u32::from(bytes[at / 8] >> (at % 8) & 1);
            let width = usize::from(width);
            out.extend((0..count * 8).map(|at| (0..width).map(|b| bit(at * width + b) << b).sum::<u32>()));
            bytes = &bytes[count * width..];
        }
        assert!(bytes.is_empty(), "{} bytes too many", bytes.len());
        out.truncate(rows);
        out
    }

    #[test]
    fn widths_fit_their_keys() {
        for (keys, width) in [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (256, 8), (257, 9)] {
            assert_eq!(width_of(keys), width, "{keys} keys");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(
            width in 1_u8..=20,
            runs in proptest::collection::vec((any::<u32>(), 1_u32..30), 0..60),
        ) {
            let runs: Vec<(u32, u32)> = runs.iter().map(|&(value, rows)| (value & ((1 << width) - 1), rows)).collect();
            let values: Vec<u32> = runs.iter().flat_map(|&(v, rows)| std::iter::repeat_n(v, rows as usize)).collect();
            let mut bytes = Vec::new();
            encode(runs.into_iter(), width, &mut bytes);
            prop_assert_eq!(decode(&bytes, width, values.len()), values);
        }
    }
}
