//! One printed form taken apart by its structure: tables under headers, labels beside values, lines.

use super::constancy::Constancy;
use super::known::Known;
use super::specimen::{Piece, Row, Specimen};
use crate::grammar::BlockKind;

/// Rows behind a header among which its first line of figures must stand.
const EVIDENCE_WITHIN: usize = 4;
/// Rows that are put together where empty paragraphs parted one.
const JOINED: usize = 8;
/// Labels of scored lines' columns that make a row their header.
const SCORED_COLUMNS: usize = 3;
/// Lines of figures that make a row of two words the header of one column.
const NARROW_EVIDENCE: usize = 3;

/// What one form is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub tables: Vec<Table>,
    pub pairs: Vec<Pair>,
    /// Texts that stand alone in their row, without a colon.
    pub lines: Vec<Piece>,
    /// Labels of the row with the totals of weights and scores.
    pub totals: Vec<String>,
}

/// A label and what stands beside it.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub label: String,
    pub value: Option<Piece>,
    /// The whole text, where label and value stand in one.
    pub whole: Option<String>,
}

/// A header and the rows under it.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub kind: BlockKind,
    /// The form it stands in.
    pub form: usize,
    /// What stands in the corner: before the first column, or in a header above this one.
    pub corner: Vec<String>,
    /// The columns: place in a full row, printed label.
    pub columns: Vec<(usize, String)>,
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct TableRow {
    /// The text nearest before its first column.
    pub label: Option<String>,
    /// Whether the label stands in one cell with a sum.
    pub inline: bool,
    /// What stands under each column.
    pub cells: Vec<Option<Piece>>,
}

/// Takes a form apart.
pub(super) fn outline(form: usize, specimen: &Specimen, known: &Known<'_>, constancy: &Constancy) -> Outline {
    let reader = Reader { form, rows: &specimen.rows, known, constancy };
    let mut outline = Outline::default();
    let mut at = 0;
    while at < specimen.rows.len() {
        let Some((kind, header, taken)) = reader.header_at(at) else {
            if let Some((table, next)) = reader.sums(at) {
                outline.tables.push(table);
                at = next;
                continue;
            }
            reader.pairs(&specimen.rows[at], &mut outline);
            at += 1;
            continue;
        };
        let above = reader.storey_above(at, header.cells.len());
        let (header, below) = reader.with_storey_below(header, at + taken);
        let (mut table, next) =
            reader.table(kind, &header, at + taken + usize::from(!below.is_empty()), &mut outline);
        table.corner.extend(below);
        if let Some(above) = above {
            table.corner.extend(above);
            outline.pairs.retain(|pair| !table.corner.contains(&pair.label));
        }
        outline.tables.push(table);
        at = next;
    }
    outline
}

struct Reader<'a, 'g> {
    /// The form's number among those of its kind.
    form: usize,
    rows: &'a [Row],
    known: &'a Known<'g>,
    constancy: &'a Constancy,
}

impl Reader<'_, '_> {
    /// The header that begins at a row: what kind of table it heads, its cells, and how many rows it takes.
    fn header_at(&self, at: usize) -> Option<(BlockKind, Row, usize)> {
        let row = self.rows.get(at)?;
        if row.body || row.filled().count() < 2 || !all_words(row) {
            return None;
        }
        let (joined, taken) = self.joined_header(at);
        if let Some((kind, count)) = self.known.header(&joined)
            && count >= if kind == BlockKind::ScoredLines { SCORED_COLUMNS } else { 2 }
        {
            return Some((kind, joined, taken));
        }
        let varies = row.filled().any(|(_, piece)| self.constancy.varies(&self.known.bare(&piece.text)));
        if varies {
            return None;
        }
        let ahead = (at + 1..self.rows.len()).take(EVIDENCE_WITHIN);
        let figures =
            ahead.clone().filter(|&next| is_figures(&self.joined(next, row.cells.len()).0, row)).count();
        let told = row.filled().all(|(_, piece)| self.constancy.stays(&self.known.bare(&piece.text)));
        let enough = if row.cells.len() == 2 && !told { NARROW_EVIDENCE } else { 1 };
        if figures >= enough {
            return Some((BlockKind::Matrix, row.clone(), 1));
        }
        let prose = self.rows.get(at + 1).is_some_and(|next| {
            let own_words =
                |piece: &Piece| piece.is_words() && self.constancy.varies(&self.known.bare(&piece.text));
            is_prose_under(next, row, |piece| piece.is_prose() || (told && own_words(piece)))
        });
        prose.then(|| (BlockKind::Passages, row.clone(), 1))
    }

