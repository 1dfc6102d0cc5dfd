//! Single values, altered; `place` decides how, so that the same places are always altered alike.

use crate::value::decimal::Decimal;

/// A decimal with one of its digits changed; which one depends on the place.
pub(super) fn digit(value: &mut Option<Decimal>, place: usize) -> bool {
    let Some(old) = *value else { return false };
    let length = old.mantissa().unsigned_abs().to_string().len();
    let power = 10i128.pow((place % length) as u32);
    let digit = old.mantissa().abs() / power % 10;
    let by = if digit == 9 { -power } else { power };
    *value = Some(Decimal::new(old.mantissa() + by, u8::try_from(old.scale()).unwrap()));
    true
}

/// A text with one of its digits changed; the last one where `place` is even.
pub(super) fn text_digit(text: &mut String, place: usize) -> bool {
    let digits: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let Some(&at) = (if place.is_multiple_of(2) { digits.last() } else { digits.first() }) else {
        return false;
    };
    let digit = text.as_bytes()[at] - b'0';
    text.replace_range(at..=at, &((digit + 1) % 10).to_string());
    true
}

pub(super) fn trust(word: &mut String, place: usize) -> bool {
    const WORDS: [&str; 5] = ["proven", "stated", "repaired", "assumed", "disputed"];
    let at = WORDS.iter().position(|known| known == word).unwrap();
    *word = WORDS[(at + 1 + place % 4) % 5].to_owned();
    true
}

/// Up or down by one, two or three lines.
pub(super) fn line(line: &mut i32, place: usize) -> bool {
    *line += [1, -1, 2, -2, 3][place % 5];
    true
}

/// A proof with the nth of its members called `key` changed.
pub(super) fn member(
    proof: &mut Option<String>,
    key: &str,
    place: usize,
    change: fn(&mut serde_json::Value),
) -> bool {
    let Some(mut json) = proof.as_deref().and_then(|text| serde_json::from_str(text).ok()) else {
        return false;
    };
    let mut count = 0;
    members(&mut json, key, &mut |_| count += 1);
    if count == 0 {
        return false;
    }
    let (mut at, wanted) = (0, place % count);
    members(&mut json, key, &mut |value| {
        if at == wanted {
            change(value);
        }
        at += 1;
    });
    *proof = Some(json.to_string());
    true
}

fn members(json: &mut serde_json::Value, key: &str, visit: &mut dyn FnMut(&mut serde_json::Value)) {
    match json {
        serde_json::Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                if name == key && !value.is_null() {
                    visit(value);
                }
                members(value, key, visit);
            }
        }
        serde_json::Value::Array(all) => all.iter_mut().for_each(|value| members(value, key, visit)),
        _ => {}
    }
}

pub(super) fn next_number(value: &mut serde_json::Value) {
    *value = match &*value {
        serde_json::Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
        serde_json::Value::Bool(holds) => (!*holds).into(),
        serde_json::Value::String(text) => {
            let mut text = text.clone();
            if !text_digit(&mut text, 0) {
                text.push('x');
            }
            text.into()
        }
        other => other.clone(),
    };
}

pub(super) fn replaced(word: &mut String, words: &[&str], place: usize) -> bool {
    let at = words.iter().position(|known| known == word).unwrap_or(0);
    *word = words[(at + 1 + place % (words.len() - 1)) % words.len()].to_owned();
    true
}

pub(super) fn maybe_line(given: &mut Option<i32>, place: usize) -> bool {
    given.as_mut().is_some_and(|given| line(given, place))
}

pub(super) fn other_code(code: &mut Option<String>, place: usize) -> bool {
    const CODES: [&str; 5] =
        ["funds.total", "funds.fiscal", "three_public", "expenditure.basic", "expenditure.project.item"];
    let Some(code) = code else { return false };
    replaced(code, &CODES, place)
}
