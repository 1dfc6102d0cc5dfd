//! The delta encoding in which Parquet keeps integers that differ little from those before them.
//!
//! Source: Apache Parquet format, `Encodings.md`, "Delta Encoding (DELTA_BINARY_PACKED = 5)".

use super::bits::{BitPacker, varint};

/// Numbers that share the delta which is taken from theirs.
const BLOCK: usize = 128;
/// Numbers that share the width of what is left.
const MINIBLOCK: usize = 32;
const MINIBLOCKS: usize = BLOCK / MINIBLOCK;

/// Appends `values` to `out`.
pub(super) fn encode(values: &[i32], out: &mut Vec<u8>) {
    for header in [BLOCK, MINIBLOCKS, values.len()] {
        varint(header as u64, out);
    }
    let Some((first, rest)) = values.split_first() else { return varint(0, out) };
    varint(zigzag(*first), out);
    let mut before = *first;
    for block in rest.chunks(BLOCK) {
        let mut deltas = [0; BLOCK];
        for (delta, value) in deltas.iter_mut().zip(block) {
            // What overflows comes right again when a reader adds it up in as many bits.
            *delta = value.wrapping_sub(before);
            before = *value;
        }
        encode_block(&deltas[..block.len()], out);
    }
}

fn encode_block(deltas: &[i32], out: &mut Vec<u8>) {
    let least = deltas.iter().copied().min().unwrap_or_default();
    varint(zigzag(least), out);
    let above = |delta: &i32| delta.wrapping_sub(least) as u32;
    let mut widths = [0; MINIBLOCKS];
    for (width, miniblock) in widths.iter_mut().zip(deltas.chunks(MINIBLOCK)) {
        let all = miniblock.iter().fold(0, |all, delta| all | above(delta));
        *width = (u32::BITS - all.leading_zeros()) as u8;
    }
    out.extend_from_slice(&widths);
    for (width, miniblock) in widths.iter().zip(deltas.chunks(MINIBLOCK)) {
        let mut packer = BitPacker::new(*width);
        miniblock.iter().for_each(|delta| packer.push(above(delta), out));
        (miniblock.len()..MINIBLOCK).for_each(|_| packer.push(0, out));
        packer.flush(out);
    }
}

/// A number so that those near zero are small, whatever their sign.
fn zigzag(value: i32) -> u64 {
    u64::from((value << 1 ^ value >> 31) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::bits::decode;
    use super::*;
    use proptest::prelude::*;

    fn signed(bytes: &mut &[u8]) -> i32 {
        let value = decode::varint(bytes) as u32;
        (value >> 1) as i32 ^ -((value & 1) as i32)
    }

    /// Reads what the format's description says, apart from how `encode` writes it.
    fn decoded(mut bytes: &[u8]) -> Vec<i32> {
        let bytes = &mut bytes;
        let [block, miniblocks, count] = [(); 3].map(|()| decode::varint(bytes) as usize);
        let mut out = vec![signed(bytes)];
        while out.len() < count {
            let least = signed(bytes);
            let (widths, rest) = bytes.split_at(miniblocks);
            *bytes = rest;
            for &width in widths.iter().take((count - out.len()).div_ceil(block / miniblocks)) {
                for above in decode::packed(bytes, usize::from(width), block / miniblocks) {
                    let before = out[out.len() - 1];
                    out.push(before.wrapping_add(least).wrapping_add(above as i32));
                }
            }
        }
        assert!(bytes.is_empty(), "{} bytes too many", bytes.len());
        out.truncate(count);
        out
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(
            values in proptest::collection::vec(prop_oneof![0..60, 0..60, any::<i32>()], 0..400)
        ) {
            let mut bytes = Vec::new();
            encode(&values, &mut bytes);
            prop_assert_eq!(decoded(&bytes), values);
        }
    }
}