    /// A header that empty paragraphs broke into several rows, as long as each piece adds columns that are known.
    fn joined_header(&self, at: usize) -> (Row, usize) {
        let mut row = self.rows[at].clone();
        let mut known = self.known.header(&row);
        let mut taken = 1;
        while let Some(next) =
            self.rows.get(at + taken).filter(|next| !next.body && all_words(next) && taken < 4)
        {
            let mut longer = row.clone();
            longer.cells.extend(next.cells.iter().cloned());
            let found = self.known.header(&longer);
            let more = matches!((known, found), (Some((kind, before)), Some((same, count)))
                if before > 0 && kind == same && count > before && self.known.header(next).is_none_or(|(_, own)| own < 3));
            if !more || next.cells.len() >= row.cells.len() {
                break;
            }
            (row, known) = (longer, found);
            taken += 1;
        }
        (row, taken)
    }

    /// The labels of a row of words right above a header, as wide as it, that spans its columns.
    fn storey_above(&self, at: usize, width: usize) -> Option<Vec<String>> {
        let above = self.rows.get(at.checked_sub(1)?)?;
        let spans = !above.body && above.cells.len() == width && all_words(above);
        let blank = above.cells.iter().any(Piece::is_blank);
        let told = above.filled().all(|(_, piece)| self.constancy.stays(&self.known.bare(&piece.text)));
        (spans && blank && told).then(|| above.filled().map(|(_, piece)| piece.text.clone()).collect())
    }

    /// A header with the labels of the row below it, where that parts its columns further; and those labels.
    fn with_storey_below(&self, mut header: Row, at: usize) -> (Row, Vec<String>) {
        if let Some(wider) = self.rows.get(at).and_then(|row| spread(&header, row)) {
            return (wider, self.rows[at].filled().map(|(_, piece)| piece.text.clone()).collect());
        }
        let below = self
            .rows
            .get(at)
            .filter(|row| !row.body && row.cells.len() == header.cells.len() && all_words(row));
        let parts = below.filter(|row| {
            let told = row.filled().all(|(_, piece)| self.constancy.stays(&self.known.bare(&piece.text)));
            told && row.cells[0].is_blank()
                && row.filled().count() < header.filled().count()
                && self.known.header(row).is_some_and(|(_, columns)| columns < SCORED_COLUMNS)
                && row.filled().any(|(place, _)| header.cells[place].is_blank())
        });
        let Some(row) = parts else { return (header, Vec::new()) };
        for (place, piece) in row.filled() {
            if header.cells[place].is_blank() {
                header.cells[place] = piece.clone();
            }
        }
        (header, row.filled().map(|(_, piece)| piece.text.clone()).collect())
    }

    /// A row, with the next ones where they fill it up to `width`; and how many rows that takes.
    fn joined(&self, at: usize, width: usize) -> (Row, usize) {
        let mut row = self.rows[at].clone();
        // A row that ends with figures is whole, however short.
        let broken = !row.body
            && row.cells.len() < width
            && row.cells.last().is_some_and(|last| last.number().is_none());
        if !broken {
            return (row, 1);
        }
        for taken in 2..=JOINED {
            let Some(next) = self.rows.get(at + taken - 1).filter(|next| !next.body) else { break };
            if next.cells.len() >= width || row.cells.len() + next.cells.len() > width {
                break;
            }
            row.cells.extend(next.cells.iter().cloned());
            if row.cells.len() == width {
                return (row, taken);
            }
        }
        (self.rows[at].clone(), 1)
    }

