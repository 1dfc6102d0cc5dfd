//! What Parquet's encodings of integers share: numbers of few bits behind each other, and LEB128.

/// Appends numbers of a fixed number of bits to bytes, the lowest bit first.
#[derive(Clone, Copy)]
pub(super) struct BitPacker {
    width: u32,
    bits: u64,
    /// How many bits wait in `bits`.
    held: u32,
}

impl BitPacker {
    /// For numbers of at most `width` bits, which are at most 32.
    pub fn new(width: u8) -> Self {
        BitPacker { width: u32::from(width), bits: 0, held: 0 }
    }

    /// Appends a number.
    #[inline(always)]
    pub fn push(&mut self, value: u32, out: &mut Vec<u8>) {
        self.push_bits(u64::from(value), self.width, out);
    }

    /// Appends a number so many times, less than 32.
    #[inline(always)]
    pub fn repeat(&mut self, value: u32, times: u32, out: &mut Vec<u8>) {
        if times == 1 {
            return self.push(value, out);
        }
        if self.width == 1 {
            let all = (1 << times) - 1;
            return self.push_bits(if value == 0 { 0 } else { all }, times, out);
        }
        (0..times).for_each(|_| self.push(value, out));
    }

    /// Appends at most 32 bits. Up to 63 wait for the next ones.
    #[inline(always)]
    fn push_bits(&mut self, bits: u64, width: u32, out: &mut Vec<u8>) {
        self.bits |= bits << self.held;
        self.held += width;
        if self.held >= 64 {
            out.extend_from_slice(&self.bits.to_le_bytes());
            self.held -= 64;
            // What there was no room for; at most 32 bits are held here, and no more than were appended.
            self.bits = bits >> (width - self.held);
        }
    }

    /// Appends the bits that wait, filled up to whole bytes with zeros.
    #[inline]
    pub fn flush(&mut self, out: &mut Vec<u8>) {
        let bytes = self.held.div_ceil(8) as usize;
        out.extend_from_slice(&self.bits.to_le_bytes()[..bytes]);
        (self.bits, self.held) = (0, 0);
    }
}

/// An unsigned LEB128 number.
pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// What decodes the above, bit by bit, for tests of the encodings.
#[cfg(test)]
pub(super) mod decode {
    /// Takes an unsigned LEB128 number from the front.
    pub fn varint(bytes: &mut &[u8]) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = bytes[0];
            *bytes = &bytes[1..];
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }

    /// Takes `count` numbers of `width` bits from the front, which end with a byte.
    pub fn packed(bytes: &mut &[u8], width: usize, count: usize) -> Vec<u32> {
        let bit = |at: usize| u32::from(bytes[at / 8] >> (at % 8) & 1);
        let values = (0..count).map(|at| (0..width).map(|b| bit(at * width + b) << b).sum()).collect();
        *bytes = &bytes[count * width / 8..];
        values
    }
}
