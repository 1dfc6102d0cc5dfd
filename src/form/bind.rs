//! Binding the rows of a form to its grammar.

mod another;
mod fields;
mod fit;
mod guessed;
mod header;
mod labelled;
mod matrix;
mod names;
mod order;
mod pairs;
mod recurring;
mod scored;
mod shares;
mod shown;
mod spread;
mod storeys;
mod title;
mod torn;
mod unsure;

use super::flow::Placed;
use super::label::{Looker, Sight, is_amount, is_figure};
use super::ledger::{Claim, Ledger};
use super::memory::Memory;
use super::row::{Expected, Outline, Rows, Slot};
use super::{Form, Level1, Printed, landmark};
use crate::dump::{Cell, Dialect, Grid, Opens};
use crate::finding::{Code, Finding};
use crate::grammar::{BlockKind, Grammar, Grammars, Holds, Kinds, Part, Role, fold};
use header::Places;
pub(super) use recurring::Recurring;
use std::collections::HashMap;
use std::ops::{Deref, Range};
use std::rc::Rc;

/// Reads the form that begins at `start`; `cells` are its own. Gives the form, and the place among its cells at which
/// another form of its kind begins without a title. `recurring` are the headers of the document's forms before it.
pub(super) fn read<'g, 't>(
    grid: &Grid<'t>,
    grammars: &'g Grammars,
    start: &landmark::Start<'t>,
    cells: &[Slot<'g>],
    memory: &mut Memory,
    recurring: &mut Recurring<'g>,
    ledger: &mut Ledger,
) -> (Form<'t>, Option<usize>) {
    let form = usize::from(start.grammar);
    let grammar = &grammars.forms[form];
    let mut rows = Rows::new(grid, cells, Looker::new(form, grammars, memory));
    rows.skip(start.cells);
    let last = &cells[start.cells.saturating_sub(1)].cell;
    let mut binder = Binder {
        grid,
        grammars,
        grammar,
        rows,
        form: Form {
            grammar: start.grammar,
            first_line: cells[0].cell.line + 1,
            last_line: last.last_line + 1,
            title: start.title,
            annex: start.annex,
            fields: Vec::with_capacity(8),
            sections: Vec::new(),
            items: Vec::with_capacity(few(cells.len() / 8)),
            figures: Vec::with_capacity(few(cells.len() / 2)),
            loose: Vec::new(),
            lines: Vec::new(),
            texts: Vec::new(),
            idle: Vec::new(),
            weight_total: None,
            score_total: None,
            lone_total: false,
            complete: false,
            headless: start.headless,
            guessed: HashMap::default(),
            findings: Vec::new(),
        },
        recurring,
        ledger,
        open: None,
        upper: None,
        stated: None,
        latest: Vec::new(),
        used: Vec::new(),
        torn_above: false,
        figures_above: false,
        has_total: false,
        widths: Vec::new(),
        untitled: start.cells == 0,
        filled_blocks: vec![false; grammar.blocks.len()],
        seen_texts: vec![false; grammar.texts.len()],
    };
    let heading = cells[..start.cells].iter().map(|slot| &slot.cell);
    for cell in heading.clone() {
        binder.claim(cell, Claim::Label);
    }
    // The title itself is read for its year later; what stands above it may hold fields of the heading.
    // Where lines hold more than rows it stands before the title on its line.
    let title = start.title.text.as_ptr() as usize;
    let shared = grid.dialect.shares_lines();
    let above = |cell: &&Cell| {
        cell.line + 1 < start.title.line
            || (shared && grid.text_of(cell).as_bytes().as_ptr_range().end as usize <= title)
    };
    for cell in heading.filter(above) {
        binder.bind_inline(cell, 1);
    }
    if start.near {
        binder.report_near_title();
    }
    if start.unknown {
        binder.report_unknown_title();
    }
    let rest = binder.read();
    (binder.finish(), rest)
}

/// The section that rows are being bound to.
#[derive(Clone, Debug)]
struct Open<'t> {
    /// Its place in [`Form::sections`].
    section: u32,
    /// What its header says of every row.
    plan: Rc<Plan>,
    /// First and second level, to be filled down.
    level1: Option<Level1<'t>>,
    level2: Option<Printed<'t>>,
    /// The last item of a known row, below which free rows stand.
    last_row: Option<u16>,
    /// Whether rows lost the cells of merges they stand in, so that they begin further left than their header.
    shifted: bool,
    /// Where its rows stand if not where they seem to.
    settled: Option<fit::Settled>,
    /// Where the label stands in a row that is as long as the header and fits under it, and its length.
    stands: Option<(usize, usize)>,
}

