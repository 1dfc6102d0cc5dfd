//! Which dialect a dump is written in, by the evidence of its lines.

use super::{Dialect, line};

/// Lines looked at; a dump does not change its dialect half way.
const SAMPLE: usize = 1_000;

/// Counts of lines by where their TABs stand.
#[derive(Default)]
struct Tabs {
    /// Led by a TAB, with no other.
    one_led: usize,
    /// Led by a TAB, with others.
    many_led: usize,
    /// With TABs, none in front.
    between: usize,
}

/// The dialect of a dump, or `None` where no line holds a TAB.
pub fn detect(text: &str) -> Option<Dialect> {
    let mut tabs = Tabs::default();
    let mut rest = text;
    for _ in 0..SAMPLE {
        let Ok((next, current)) = line(rest) else {
            break;
        };
        rest = next;
        count(current, &mut tabs);
    }
    choose(&tabs)
}

fn count(line: &str, tabs: &mut Tabs) {
    match (line.as_bytes().first(), memchr::memrchr(b'\t', line.as_bytes())) {
        (_, None) => {}
        (Some(b'\t'), Some(0)) => tabs.one_led += 1,
        (Some(b'\t'), Some(_)) => tabs.many_led += 1,
        (_, Some(_)) => tabs.between += 1,
    }
}

fn choose(tabs: &Tabs) -> Option<Dialect> {
    let led = tabs.one_led + tabs.many_led;
    if led + tabs.between == 0 {
        return None;
    }
    // Where a TAB leads every cell, lines with TABs only between cells are the ends of broken cells: few.
    if tabs.between * 3 > led {
        return Some(Dialect::Tsv);
    }
    Some(if tabs.many_led * 2 > tabs.one_led { Dialect::RowLines } else { Dialect::CellLines })
}
