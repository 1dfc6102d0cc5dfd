//! A source's text cut into lines and cells, as simply as its dialect allows: a TAB begins a cell, and in `tsv` the start
//! of a line does too. Where rows begin is not decided; a row's `cell` says how far its start lies before a figure.

use crate::grammar::fold;
use std::ops::Range;

/// A quoted cell longer than this many lines is no cell but a stray quotation mark.
const QUOTED_LINES: usize = 200;

/// A part of a cell that stands on one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The cell, counted through the document.
    pub cell: usize,
    /// Its bytes in the text.
    pub start: usize,
    pub end: usize,
}

/// A text with its lines and cells.
pub(super) struct Sheet<'t> {
    pub text: &'t str,
    /// Whether a cell may break over lines without a sign, so that cells cannot be counted across lines.
    pub breaks: bool,
    /// For each line its pieces.
    lines: Vec<Vec<Piece>>,
    /// For each cell its bytes.
    cells: Vec<Range<usize>>,
}

impl<'t> Sheet<'t> {
    /// Cuts a text; on the lines `starts` forms begin, so that no cell goes on there.
    pub fn new(text: &'t str, dialect: Option<&str>, starts: &[i32]) -> Self {
        let breaks = dialect == Some("tsv");
        let mut sheet = Sheet { text, breaks, lines: Vec::new(), cells: Vec::from([Range::default()]) };
        let mut start = 0;
        let mut quoted = 0;
        while start < text.len() {
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let begins = starts.binary_search(&(sheet.len() + 1)).is_ok();
            if begins {
                sheet.cells.push(start..start);
            }
            quoted = sheet.line(start, end, quoted);
            start = end + 1;
        }
        sheet
    }

    /// Cuts a line; `quoted` is for how many lines a quoted cell has been open, and what is given back is the same.
    fn line(&mut self, start: usize, end: usize, quoted: usize) -> usize {
        let mut pieces = Vec::new();
        let mut at = start;
        let mut quoted = if quoted >= QUOTED_LINES { 0 } else { quoted };
        for (nth, text) in self.text[start..end].split('\t').enumerate() {
            let fresh = (nth > 0 || self.breaks) && quoted == 0;
            let piece_end = at + text.len();
            if fresh {
                self.cells.push(at..piece_end);
            }
            let cell = self.cells.len() - 1;
            self.cells[cell].end = piece_end;
            pieces.push(Piece { cell, start: at, end: piece_end });
            if self.breaks {
                let odd = text.matches('"').count() % 2 == 1;
                let opens = fresh && text.starts_with('"') && odd;
                quoted = if quoted > 0 && odd { 0 } else { quoted.max(usize::from(opens)) };
            }
            at = piece_end + 1;
        }
        self.lines.push(pieces);
        if quoted > 0 { quoted + 1 } else { 0 }
    }

    /// How many lines hold anything but white space.
    pub fn filled(&self) -> usize {
        (1..=self.lines.len() as i32).filter(|&line| self.is_filled(line)).count()
    }

    pub fn len(&self) -> i32 {
        self.lines.len() as i32
    }

    /// Whether anything but white space stands on a line.
    pub fn is_filled(&self, line: i32) -> bool {
        self.span(line).is_some_and(|span| self.text[span].chars().any(|c| !fold::is_space(c)))
    }

    /// The bytes of a line.
    pub fn span(&self, line: i32) -> Option<Range<usize>> {
        let pieces = self.pieces(line);
        Some(pieces.first()?.start..pieces.last()?.end)
    }

    pub fn pieces(&self, line: i32) -> &[Piece] {
        let at = usize::try_from(line).ok().and_then(|line| line.checked_sub(1));
        at.and_then(|at| self.lines.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The text of a cell, trimmed.
    pub fn cell(&self, cell: usize) -> &'t str {
        let text = self.cells.get(cell).map_or("", |span| &self.text[span.clone()]);
        fold::trim(self.bare(text))
    }

    /// A cell's text without the quotation marks around it.
    fn bare(&self, text: &'t str) -> &'t str {
        let text = fold::trim(text);
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inner.filter(|_| self.breaks).unwrap_or(text)
    }

    /// The cells whose own text begins on a line.
    pub fn beginning(&self, line: i32) -> Vec<usize> {
        let blank = |span: Range<usize>| self.text[span].chars().all(|c| fold::is_space(c) || c == '"');
        let begins = |piece: &&Piece| {
            let before = self.cells[piece.cell].start;
            blank(before..piece.start) && !blank(piece.start..piece.end)
        };
        self.pieces(line).iter().filter(begins).map(|piece| piece.cell).collect()
    }

    /// The cells in which `raw` begins on a line, alone in its cell or behind a label's colon.
    pub fn holding(&self, line: i32, raw: &str) -> Vec<usize> {
        let mut out = Vec::new();
        for piece in self.pieces(line).iter().filter(|_| !raw.is_empty()) {
            let own = self.cells[piece.cell].start;
            let places = (piece.start..piece.end).filter(|&at| self.text.is_char_boundary(at));
            for at in places.filter(|&at| self.text[at..].starts_with(raw)) {
                let before = self.text[own..at].trim_end_matches(|c| fold::is_space(c) || c == '"');
                let behind = self.text[at + raw.len()..].split(['\t', '\n']).next().unwrap_or_default();
                let alone = before.is_empty() || before.ends_with([':', '：']);
                if alone && behind.chars().all(|c| fold::is_space(c) || c == '"') {
                    out.push(piece.cell);
                }
            }
        }
        out
    }

    /// Whether `text` begins on a line, whatever white space and marks stand in it on either side; with `folded` letters
    /// are compared in their folded form.
    pub fn begins(&self, line: i32, text: &str, folded: bool) -> bool {
        let Some(span) = self.span(line) else { return false };
        let wanted = squashed(text, folded);
        if wanted.is_empty() {
            // Nothing but quotation marks, or marks.
            return self.text[span].contains(fold::trim(text));
        }
        // Long enough for the text and the marks an extractor may have left in it.
        let reach = span.end + 4 * text.len() + 512;
        let reach = (reach.min(self.text.len())..=self.text.len()).find(|&at| self.text.is_char_boundary(at));
        let region = &self.text[span.start..reach.unwrap_or(self.text.len())];
        let own = squashed(&self.text[span], folded).len();
        squashed(region, folded).match_indices(&wanted).any(|(at, _)| at < own)
    }

    /// The text between two lines, folded and without white space.
    pub fn between(&self, first: i32, last: i32) -> String {
        let span =
            self.span(first).zip(self.span(last)).map(|(first, last)| first.start..last.end.max(first.start));
        span.map(|span| squashed(&self.text[span], true)).unwrap_or_default()
    }

    /// Whether `text` stands between two lines, whatever white space and marks stand in it.
    pub fn stands(&self, lines: std::ops::RangeInclusive<i32>, text: &str) -> bool {
        let (Some(first), Some(last)) =
            (self.span(*lines.start()), self.span((*lines.end()).min(self.len())))
        else {
            return false;
        };
        first.start < last.end
            && squashed(&self.text[first.start..last.end], false).contains(&squashed(text, false))
    }
}

/// A text without white space, marks and quotation marks.
pub(super) fn squashed(text: &str, folded: bool) -> String {
    let bare = fold::strip_marks(text);
    let mut out = String::with_capacity(bare.len());
    if folded {
        fold::key_into(&bare, &mut out);
        out.retain(|c| c != '"');
        return out;
    }
    out.extend(bare.chars().filter(|&c| !fold::is_space(c) && c != '"'));
    out
}
