//! How wide text is printed: Chinese characters take two columns.

/// Columns that a character takes.
pub(super) fn of(c: char) -> usize {
    match c {
        '\u{0}'..='\u{1f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Columns that a character takes at least and at most: programs that print Chinese differ on signs that other scripts share.
fn least_and_most(c: char) -> (usize, usize) {
    let ambiguous = matches!(
        c,
        '\u{a7}'..='\u{a8}'
            | '\u{b0}'..='\u{b1}'
            | '\u{b7}'
            | '\u{d7}'
            | '\u{f7}'
            | '\u{391}'..='\u{451}'
            | '\u{2010}'..='\u{203b}'
            | '\u{2103}'..='\u{2116}'
            | '\u{2150}'..='\u{22ff}'
            | '\u{2460}'..='\u{26ff}'
    );
    if ambiguous { (1, 2) } else { (of(c), of(c)) }
}

/// The columns at which `mark` stands in a line, each at least and at most.
pub(super) fn reaches_of(line: &str, mark: char) -> Vec<(usize, usize)> {
    let mut column = (0, 0);
    let mut found = Vec::new();
    for c in line.chars() {
        if c == mark {
            found.push(column);
        }
        let (least, most) = least_and_most(c);
        column = (column.0 + least, column.1 + most);
    }
    found
}

/// Columns that a text takes, at least and at most.
pub(super) fn reach_of(text: &str) -> (usize, usize) {
    text.chars().map(least_and_most).fold((0, 0), |sum, (least, most)| (sum.0 + least, sum.1 + most))
}

/// Columns that a text takes.
pub(super) fn of_text(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// The part of a line between two columns; what straddles a column belongs to the left.
pub(super) fn slice(line: &str, from: usize, to: usize) -> &str {
    let (mut column, mut start, mut end) = (0, line.len(), line.len());
    for (at, c) in line.char_indices() {
        if column >= from && start == line.len() {
            start = at;
        }
        if column >= to {
            end = at;
            break;
        }
        column += of(c);
    }
    &line[start.min(end)..end]
}

/// The columns at which `mark` stands in a line.
pub(super) fn columns_of(line: &str, mark: char) -> Vec<usize> {
    let mut column = 0;
    let mut found = Vec::new();
    for c in line.chars() {
        if c == mark {
            found.push(column);
        }
        column += of(c);
    }
    found
}