    /// The table under a header, and the row behind it.
    fn table(&self, kind: BlockKind, header: &Row, from: usize, outline: &mut Outline) -> (Table, usize) {
        let width = header.cells.len();
        let mut rows: Vec<Row> = Vec::new();
        let mut at = from;
        while at < self.rows.len() {
            let (row, taken) = self.joined(at, width);
            if self.is_broken_cell(&row, at, width) {
                at += 1;
                continue;
            }
            if kind == BlockKind::ScoredLines && self.leads(&row, |text| self.known.is_total(text)) {
                outline.totals.extend(row.filled().next().map(|(_, piece)| piece.text.clone()));
                at += taken;
                break;
            }
            if !self.belongs(kind, &row, header, at, rows.is_empty()) {
                break;
            }
            rows.push(row);
            at += taken;
        }
        (self.bound(kind, header, &rows, outline), at)
    }

    /// Whether a row is the rest of a cell that a line break parted: words alone, with the table going on behind them.
    fn is_broken_cell(&self, row: &Row, at: usize, width: usize) -> bool {
        let goes_on =
            self.rows.get(at + 1).is_some_and(|next| next.cells.len() * 2 > width && next.cells.len() > 2);
        row.cells.len() == 1 && goes_on && row.filled().all(|(_, piece)| !piece.text.contains([':', '：']))
    }

    fn leads(&self, row: &Row, is: impl Fn(&str) -> bool) -> bool {
        row.filled().next().is_some_and(|(_, piece)| is(&piece.text))
    }

    fn belongs(&self, kind: BlockKind, row: &Row, header: &Row, at: usize, first: bool) -> bool {
        let width = header.cells.len();
        if row.body || row.cells.len() < 2 || row.cells.len() > width {
            return false;
        }
        let beside = |text: &str| {
            (self.known.field(text).is_some() || self.known.text(text).is_some())
                && self.known.row(text).is_none()
        };
        match kind {
            BlockKind::ScoredLines => {
                let level = self.leads(row, |text| self.known.is_level(text));
                (level || !self.leads(row, beside)) && self.header_at(at).is_none()
            }
            BlockKind::Passages => {
                let under = row.filled().any(|(_, piece)| !piece.is_blank());
                let prose = first || row.filled().any(|(_, piece)| piece.is_prose());
                let lead =
                    row.cells[0].is_blank() || row.cells[0].is_prose() || row.cells.len() < width || first;
                under && prose && lead && row.cells.len() + 1 >= width && self.header_at(at).is_none()
            }
            BlockKind::Matrix => {
                if row.filled().any(|(_, piece)| is_inline(piece)) {
                    return true;
                }
                if row.filled().any(|(_, piece)| piece.number().is_some()) {
                    return figures_apart_from_words(row)
                        && (row.cells.len() == width || leads_with_words(row));
                }
                // A line on which nothing was spent: its label alone.
                let words = row.filled().count();
                row.cells.len() == width
                    && words <= 2
                    && row.cells[1..].iter().filter(|cell| cell.is_blank()).count() * 2 >= width - 1
                    && !self.leads(row, beside)
                    && !row.filled().any(|(_, piece)| piece.is_prose())
            }
        }
    }

    /// Rows bound to the columns of their header; what stands beside a label before the first column goes to `outline`.
    fn bound(&self, kind: BlockKind, header: &Row, rows: &[Row], outline: &mut Outline) -> Table {
        let width = header.cells.len();
        let under = |place: usize| rows.iter().filter_map(move |row| aligned(row, width, place));
        let is_column = |place: usize, piece: &Piece| {
            let filled = || under(place).any(|cell| !cell.is_blank());
            match kind {
                // Above nothing but blank cells stands the corner, whatever it is in another form.
                BlockKind::Passages => {
                    (place > 0 || self.known.column(&piece.text, kind).is_some()) && filled()
                }
                _ => {
                    self.known.column(&piece.text, kind).is_some()
                        || under(place).any(|cell| cell.number().is_some())
                }
            }
        };
        let first =
            header.filled().find(|(place, piece)| is_column(*place, piece)).map_or(1, |(place, _)| place);
        let columns: Vec<(usize, String)> = header
            .filled()
            .filter(|(at, _)| *at >= first)
            .map(|(at, piece)| (at, piece.text.clone()))
            .collect();
        let before = Row { body: false, cells: header.cells[..first].to_vec() };
        let mut corner = Vec::new();
        if before.filled().any(|(_, piece)| {
            self.is_pair(&piece.text) || self.constancy.varies(&self.known.bare(&piece.text))
        }) {
            self.pairs(&before, outline);
        } else {
            corner.extend(before.filled().map(|(_, piece)| piece.text.clone()));
        }
        let mut bound = Vec::new();
        for (nth, row) in rows.iter().enumerate() {
            let before: Vec<&Piece> = (0..first)
                .filter_map(|place| aligned(row, width, place))
                .filter(|cell| cell.is_words())
                .collect();
            if nth == 0 && corner.is_empty() && before.len() > 1 {
                corner.push(before[0].text.clone());
            }
            if kind == BlockKind::Matrix && row.filled().any(|(_, piece)| is_inline(piece)) {
                let sums = row.filled().filter(|(_, piece)| is_inline(piece));
                bound.extend(sums.map(|(_, piece)| inline_row(piece, columns.len())));
                continue;
            }
            let cells = columns
                .iter()
                .map(|(place, _)| aligned(row, width, *place).filter(|cell| !cell.is_blank()).cloned());
            let label = before.last().map(|cell| cell.text.clone());
            bound.push(TableRow { label, inline: false, cells: cells.collect() });
        }
        Table { kind, form: self.form, corner, columns, rows: bound }
    }

