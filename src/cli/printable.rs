//! Text from outside on its way to a terminal.
//!
//! Names of files and words of foreign grammars may hold escape sequences that repaint a terminal, line breaks
//! that fake a line of output, or marks that turn the direction of text around.

use std::borrow::Cow;

/// Whether `c` shows as something else than itself.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text` with everything unprintable escaped as Rust writes it: `\n`, `\u{1b}`.
pub fn printable(text: &str) -> String {
    replaced(text, |c, out| out.extend(c.escape_default())).into_owned()
}

/// `text` with every unprintable character replaced by one mark, so that columns stay where they are.
pub fn in_place(text: &str) -> String {
    replaced(text, |c, out| out.push(if c == '\t' { ' ' } else { '\u{fffd}' })).into_owned()
}

/// JSON with everything unprintable in its strings escaped, not only what JSON demands.
pub fn in_json(json: &str) -> String {
    let escaped = replaced(json, |c, out| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    });
    escaped.into_owned()
}

fn replaced(text: &str, replace: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unprintable(c) { replace(c, &mut out) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        assert_eq!(printable("a\u{1b}[31m\n\u{202e}\u{9b}b"), r"a\u{1b}[31m\n\u{202e}\u{9b}b");
        assert_eq!(printable("表 一'\\"), "表 一'\\");
        assert_eq!(in_place("a\t\u{1b}b"), "a \u{fffd}b");
    }

    #[test]
    fn json_stays_what_it_says() {
        let text = "\u{202e}\u{e0041}\u{7f}表";
        let json = in_json(&serde_json::to_string(text).unwrap());
        assert_eq!(json, r#""\u202e\udb40\udc41\u007f表""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
