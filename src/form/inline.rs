//! Several fields in one line: headings (`label: value   (year)   label: value`) and signature lines.

use super::memory::{LineFields, Memory};
use crate::grammar::{FieldColumn, Grammar, Grammars, Labelling, fold, in_digits, is_year};
use std::ops::Range;

/// Bytes beyond which a cell is prose, not a heading.
const LONGEST: usize = 600;

/// As [`fields`], the places of the values; what was worked out lately is not worked out again.
pub(super) fn remembered(text: &str, form: usize, grammars: &Grammars, memory: &mut Memory) -> LineFields {
    if text.len() > LONGEST || !may_hold(text.as_bytes()) {
        return Vec::new();
    }
    let places = memory.lines.get(form, text, || {
        let place = |value: &str| {
            let start = value.as_ptr() as usize - text.as_ptr() as usize;
            start as u32..(start + value.len()) as u32
        };
        let found = fields(text, &grammars.forms[form], &grammars.labelling).into_iter();
        found.map(|(column, value)| (column, place(value))).collect()
    });
    places.clone()
}

/// Whether a text may hold a field: a colon or a digit, or a character that may fold to one.
fn may_hold(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b':' | b'0'..=b'9' => return true,
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => at += 1,
            // Ideographs and their space; anything beside them is left to folding.
            0xe4..=0xe9 => at += 3,
            0xe3 if text.get(at + 1) == Some(&0x80) => at += 3,
            _ => return true,
        }
    }
    false
}

/// The fields printed in `text`, each with its value as a slice of `text`, trimmed; a value may be empty.
pub(crate) fn fields<'t>(
    text: &'t str,
    grammar: &Grammar,
    labelling: &Labelling,
) -> Vec<(FieldColumn, &'t str)> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let (mut key, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    fold::key_with_places(text, &mut key, &mut places);
    places.push(text.len());
    let alone = |at: usize| text[..places[at]].ends_with(fold::is_space);
    let marks = marks(&key, grammar, labelling, alone);
    let mut found = Vec::with_capacity(marks.len());
    for (nth, mark) in marks.iter().enumerate() {
        let end = marks.get(nth + 1).map_or(key.len(), |next| next.at.start);
        let value = mark.value.clone().unwrap_or(mark.at.end..end);
        // Between a label's colon and the next label there may be nothing but white space.
        let raw = match value.is_empty() {
            true => &text[places[value.start]..places[value.start]],
            false => &text[places[value.start]..place_behind(text, &places, value.end)],
        };
        found.push((mark.column, without_noise(raw, grammar)));
    }
    found
}

/// Digits of the shortest telephone number, short numbers of services included.
const SHORTEST_PHONE: usize = 5;

/// Decimals of the longest sum: more behind a point are a telephone number's.
const MOST_DECIMALS: usize = 6;