    /// A table without a header: rows of a label and its sum, the first with what stands in the corner before them.
    fn sums(&self, from: usize) -> Option<(Table, usize)> {
        let first: Vec<&Piece> =
            self.rows.get(from).filter(|row| !row.body)?.filled().map(|(_, piece)| piece).collect();
        let [corner, label, _] = first.as_slice() else { return None };
        let told = |piece: &Piece| piece.is_words() && self.constancy.stays(&self.known.bare(&piece.text));
        if !told(corner) || !told(label) || self.is_pair(&corner.text) {
            return None;
        }
        let (mut rows, mut sums, mut at) = (Vec::new(), 0, from);
        while let Some(row) = self.rows.get(at).filter(|row| !row.body && self.header_at(at).is_none()) {
            let skipped = if at == from { 1 } else { 0 };
            let under = at == from || row.cells[0].is_blank();
            let filled: Vec<&Piece> = row.filled().map(|(_, piece)| piece).skip(skipped).collect();
            let label = match filled.as_slice() {
                [label, sum] if sum.number().is_some() => {
                    sums += 1;
                    label
                }
                [label] => label,
                _ => break,
            };
            if !under || !told(label) || self.is_pair(&label.text) {
                break;
            }
            rows.push(TableRow { label: Some(label.text.clone()), inline: true, cells: Vec::new() });
            at += 1;
        }
        let corner = vec![corner.text.clone()];
        let table = Table { kind: BlockKind::Matrix, form: self.form, corner, columns: Vec::new(), rows };
        (sums > 1).then_some((table, at))
    }

    fn is_pair(&self, text: &str) -> bool {
        self.known.field(text).is_some() || self.known.text(text).is_some()
    }

    /// The labels of a row with what stands beside them, or the line that it is.
    fn pairs(&self, row: &Row, outline: &mut Outline) {
        let filled: Vec<(usize, &Piece)> = row.filled().collect();
        if let [(at, only)] = filled.as_slice() {
            match only.text.split_once([':', '：']).filter(|(label, _)| label.chars().count() <= 15) {
                Some((label, value)) => outline.pairs.push(Pair {
                    label: label.to_owned(),
                    value: (!value.is_empty()).then(|| Piece { text: value.to_owned(), ..(*only).clone() }),
                    whole: Some(only.text.clone()),
                }),
                None if row.cells.len() > 1 && at % 2 == 0 && only.is_words() => {
                    outline.pairs.push(Pair { label: only.text.clone(), value: None, whole: None });
                }
                None => outline.lines.push((*only).clone()),
            }
            return;
        }
        let mut at = 0;
        while at < row.cells.len() {
            let piece = &row.cells[at];
            if !self.may_label(piece, row.cells.get(at + 1)) {
                at += 1;
                continue;
            }
            let value = row.cells.get(at + 1).filter(|value| !value.is_blank()).cloned();
            outline.pairs.push(Pair { label: piece.text.clone(), value, whole: None });
            at += 2;
        }
    }

