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

/// Which of a table's edges, given by their columns, bars (or the crosses of rules) stand under on a line: each edge's place in
/// `edges` with the byte of its bar. Columns are counted anew from each bar, so that signs of unsure width move none but the next.
pub(super) fn bars_on(line: &str, edges: &[usize]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut column = (0, 0);
    for (at, c) in line.char_indices() {
        if matches!(c, '|' | '+') {
            let next = found.last().map_or(0, |&(edge, _)| edge + 1);
            let behind = edges[next..].iter().position(|&edge| edge >= column.0);
            if let Some(edge) = behind.map(|skipped| next + skipped).filter(|&edge| edges[edge] <= column.1) {
                found.push((edge, at));
                column = (edges[edge] + 1, edges[edge] + 1);
                continue;
            }
        }
        let (least, most) = least_and_most(c);
        column = (column.0 + least, column.1 + most);
    }
    found
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