/// What a header says of the rows below it.
#[derive(Debug)]
struct Plan {
    block: u8,
    kind: BlockKind,
    /// Cells of a full row.
    width: usize,
    /// The place of its first column.
    first: usize,
    /// Where the columns of a scored line stand.
    places: Places,
    /// The places of its columns.
    headed: Vec<usize>,
    /// A bit for each of those that are among the first.
    headed_bits: u64,
    /// The places at which the header says again what stands before them.
    repeated: Vec<usize>,
    /// The blank places of a matrix's header behind its first column.
    gaps: Vec<usize>,
    expected: Expected,
}

impl Plan {
    /// Whether a header stands above a place of a full row.
    fn is_headed(&self, place: usize) -> bool {
        if place < 64 { self.headed_bits >> place & 1 == 1 } else { self.headed.contains(&place) }
    }
}

impl Deref for Open<'_> {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        &self.plan
    }
}

struct Binder<'a, 'g, 't> {
    grid: &'a Grid<'t>,
    grammars: &'g Grammars,
    grammar: &'g Grammar,
    rows: Rows<'a, 'g, 't>,
    form: Form<'t>,
    recurring: &'a mut Recurring<'g>,
    ledger: &'a mut Ledger,
    open: Option<Open<'t>>,
    /// The header bound last, until another row is.
    upper: Option<storeys::Upper<'g>>,
    /// The label that stood alone in the row above, where it opens a block and states its unit.
    stated: Option<header::Stated<'t>>,
    /// For each row of the open section's block, the last item on it.
    latest: Vec<Option<u32>>,
    /// Which cells of a row were bound: kept, so that no row makes it anew.
    used: Vec<bool>,
    /// Whether the scored line above may have been torn.
    torn_above: bool,
    /// Whether the row above is figures that nothing binds: parts of those below, perhaps.
    figures_above: bool,
    has_total: bool,
    /// For each section how many of its rows reach the end of its header, and how many of those go beyond it.
    widths: Vec<(u32, u32)>,
    /// Whether its title was cut off.
    untitled: bool,
    filled_blocks: Vec<bool>,
    seen_texts: Vec<bool>,
}