    /// Whether a cell of a row without header is a label, with `next` beside it.
    fn may_label(&self, piece: &Piece, next: Option<&Piece>) -> bool {
        if !piece.is_words() {
            return false;
        }
        let bare = self.known.bare(&piece.text);
        if self.known.field(&piece.text).is_some() || self.known.text(&piece.text).is_some() {
            return true;
        }
        // Two labels in a row: the first spans the second.
        let spans = next.is_some_and(|next| {
            next.is_words()
                && (self.known.field(&next.text).is_some() || self.known.text(&next.text).is_some())
        });
        !spans && !self.constancy.varies(&bare)
    }
}

/// Whether a cell is a label and a sum: `label: 12.50`, or with nothing behind its colon.
fn is_inline(piece: &Piece) -> bool {
    let Some((label, value)) = piece.text.rsplit_once([':', '：']) else { return false };
    let figure = value.is_empty() || value.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    piece.is_words() && figure && !label.is_empty()
}

/// The row that a label with its sum is; under the columns stands nothing of its own.
fn inline_row(piece: &Piece, columns: usize) -> TableRow {
    let label = piece.text.rsplit_once([':', '：']).map(|(label, _)| label.to_owned());
    TableRow { label, inline: true, cells: vec![None; columns] }
}

/// A header whose labels span columns that the wider row below it names: a run of names below one label, blank cells below
/// the others.
fn spread(header: &Row, below: &Row) -> Option<Row> {
    let fits = !below.body
        && all_words(below)
        && below.cells.len() > header.cells.len()
        && below.cells[0].is_blank();
    if !fits || below.filled().count() < 2 {
        return None;
    }
    let mut above = header.cells.iter();
    let mut cells: Vec<Piece> = Vec::new();
    let mut in_run = false;
    for cell in &below.cells {
        if cell.is_blank() || !in_run {
            let label = above.next()?;
            cells.push(if cell.is_blank() { label.clone() } else { cell.clone() });
        } else {
            cells.push(cell.clone());
        }
        in_run = !cell.is_blank();
    }
    above.next().is_none().then_some(Row { body: false, cells })
}

fn all_words(row: &Row) -> bool {
    row.filled().all(|(_, piece)| piece.is_words())
}

fn leads_with_words(row: &Row) -> bool {
    row.filled().next().is_some_and(|(_, piece)| piece.is_words())
}

/// Whether no word stands between two figures: in a row of labels and values one does.
fn figures_apart_from_words(row: &Row) -> bool {
    let figure = |piece: &Piece| piece.number().is_some();
    let first = row.cells.iter().position(figure);
    let last = row.cells.iter().rposition(figure);
    match (first, last) {
        (Some(first), Some(last)) => {
            row.cells[first..last].iter().all(|cell| figure(cell) || cell.is_blank())
        }
        _ => false,
    }
}

/// Whether a row is a label and figures, each under a cell of `header`.
fn is_figures(row: &Row, header: &Row) -> bool {
    let under =
        |(at, cell): (usize, &Piece)| cell.number().is_none() || (at > 0 && !header.cells[at].is_blank());
    !row.body
        && row.cells.len() == header.cells.len()
        && (leads_with_words(row) || row.cells[0].is_blank())
        && figures_apart_from_words(row)
        && row.filled().all(under)
}

/// Whether prose stands under the words of a header: under all of them, or all but its corner.
fn is_prose_under(row: &Row, header: &Row, is_prose: impl Fn(&Piece) -> bool) -> bool {
    if row.body || row.cells.len() != header.cells.len() || row.cells.len() < 2 {
        return false;
    }
    let under: Vec<&Piece> =
        header.filled().map(|(at, _)| &row.cells[at]).filter(|cell| !cell.is_blank()).collect();
    let corner = header.cells.len() > 2 && row.cells[0].is_blank();
    let all = under.len() + usize::from(corner) == header.filled().count();
    all && !under.is_empty() && under.iter().all(|cell| is_prose(cell))
}

/// The cell of a row at a place of a full one; a shorter row lacks its beginning.
fn aligned(row: &Row, width: usize, place: usize) -> Option<&Piece> {
    row.cells.get(place.checked_sub(width - row.cells.len().min(width))?)
}
