//! Sizes as people write them.

/// Bytes from `1000`, `512M`, `1GiB`; K, M, G and T are powers of 1024.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KIB" => 10,
        "M" | "MIB" => 20,
        "G" | "GIB" => 30,
        "T" | "TIB" => 40,
        _ => return Err("a size is a whole number of bytes, or of K, M, G or T, as in 512M".to_owned()),
    };
    let number: u64 =
        number.parse().map_err(|_| "a size begins with a whole number, as in 512M".to_owned())?;
    match number.checked_mul(1 << shift) {
        Some(0) => Err("a limit of nothing would refuse every document".to_owned()),
        Some(bytes) => Ok(bytes),
        None => Err("that is more than any machine holds".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes() {
        for (text, size) in [("1", 1), ("512M", 512 << 20), ("1g", 1 << 30), ("2KiB", 2048), ("7b", 7)] {
            assert_eq!(bytes(text), Ok(size), "{text}");
        }
        for text in ["", "M", "1.5G", "-1", "1 G", "1MB2", "0", "99999999999T", "1６"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }
}