/// Whether a text that stands where a person's name or telephone number should is a figure: it has decimals, a percent sign or
/// groups of digits, or fewer digits than any telephone number.
pub(crate) fn is_no_person(text: &str) -> bool {
    let figure = |c: char| matches!(fold::narrow(c), '0'..='9' | '.' | ',' | '%' | '-');
    let digits = text.chars().filter(|&c| fold::narrow(c).is_ascii_digit()).count();
    if digits == 0 || !text.chars().all(figure) {
        return false;
    }
    let text: String = text.chars().map(fold::narrow).collect();
    let decimals = |(_, behind): (&str, &str)| {
        behind.len() <= MOST_DECIMALS && behind.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.ends_with('%')
        || text.contains(',')
        || text.split_once('.').is_some_and(decimals)
        || (digits < SHORTEST_PHONE && !text.contains('-'))
}

/// Where a field's label, or a year that stands alone, is printed in a folded line.
struct Mark {
    column: FieldColumn,
    at: Range<usize>,
    /// The value, where it is not what follows up to the next mark.
    value: Option<Range<usize>>,
}

/// The labels and the year in a folded line; `parted` says whether white space stood before a place of it.
fn marks(key: &str, grammar: &Grammar, labelling: &Labelling, parted: impl Fn(usize) -> bool) -> Vec<Mark> {
    let mut marks: Vec<Mark> = grammar
        .inline
        .find(key)
        .filter_map(|(column, at)| {
            let behind = behind_label(key, at.end)?;
            Some(Mark { column, at: at.start..behind, value: None })
        })
        .collect();
    let year = labelling.year(key).or_else(|| year_in_brackets(key));
    if let Some(year) = year.filter(|year| !marks.iter().any(|mark| mark.at.contains(&year.start))) {
        let apart = !marks.is_empty() && parted(year.start);
        marks.extend(year_alone(key, year, apart));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// Where the value begins behind a label that ends at `end`: after a colon, perhaps with a bracket before it.
fn behind_label(key: &str, end: usize) -> Option<usize> {
    let mut at = end;
    if key[at..].starts_with('(') {
        at += key[at..].find(')')? + 1;
    }
    key[at..].starts_with(':').then_some(at + 1)
}

/// A year in brackets whose word for year is misspelled or left out: `(2022)`, `(2022度)`.
fn year_in_brackets(key: &str) -> Option<Range<usize>> {
    key.match_indices('(').find_map(|(open, _)| {
        let (digits, behind) = key[open + 1..].split_at_checked(4)?;
        let (word, _) = behind.split_once(')')?;
        let mut word = word.chars();
        let short = word.by_ref().take(2).all(char::is_alphabetic) && word.next().is_none();
        (is_year(&in_digits(digits)) && short).then_some(open + 1..open + 5)
    })
}

/// A year in brackets, at a line's start, or `apart` between two fields: `(2022年度)`.
fn year_alone(key: &str, year: Range<usize>, apart: bool) -> Option<Mark> {
    let open = key[..year.start].ends_with('(');
    let start = year.start - usize::from(open);
    let behind = &key[year.end..];
    let word = behind.find(')').filter(|&at| at <= 9);
    let end = match word {
        Some(at) => year.end + at + 1,
        None if open || start == 0 || apart => {
            year.end + behind.chars().take(2).map(char::len_utf8).sum::<usize>()
        }
        None => return None,
    };
    Some(Mark { column: FieldColumn::FiscalYear, at: start..end, value: Some(year) })
}

/// The offset in `text` behind the character that the key's byte before `end` came from.
fn place_behind(text: &str, places: &[usize], end: usize) -> usize {
    let Some(last) = end.checked_sub(1) else { return 0 };
    let at = places[last];
    text[at..].chars().next().map_or(at, |c| at + c.len_utf8())
}

/// Whether what stands behind a year goes on to a month, a day or a bound, as a target does.
pub(super) fn is_dated(behind: &str, grammars: &Grammars) -> bool {
    let rest = grammars.labelling.behind_year_word(behind);
    let mut next = rest.chars().map(fold::narrow);
    let next = next.next().filter(|&c| c != ')');
    next.is_some_and(|c| c.is_ascii_digit() || grammars.lexicon.running_on.strip(rest).is_some())
}

/// `text` trimmed, without what the template prints where a value belongs.
pub(super) fn without_noise<'t>(text: &'t str, grammar: &Grammar) -> &'t str {
    let mut rest = fold::trim(text);
    // Noise is short and stands in brackets; longer texts and those without one hold none.
    while rest.len() <= 300 && rest.contains(['(', '（']) {
        let Some(shorter) = strip_noise(rest, grammar) else { break };
        rest = fold::trim(fold::trim(shorter).trim_start_matches(['：', ':']));
    }
    rest
}

/// `text` without one noise word at its start or end, compared folded.
fn strip_noise<'t>(text: &'t str, grammar: &Grammar) -> Option<&'t str> {
    let (mut key, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    fold::key_with_places(text, &mut key, &mut places);
    places.push(text.len());
    grammar.noise.iter().find_map(|noise| {
        if key.starts_with(noise.as_str()) {
            return Some(&text[place_behind(text, &places, noise.len())..]);
        }
        key.ends_with(noise.as_str()).then(|| &text[..places[key.len() - noise.len()]])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Grammars;

    fn read(text: &str) -> Vec<(FieldColumn, &str)> {
        let grammars = Grammars::built_in().unwrap();
        let at = grammars.forms.iter().position(|g| g.id == "project_self_evaluation").unwrap();
        fields(text, &grammars.forms[at], &grammars.labelling)
    }

    #[test]
    fn headings_hold_several_fields() {
        use FieldColumn::*;
        assert_eq!(
            read(" 填报单位： （盖章）      （2022年度）       单位：元"),
            [(ReportingOrg, ""), (FiscalYear, "2022"), (Unit, "元")]
        );
        assert_eq!(
            read("填报单位（盖章）：某市某局　金额单位：万元"),
            [(ReportingOrg, "某市某局"), (Unit, "万元")]
        );
        assert_eq!(
            read("填报单位：某中心　　2024年度　　单位：元"),
            [(ReportingOrg, "某中心"), (FiscalYear, "2024"), (Unit, "元")]
        );
        assert_eq!(read("（2021年度）"), [(FiscalYear, "2021")]);
        assert_eq!(read("2021年度"), [(FiscalYear, "2021")]);
        assert_eq!(read("（2021度）  单位：元"), [(FiscalYear, "2021"), (Unit, "元")]);
        assert_eq!(read("（2021）"), [(FiscalYear, "2021")]);
        assert_eq!(read("2021年度）"), [(FiscalYear, "2021")]);
        assert_eq!(read("填报单位：某局（公章）"), [(ReportingOrg, "某局")]);
        assert_eq!(read("填报单位（盖章）：　　　单位：万元"), [(ReportingOrg, ""), (Unit, "万元")]);
    }

    #[test]
    fn signature_lines_too() {
        use FieldColumn::*;
        assert_eq!(
            read("填表人：某某  填报日期：20230329  联系电话：0000000  单位负责人签字："),
            [(PreparedBy, "某某"), (PreparedOn, "20230329"), (Phone, "0000000"), (SignedBy, "")]
        );
    }

    #[test]
    fn blanks_between_labels_are_no_value() {
        use FieldColumn::*;
        assert_eq!(
            read("填表人：某某  填报日期：  联系电话：-  单位负责人签字："),
            [(PreparedBy, "某某"), (PreparedOn, ""), (Phone, "-"), (SignedBy, "")]
        );
    }

    #[test]
    fn figures_are_no_persons() {
        for figure in ["191.8000", "1,024.15", "402.94", "87.61%", "10", "１９１．８"] {
            assert!(is_no_person(figure), "{figure}");
        }
        for person in
            ["0871-6543210", "13900000000", "0871.65432100", "12345", "某某", "某某 13900000000", "-", ""]
        {
            assert!(!is_no_person(person), "{person}");
        }
    }

    #[test]
    fn prose_holds_none() {
        assert_eq!(read("完成2022年度培训任务的单位，共30家"), []);
    }
}