impl<'g, 't> Binder<'_, 'g, 't> {
    fn read(&mut self) -> Option<usize> {
        let (mut made, unknown) = (Vec::new(), Expected::default());
        let spreads = self.grammar.blocks.iter().any(|block| block.spread);
        loop {
            if spreads && self.bind_spread() {
                continue;
            }
            self.rows.upper = self.upper.as_ref().map(|upper| upper.row.len());
            let place = self.rows.place();
            let expected = self.open.as_ref().map_or(&unknown, |open| &open.expected);
            let row = self.rows.next(expected, &mut made)?;
            let outline = Outline::of(row);
            if self.begins_another(row, &outline, place) {
                return Some(place);
            }
            self.report_mended(row);
            let claim = if self.bind(row, &outline) {
                self.figures_above = false;
                None
            } else if self.is_boilerplate(row) {
                Some(Claim::Boilerplate)
            } else if self.heads_another_kind(row, &outline, place) {
                return Some(place);
            } else {
                self.tear_beside();
                self.tear_figures(row);
                self.report_unread(row, place..self.rows.place());
                continue;
            };
            self.claim_row(row, claim);
        }
    }

    /// Binds a row; false where nothing in it is understood.
    fn bind(&mut self, row: &[Slot<'g>], outline: &Outline) -> bool {
        if outline.filled == 0 || (outline.filled == 1 && self.is_title_again(&row[outline.first])) {
            return true;
        }
        let stated = self.stated.take();
        if let Some(upper) = self.upper.take() {
            self.stated = stated;
            if self.bind_lower(upper, row) {
                return true;
            }
            self.stated = None;
        }
        if self.rows.placed == Placed::Not {
            if self.bind_inline_alone(row) {
                return true;
            }
            self.note_item(row);
            self.report_loose(row);
            return true;
        }
        if row[0].cell.opens == Opens::Body {
            return self.bind_line(&row[0].cell);
        }
        let first = &row[outline.first].sight;
        if self.is_total(first) {
            return self.bind_total(row);
        }
        if outline.kinds.has(Kinds::COLUMN)
            && let Some(block) = self.header_of(row)
        {
            self.stated = stated;
            return self.bind_header(block, row);
        }
        if self.opens_another(first) && self.open_bare(row) {
            return true;
        }
        let Some(kind) = self.open.as_ref().map(|open| open.kind) else { return self.bind_pairs(row) };
        if self.leaves_section(first) {
            return self.bind_pairs(row);
        }
        let bound = match kind {
            BlockKind::Matrix => self.bind_item(row),
            BlockKind::ScoredLines => self.bind_scored(row),
            BlockKind::Passages => self.bind_passages(row),
        };
        bound || self.bind_pairs(row)
    }

    /// Whether the only cell of a row is the form's own title, printed once more at the top of a page.
    fn is_title_again(&self, only: &Slot<'g>) -> bool {
        let text = self.grid.text_of(&only.cell);
        let bare = self.grid.trimmed(&only.cell);
        if !self.untitled && !bare.ends_with(']') && !self.grammars.titles.may_end(bare) {
            return false;
        }
        text.len() <= self.form.title.text.len() * 2 && fold::name(text) == fold::name(self.form.title.text)
    }

    /// Whether a row begins with the label in the corner of a block that is not open.
    fn opens_another(&self, first: &Sight<'g>) -> bool {
        let block = self.open.as_ref().map(|open| open.block);
        first.has(Kinds::OPENS) && first.is(|role| matches!(role, Role::Opens(of) if Some(*of) != block))
    }

    /// Whether a row's first label belongs to no section: a field or a text.
    fn leaves_section(&self, first: &Sight<'g>) -> bool {
        let block = self.open.as_ref().map(|open| open.block);
        // The corner of passages, repeated below itself, may name a text elsewhere.
        let passages = self.open.as_ref().is_some_and(|open| open.kind == BlockKind::Passages);
        let again = passages && self.grid.dialect.shows_rows();
        if again && block.is_some_and(|block| first.opens(block)) {
            return false;
        }
        first.has(Kinds::PAIR) && block.is_none_or(|block| first.row_of(block).is_none())
    }

    /// Cells of which it is not certain under which columns they stand: none is bound, and each is reported.
    fn report_loose(&mut self, row: &[Slot<'g>]) {
        let in_matrix = self.open.as_ref().is_some_and(|open| open.kind == BlockKind::Matrix);
        let labelled = in_matrix && !self.is_sum(self.grid.trimmed(&row[0].cell));
        for (at, slot) in row.iter().enumerate() {
            let label = slot.sight.label.is_some() || (labelled && at == 0);
            // A label's cell may hold a figure behind its colon.
            let free = |printed: &Printed<'_>| !label || holds_figure(printed.text);
            if let Some(printed) = self.printed(row, at).filter(free) {
                self.misshapen(
                    printed,
                    "The dump does not show which cells of this row are empty, so nothing says under which column this one \
                     stands; it is kept here only.",
                );
            }
        }
    }

    /// Figures of a row that nothing binds, where the line that they stand on holds other rows as well, so that it counts as read.
    /// The row is those cells of the form.
    fn report_unread(&mut self, row: &[Slot<'g>], of: Range<usize>) {
        let shared = [Dialect::PipeRun, Dialect::Words, Dialect::SpacedCells, Dialect::Layout];
        if !shared.contains(&self.grid.dialect) && !self.shares_its_line(of) {
            return;
        }
        let figure = |printed: &Printed<'_>| is_figure(printed.text) || holds_figure(printed.text);
        for at in 0..row.len() {
            if let Some(printed) = self.printed(row, at).filter(figure) {
                self.misshapen(printed, "Nothing in its row says what this figure is; it is kept here only.");
            }
        }
    }

    /// Whether cells of the form, which are a row, stand on a line with others that hold something.
    fn shares_its_line(&self, row: Range<usize>) -> bool {
        let cells = self.rows.cells;
        let Some((first, last)) = cells.get(row.start).zip(cells.get(row.end.saturating_sub(1))) else {
            return false;
        };
        let (first, last) = (first.cell.line, last.cell.last_line);
        let before = cells[..row.start].iter().rev().take_while(|slot| slot.cell.last_line == first);
        let behind = cells.get(row.end..).unwrap_or(&[]).iter().take_while(|slot| slot.cell.line == last);
        before.chain(behind).any(|slot| !slot.sight.blank)
    }

    /// A line outside tables: a heading or a signature line.
    fn bind_line(&mut self, cell: &Cell) -> bool {
        self.bind_inline(cell, 1)
            || self.bind_inline_text(self.printed_cell(cell, 1))
            || self.bind_point(cell)
    }

    /// A line that is the next point of a numbered passage on the line above.
    fn bind_point(&mut self, cell: &Cell) -> bool {
        let Some(&(text, above)) = self.form.texts.last() else { return false };
        let printed = self.printed_cell(cell, 1);
        let end = above.line + self.breaks_in(above.text);
        let between = self.grid.filled.get(end as usize..printed.line as usize - 1).unwrap_or(&[]);
        let numbered = |text: &str| self.rows.looker.is_numbered(&fold::name(text));
        if printed.line <= end || between.contains(&true) || !numbered(above.text) || !numbered(printed.text)
        {
            return false;
        }
        self.form.texts.push((text, printed));
        true
    }

    fn is_total(&self, first: &Sight<'g>) -> bool {
        let in_matrix = || self.open.as_ref().is_some_and(|open| open.kind == BlockKind::Matrix);
        first.has(Kinds::TOTAL) && !in_matrix()
    }

    /// What is printed in a slot; `None` where it is blank.
    #[inline]
    fn printed(&self, row: &[Slot<'g>], at: usize) -> Option<Printed<'t>> {
        let slot = row.get(at).filter(|slot| !slot.sight.blank)?;
        let text = self.text_in(slot);
        let one_line = slot.cell.line == slot.cell.last_line || slot.cell.start == slot.sight.start;
        let line = if one_line { slot.cell.line } else { self.line_of(slot) };
        Some(Printed { text, line: line + 1, cell: at as u32 + 1 })
    }

    /// What is printed in a slot, trimmed.
    #[inline]
    fn text_in(&self, slot: &Slot<'g>) -> &'t str {
        &self.grid.text[slot.sight.start as usize..slot.sight.end as usize]
    }

    /// The line (from 0) on which the text of a slot begins, whose cell may begin further up.
    #[cold]
    fn line_of(&self, slot: &Slot<'g>) -> u32 {
        slot.cell.line + self.breaks_in(&self.grid.text[slot.cell.start as usize..slot.sight.start as usize])
    }

    fn printed_cell(&self, cell: &Cell, nth: u32) -> Printed<'t> {
        landmark::printed(self.grid.text_of(cell), cell.line, nth)
    }

    /// Words that the template prints beside the form.
    fn is_boilerplate(&self, row: &[Slot<'g>]) -> bool {
        let mut filled = row.iter().filter(|slot| !slot.sight.blank);
        let (Some(only), None) = (filled.next(), filled.next()) else { return false };
        self.grammar.is_boilerplate(self.grid.text_of(&only.cell))
    }

    /// Claims the lines of a row, as `claim` or as what its cells are.
    fn claim_row(&mut self, row: &[Slot<'g>], claim: Option<Claim>) {
        // A cell with an extractor's mark alone is blank, but its line is not.
        let mut last = None;
        self.ledger.claim_each_of(row.iter().filter(|slot| slot.sight.start < slot.sight.end).map(|slot| {
            let is_label = slot.sight.label.is_some() || slot.cell.opens == Opens::Body;
            last = Some(slot);
            (&slot.cell, claim.unwrap_or(if is_label { Claim::Label } else { Claim::Value }))
        }));
        let Some(Slot { cell, sight }) = last else { return };
        let line = if cell.line == cell.last_line || !self.grid.keeps_breaks {
            cell.last_line
        } else {
            cell.line + newlines(self.grid.text, cell.start as usize, sight.end as usize)
        };
        self.form.last_line = self.form.last_line.max(line + 1);
    }

    fn claim(&mut self, cell: &Cell, claim: Claim) {
        self.ledger.claim(cell, claim);
    }

    /// Whether a text is a figure, as anybody writes or misreads it, with nothing but a unit of money behind it.
    fn is_sum(&self, text: &str) -> bool {
        is_amount(text, &self.grammars.lexicon)
    }

    /// A cell that holds something nothing binds: no figure is dropped.
    fn misshapen(&mut self, printed: Printed<'t>, what: &str) {
        let finding = Finding::new(Code::RowMisshapen, what).line(printed.line).raw(printed.text);
        self.form.findings.push(finding);
        // What is reported of a form stands in it, though nothing of its line was read.
        self.form.last_line = self.form.last_line.max(printed.line);
    }

    /// A cell of a table under no header.
    fn unheaded(&mut self, printed: Printed<'t>) {
        self.misshapen(
            printed,
            "No header stands above this cell, so nothing says what it is; it is kept here only.",
        );
    }

    /// Whether any header of the form heads weights or scores, or none was met that could.
    fn is_scored(&self) -> bool {
        let mut sections = self.form.sections.iter().filter(|section| {
            let block = &self.grammar.blocks[usize::from(section.block)];
            block.kind == BlockKind::ScoredLines
        });
        let scored = |section: &super::Section<'_>| {
            let block = &self.grammar.blocks[usize::from(section.block)];
            let holds = |header: &super::Header<'_>| block.columns[usize::from(header.column)].holds;
            section.columns.iter().any(|header| matches!(holds(header), Holds::Weight | Holds::Score))
        };
        let Some(first) = sections.next() else { return true };
        scored(first) || sections.any(scored)
    }

    /// The dump's line breaks in a part of a cell; in a copy every piece of a cell bears the cell's line.
    fn breaks_in(&self, text: &str) -> u32 {
        if self.grid.keeps_breaks { newlines(text, 0, text.len()) } else { 0 }
    }

    /// Whether a block's header was met, but nothing could be read below it.
    fn has_unread(&self) -> bool {
        let filled = |block: u8| self.filled_blocks[usize::from(block)];
        let unread = self.form.sections.iter().any(|section| !filled(section.block));
        unread && self.form.findings.iter().any(|finding| finding.code == Code::RowMisshapen)
    }

    fn finish(mut self) -> Form<'t> {
        self.unit_of_title();
        self.read_shares();
        if self.grid.parted {
            self.form.items.iter_mut().for_each(|item| item.unsure = true);
            self.form.lines.iter_mut().for_each(|line| line.torn = true);
        }
        self.report_torn();
        self.report_open_ends();
        self.report_unsure();
        let title = self.untitled.then_some("its title");
        let missing = self.grammar.requires.iter().filter_map(|part| match part {
            // Without weights and scores there is nothing to total.
            Part::Total => (!self.has_total && self.is_scored()).then_some("total"),
            Part::Text(at) => {
                let at = usize::from(*at);
                (!self.seen_texts[at]).then(|| self.grammar.texts[at].as_str())
            }
            Part::Block(at) => {
                let at = usize::from(*at);
                (!self.filled_blocks[at]).then(|| self.grammar.blocks[at].id.as_str())
            }
        });
        let missing: Vec<&str> = title.into_iter().chain(missing).collect();
        self.form.complete = missing.is_empty();
        if !missing.is_empty() {
            let message = format!(
                "The form ends on line {} without the parts its grammar `{}` requires: {}. Look whether the dump was \
                 cut off there{}.",
                self.form.last_line,
                self.grammar.id,
                missing.join(", "),
                if self.has_unread() { ", or what row.misshapen says of their lines" } else { "" }
            );
            let at = self.form.last_line;
            self.form.findings.push(Finding::new(Code::FormTruncated, message).line(at));
        }
        self.form
    }
}

/// Room for as many as `wanted`, but not for more than a form commonly has.
fn few(wanted: usize) -> usize {
    wanted.min(64)
}

/// Whether a text that need not be a figure holds one.
fn holds_figure(text: &str) -> bool {
    holds_sum(text) || holds_decimal(text)
}

/// Whether a figure stands behind the colon of a label: `label: 1,024.15`.
fn holds_sum(text: &str) -> bool {
    let behind = text.rsplit_once(['：', ':']).map(|(_, behind)| fold::trim(behind));
    behind.is_some_and(|behind| behind.starts_with(|c| fold::narrow(c).is_ascii_digit()))
}

/// Whether a text has digits on both sides of a point: a label that holds a figure, or one with a letter for a digit.
fn holds_decimal(text: &str) -> bool {
    let is_digit = |c: char| fold::narrow(c).is_ascii_digit();
    text.match_indices(['.', '\u{ff0e}'])
        .any(|(at, point)| text[..at].ends_with(is_digit) && text[at + point.len()..].starts_with(is_digit))
}

/// Whether a row that is `shift` cells shorter at its start than a full one holds something beyond the `width` of its header.
fn is_overfull(row: &[Slot<'_>], width: usize, shift: isize) -> bool {
    let beyond = width.saturating_add_signed(-shift);
    row.iter().skip(beyond).any(|slot| !slot.sight.blank && slot.sight.label.is_none())
}

/// Line breaks between two places of a text.
fn newlines(text: &str, from: usize, to: usize) -> u32 {
    // Nearly always nothing, or a few spaces.
    text.as_bytes()[from..to].iter().filter(|&&byte| byte == b'\n').count() as u32
}
