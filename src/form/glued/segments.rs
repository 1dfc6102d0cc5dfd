//! Figures and words side by side between two labels that the grammar knows: a label that lost a character, or a name of one's own
//! that a number leads, and the figures on its line.

use super::figures::{Across, Run, length};
use crate::grammar::Holds;
use crate::grammar::lexicon::Lexicon;
use std::ops::Range;

/// What stands behind the number of a line.
const NUMBER_ENDS: [char; 3] = ['、', '．', '）'];

/// The words and the figures of a text that begins at a place of the dump. Figures count as such where some number of decimals parts
/// them under the columns; others are a part of the words around them.
pub(super) fn segments(
    bare: &str,
    start: usize,
    (columns, across): (&[Holds], &[Across]),
    lexicon: &Lexicon,
) -> Vec<Range<usize>> {
    let (mut pieces, mut from, mut at) = (Vec::new(), 0, 0);
    let mut push = |range: Range<usize>| {
        if !bare[range.clone()].trim().is_empty() {
            pieces.push(start + range.start..start + range.end);
        }
    };
    while at < bare.len() {
        let whole = length(&bare[at..], lexicon);
        if whole == 0 {
            at += bare[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let end = at + whole - number_of_line(&bare[at..at + whole], &bare[at + whole..]);
        let run = Run::of(&bare[at..end], at, columns, lexicon);
        // A text that is figures alone is a run, whether it can be parted or not.
        if (at == 0 && end == bare.len()) || run.is_some_and(|run| run.with(across).may_be_parted()) {
            push(from..at);
            push(at..end);
            from = end;
        }
        at += whole;
    }
    push(from..bare.len());
    pieces
}

/// Bytes at the end of figures that are the number of the line behind them: one digit.
fn number_of_line(figures: &str, behind: &str) -> usize {
    let numbered = behind.starts_with(NUMBER_ENDS) && figures.ends_with(|c: char| c.is_ascii_digit());
    usize::from(numbered && figures.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Measure;

    fn told(text: &str) -> String {
        let columns = [Holds::Money(Measure::Budget), Holds::Money(Measure::Executed)];
        let pieces = segments(text, 0, (&columns, &[]), &Lexicon::built_in().unwrap());
        pieces.into_iter().map(|piece| &text[piece]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_with_names_of_their_own_are_parted_from_figures() {
        let text = "340.60317.291、村安服务236.0137.222、会机建设104.59180.07";
        assert_eq!(told(text), "340.60317.29|1、村安服务|236.0137.22|2、会机建设|104.59180.07");
        assert_eq!(told("其中：当年政拨款820.53820.53"), "其中：当年政拨款|820.53820.53");
    }

    #[test]
    fn figures_that_no_columns_part_belong_to_the_words_around_them() {
        assert_eq!(told("2023年12月完成3期"), "2023年12月完成3期");
        assert_eq!(told("820.53"), "820.53");
        assert_eq!(told(""), "");
    }
}
