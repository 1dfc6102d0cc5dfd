//! Two texts side by side: the lines in which they differ, with a few around them.

use std::fmt::Write;

/// Lines shown around a difference.
const AROUND: usize = 2;
/// Lines shown in all.
const SHOWN: usize = 120;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    Old,
    New,
}

/// How `new` differs from `old`, as a unified diff; empty where they are equal.
pub fn diff(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let edits = edits(&old, &new);
    let near = |at: usize| {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(edits.len());
        edits[around].iter().any(|(side, _)| *side != Side::Both)
    };
    let mut shown = String::new();
    let (mut count, mut gap) = (0, true);
    for (at, (side, line)) in edits.iter().enumerate() {
        if !near(at) {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && at > 0 {
            shown.push_str("  ...\n");
        }
        let mark = match side {
            Side::Both => ' ',
            Side::Old => '-',
            Side::New => '+',
        };
        let _ = writeln!(shown, "{mark} {line}");
        count += 1;
        if count == SHOWN {
            shown.push_str("  ... and more\n");
            break;
        }
    }
    shown
}

/// A shortest way from `old` to `new`, by the longest common subsequence of what lies between their common ends.
fn edits<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(Side, &'t str)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    // common[i][j]: the length of the longest common subsequence of a[i..] and b[j..].
    let mut common = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] =
                if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let mut out: Vec<(Side, &str)> = old[..head].iter().map(|line| (Side::Both, *line)).collect();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            out.push((Side::Both, a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[i + 1][j] >= common[i][j + 1]) {
            out.push((Side::Old, a[i]));
            i += 1;
        } else {
            out.push((Side::New, b[j]));
            j += 1;
        }
    }
    out.extend(old_rest[old_rest.len() - tail..].iter().map(|line| (Side::Both, *line)));
    out
}

#[test]
fn a_difference_is_shown_with_what_stands_around_it() {
    assert_eq!(diff("a\nb\nc\nd\n", "a\nb\nc\nd\n"), "");
    let shown = diff("1\n2\n3\n4\n5\n6\n", "1\n2\n3\nfour\n5\n6\n7\n");
    assert_eq!(shown, "  ...\n  2\n  3\n- 4\n+ four\n  5\n  6\n+ 7\n");
}
