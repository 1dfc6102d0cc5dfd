//! The RLE / bit-packing hybrid in which Parquet keeps levels and dictionary keys.
//!
//! Source: Apache Parquet format, `Encodings.md`, "Run Length Encoding / Bit-Packing Hybrid (RLE = 3)".

use super::bits::{BitPacker, varint};

/// Values that are packed together.
const GROUP: u32 = 8;
/// Bytes that packed values begin with room for: those of some hundred runs.
const ROOM: usize = 1 << 10;

/// Appends `runs` of (value, rows), each value of at most `width` bits (one or more), to `out`.
pub(super) fn encode(runs: impl Iterator<Item = (u32, u32)>, width: u8, out: &mut Vec<u8>) {
    let mut packed = Packed::new(width);
    let mut bytes = Vec::with_capacity(ROOM);
    let length = u32::from(width).div_ceil(8);
    // Packed groups behind a run need a header of their own: as many rows are worth one.
    let worth = (8 * (length + 2)).div_ceil(u32::from(width));
    for (value, rows) in runs {
        if rows < worth {
            packed.push(value, rows, &mut bytes);
            continue;
        }
        // A run of packed groups ends on a whole group, unless it is the last.
        let fill = rows.min(packed.values.next_multiple_of(GROUP) - packed.values);
        if rows - fill < worth {
            packed.push(value, rows, &mut bytes);
            continue;
        }
        packed.push(value, fill, &mut bytes);
        packed.end(&mut bytes, out);
        packed = Packed::new(width);
        varint(u64::from(rows - fill) << 1, out);
        out.extend_from_slice(&value.to_le_bytes()[..length as usize]);
    }
    packed.end(&mut bytes, out);
}

/// Bits that every key below `keys` fits into.
pub(super) fn width_of(keys: usize) -> u8 {
    (usize::BITS - keys.saturating_sub(1).leading_zeros()) as u8
}

/// Packed values that wait for their header, which tells how many groups they are. It is moved and not lent, and the bytes are
/// kept beside it, so that it stays in registers while single values are packed.
#[derive(Clone, Copy)]
struct Packed {
    packer: BitPacker,
    /// How many they are.
    values: u32,
}

impl Packed {
    fn new(width: u8) -> Self {
        Packed { packer: BitPacker::new(width), values: 0 }
    }

    /// Adds a value so many times, less than 32.
    #[inline(always)]
    fn push(&mut self, value: u32, rows: u32, bytes: &mut Vec<u8>) {
        self.packer.repeat(value, rows, bytes);
        self.values += rows;
    }

    /// Writes the packed values with their header, the last group filled up with zeros.
    #[inline(never)]
    fn end(mut self, bytes: &mut Vec<u8>, out: &mut Vec<u8>) {
        if self.values == 0 {
            return;
        }
        let groups = self.values.div_ceil(GROUP);
        self.push(0, groups * GROUP - self.values, bytes);
        self.packer.flush(bytes);
        varint(u64::from(groups) << 1 | 1, out);
        out.append(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::super::bits::decode;
    use super::*;
    use proptest::prelude::*;

    /// Reads what the format's description says, apart from how `encode` writes it.
    fn decoded(mut bytes: &[u8], width: u8, rows: usize) -> Vec<u32> {
        let mut out = Vec::new();
        while out.len() < rows {
            let header = decode::varint(&mut bytes);
            let count = (header >> 1) as usize;
            if header & 1 == 0 {
                let length = usize::from(width).div_ceil(8);
                let mut value = [0; 4];
                value[..length].copy_from_slice(&bytes[..length]);
                bytes = &bytes[length..];
                out.extend(std::iter::repeat_n(u32::from_le_bytes(value), count));
                continue;
            }
            out.extend(decode::packed(&mut bytes, usize::from(width), count * 8));
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
            prop_assert_eq!(decoded(&bytes, width, values.len()), values);
        }
    }
}
