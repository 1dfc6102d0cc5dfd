//! Which dialect a dump is written in, by the evidence of its lines: never by its name.

mod commas;

use super::breaks::Breaks;
use super::grid::is_filled;
use super::{Dialect, boxes, line, markdown, width};
use commas::Commas;

/// Lines looked at together; a dump does not change its dialect half way.
const SAMPLE: usize = 1_000;

/// Lines with TABs that may be strays beside another structure.
const STRAY_TABS: usize = 2;

/// TABs of a row beyond which they are not told apart.
const ROW_TABS: usize = 32;

/// Rows without a TAB in front that are no strays.
const BARE_ROWS: usize = 3;

/// Rows led by a TAB of which one at least is whole.
const WIDE_ROWS: usize = 2;

/// Rows led by a TAB, one below the other and equally wide, that tell how wide the rows of their table are.
const RUN: usize = 3;

/// Characters of a label that stands alone on its line, at most.
const SHORT_LABEL: usize = 6;

/// TABs on each of a few lines that holds a whole table.
const TABLE_TABS: usize = 60;

/// Bars on a line beyond which it holds no row but a whole table.
const ROW_BARS: usize = 40;

/// Bars on a line beyond which it holds a whole table where no other line with bars stands beside it.
const TABLE_BARS: usize = 12;

/// Bars on the longest line of few beyond which it holds a whole table, whatever stands above it.
const LONE_BARS: usize = 24;

/// Lines below which short ones tell nothing.
const FEW_LINES: usize = 16;

/// Rows of words below which they tell nothing.
const FEW_ROWS: usize = 8;

/// Bytes of a cell's line at most, where it is no prose: sixteen characters.
const SHORT_LINE: usize = 48;

/// Bytes of a line beyond which it is no row of words.
const LONG_LINE: usize = 600;

/// Words on a line beyond which they are no row, but a whole form.
const LONG_WORDS: usize = 32;

/// Words on one of a few lines beyond which they are a form.
const FORM_WORDS: usize = 16;
const FORM_LINES: usize = 3;

/// Counts of lines by where their TABs stand.
#[derive(Default)]
struct Tabs {
    /// Led by a TAB, with no other.
    one_led: usize,
    /// Led by a TAB, with others.
    many_led: usize,
    /// With TABs, none in front.
    between: usize,
    /// Whether the first line with a TAB is led by one, as the first row of a table never is where TABs stand between
    /// cells and its first cell holds something.
    first_led: bool,
    /// Lines without a TAB in front and with as many as the next one, which is led by one: rows of one table where TABs
    /// stand between cells. The end of a broken row has fewer than a row.
    alike: usize,
    /// The most TABs on one of those, and on any line led by one.
    widest_alike: usize,
    widest_led: usize,
    /// The most TABs on a line without one in front.
    widest_between: usize,
    /// How many lines led by a TAB have the most.
    widest_times: usize,
    /// Whether a line of cells without a TAB in front stands before any line led by one.
    bare_first: bool,
    /// Lines of cells without a TAB in front.
    bare: usize,
    /// TABs since the last line led by one, were what follows it the rest of its row, and the most of them.
    joined: usize,
    widest_joined: usize,
    /// For each such number of TABs, how many lines came to as many.
    joined_times: [usize; ROW_TABS],
    /// The TABs of the last line with some, none in front.
    last: usize,
    /// The TABs of the last line led by one, and how many such lines have had as many, one below the other.
    run: (usize, usize),
    /// Lines of cells without a TAB in front directly below such a run: were they the rest of its last row, it alone would be wider.
    behind_runs: usize,
    /// Whether what stands directly above the first line with TABs is as short as a label, below a heading.
    below_label: bool,
}

impl Tabs {
    fn lines(&self) -> usize {
        self.one_led + self.many_led + self.between
    }

    /// Lines that have more TABs than any row, were they the rest of one.
    fn overfull_lines(&self) -> usize {
        self.joined_times.iter().skip(self.widest_led + 1).sum()
    }

    /// Counts a line with TABs.
    fn count<'l>(&mut self, on_line: &OnLine, line: impl FnOnce() -> &'l str) {
        let first = self.lines() == 0;
        let count = on_line.tabs;
        let run = std::mem::take(&mut self.run);
        if on_line.led {
            self.run = (count, if run.0 == count { run.1 + 1 } else { 1 });
            if count > self.widest_led {
                (self.widest_led, self.widest_times) = (count, 0);
            }
            self.widest_times += usize::from(count == self.widest_led);
            self.joined = count;
            if self.last > 1 && count == self.last {
                self.alike += 1;
                self.widest_alike = self.widest_alike.max(count);
            }
            *(if count == 1 { &mut self.one_led } else { &mut self.many_led }) += 1;
            self.last = 0;
        } else {
            self.between += 1;
            self.last = count;
            self.widest_between = self.widest_between.max(count);
            // The lines above and below a table may hold TABs, but have colons.
            let first = line().split('\t').next().unwrap_or_default();
            if !first.contains(['：', ':']) && is_filled(first) {
                self.bare_first |= self.lines() == self.between;
                self.joined += count;
                self.widest_joined = self.widest_joined.max(self.joined);
                self.joined_times[self.joined.min(ROW_TABS - 1)] += 1;
                self.bare += 1;
                self.behind_runs += usize::from(run.0 > 2 && run.1 >= RUN);
            }
        }
        if first {
            self.first_led = on_line.led;
        }
    }
}

/// The TABs on a line, and whether it begins with one.
#[derive(Default)]
struct OnLine {
    tabs: usize,
    led: bool,
}

/// The dialect of a dump, or `None` where its lines show no table. Tables may begin far below: as long as lines show none,
/// the next ones are looked at.
pub fn detect(text: &str) -> Option<Dialect> {
    let mut breaks = Breaks::of(text);
    let mut likely = None;
    let mut start = 0;
    while start < text.len() {
        let (tabs, filled, end) = count_sample(text, start, &mut breaks);
        match of_sample(&text[start..end], &tabs, filled) {
            Evidence::Sure(dialect) => return Some(dialect),
            Evidence::Likely(dialect) => likely = likely.or(Some(dialect)),
            Evidence::None => {}
        }
        start = end;
    }
    likely
}

/// Counts the TABs of the lines from byte `start` on, where `breaks` stand: the counts, how many lines are not empty, and
/// where the next sample begins.
fn count_sample(text: &str, start: usize, breaks: &mut Breaks<'_>) -> (Tabs, usize, usize) {
    let mut tabs = Tabs::default();
    let (mut filled, mut lines, mut line) = (0, 0, start);
    let mut above = ["", ""];
    let mut on_line = OnLine::default();
    while lines < SAMPLE && line < text.len() {
        let end = breaks.next().unwrap_or(text.len());
        if text.as_bytes().get(end) == Some(&b'\t') {
            on_line.led |= end == line;
            on_line.tabs += 1;
            continue;
        }
        let empty = end == line || text.as_bytes()[line..end] == *b"\r";
        filled += usize::from(!empty);
        if on_line.tabs > 0 {
            tabs.count(&on_line, || &text[line..end]);
        } else if !empty && tabs.lines() == 0 {
            above = [above[1], &text[line..end]];
            tabs.below_label = is_label_below(above);
        }
        lines += 1;
        line = (end + 1).min(text.len());
        on_line = OnLine::default();
    }
    (tabs, filled, line)
}

/// Whether the lower of two lines may be the label of a first row that is broken behind it: it is short and says nothing that needs
/// a mark, as a title does not where one is so short, and what stands above it has marks, or is as short: a piece of it.
fn is_label_below([upper, lower]: [&str; 2]) -> bool {
    let marked = |line: &str| line.contains(['：', ':', '（', '(']);
    let short = |line: &str| line.trim().chars().count() <= SHORT_LABEL;
    short(lower) && !marked(lower) && (marked(upper) || (short(upper) && !upper.is_empty()))
}

/// What lines say of a dialect.
enum Evidence {
    Sure(Dialect),
    Likely(Dialect),
    None,
}

fn of_sample(sample: &str, tabs: &Tabs, filled: usize) -> Evidence {
    if holds_cells_of_html(sample) {
        return Evidence::Sure(Dialect::Html);
    }
    let tabbed = choose(tabs);
    // Where TABs part cells they stand on most lines, but for much prose around few tables.
    if let Some(dialect) = tabbed.filter(|_| tabs.lines() * 5 >= filled) {
        return Evidence::Sure(dialect);
    }
    let marks = Marks::of(sample);
    if let Some(dialect) = marks.drawn().or(tabbed.filter(|_| tabs.lines() > STRAY_TABS)) {
        return Evidence::Sure(dialect);
    }
    marks.spaced().or(tabbed).map_or(Evidence::None, Evidence::Likely)
}

fn choose(tabs: &Tabs) -> Option<Dialect> {
    let led = tabs.one_led + tabs.many_led;
    if led + tabs.between == 0 {
        return None;
    }
    if led == 0 && tabs.between <= STRAY_TABS && tabs.widest_between > TABLE_TABS {
        return Some(Dialect::PipeRun);
    }
    // Where a TAB leads every cell, lines with TABs only between cells are the ends of broken cells: few.
    // They are more where headers of many broken cells stand on one line.
    let broken = tabs.first_led && tabs.many_led > tabs.one_led && tabs.between < led;
    if tabs.between * 3 > led && !broken {
        return Some(Dialect::Tsv);
    }
    // Most rows of a table begin with a blank cell where merged cells go on.
    // Where a TAB leads every cell, what follows a whole row has none.
    let overfull = tabs.widest_times > 1 && tabs.widest_joined > tabs.widest_led;
    let rows_led = tabs.many_led > tabs.one_led;
    let alone = tabs.overfull_lines().max(tabs.behind_runs);
    let rows_bare = rows_led
        && (alone > 1
            || (tabs.bare_first && tabs.bare >= BARE_ROWS)
            || (alone > 0 && tabs.first_led && tabs.below_label));
    if (overfull && tabs.bare_first) || rows_bare {
        return Some(Dialect::Tsv);
    }
    let wide = tabs.widest_alike > 3 && tabs.widest_alike == tabs.widest_led;
    // Were they the ends of broken rows, none of many rows would be whole.
    let wide = wide && (!tabs.first_led || tabs.widest_times > WIDE_ROWS);
    if wide || (!tabs.first_led && tabs.alike > 1 && tabs.alike * 3 > tabs.between) {
        return Some(Dialect::Tsv);
    }
    Some(if tabs.many_led * 2 > tabs.one_led { Dialect::RowLines } else { Dialect::CellLines })
}

/// Whether a sample holds two cells of a table in HTML.
fn holds_cells_of_html(sample: &str) -> bool {
    let is_cell = |at: &usize| {
        let behind = &sample.as_bytes()[*at + 1..];
        behind.len() > 2
            && behind[..2].eq_ignore_ascii_case(b"td")
            && matches!(behind[2], b'>' | b' ' | b'\n')
    };
    memchr::memchr_iter(b'<', sample.as_bytes()).filter(is_cell).nth(1).is_some()
}

/// Counts of what a dump without TABs parts its cells with.
#[derive(Default)]
struct Marks {
    /// Lines that hold anything.
    filled: usize,
    /// Filled lines behind a blank one.
    apart: usize,
    /// Lines that are a figure alone.
    figures: usize,
    /// Lines of a few characters that end no sentence.
    short: usize,
    /// Borders of boxes, and rules of Markdown.
    borders: usize,
    rules: usize,
    /// Rules below one column alone, which may as well be a placeholder in a cell.
    narrow_rules: usize,
    /// Rows of dashes that hold columns without bars.
    ruled: usize,
    /// Lines with bars, and the bars on them.
    barred: usize,
    bars: usize,
    /// The most bars on a line.
    longest: usize,
    /// Lines with bars that hold one cell.
    single: usize,
    /// Lines between two bars that reach as far as the line above.
    boxed: usize,
    /// Lines with bars below another.
    stacked: usize,
    /// Rows of cells with commas between.
    commas: Commas,
    /// Lines with runs of spaces between cells, and lines with single spaces beside figures.
    runs: usize,
    spaced: usize,
    /// Long lines of many words with figures among them.
    long: usize,
    /// Lines of several short words, none of which ends a clause.
    worded: usize,
    /// Lines with more words than a row has, figures among them.
    many: usize,
    /// Lines in which figures stand with nothing between them.
    glued: usize,
}

impl Marks {
    fn of(sample: &str) -> Self {
        let mut marks = Marks::default();
        let (mut blank, mut reach) = (true, None);
        let mut rest = sample;
        while let Ok((next, current)) = line(rest) {
            rest = next;
            if !is_filled(current) {
                blank = true;
                continue;
            }
            marks.filled += 1;
            marks.apart += usize::from(blank);
            blank = false;
            let bare = current.trim();
            marks.commas.line(bare);
            if bare.contains('|') {
                marks.bars(bare, &mut reach);
            } else {
                reach = None;
                marks.other(bare);
            }
        }
        marks
    }

    fn bars(&mut self, bare: &str, reach: &mut Option<(usize, usize)>) {
        if markdown::is_rule(bare) {
            if bare.trim_matches('|').contains('|') {
                self.rules += 1;
                return;
            }
            self.narrow_rules += 1;
        }
        if boxes::is_rule(bare) && bare.contains('+') {
            self.borders += 1;
            return;
        }
        self.barred += 1;
        let bars = bare.matches('|').count();
        self.bars += bars;
        self.longest = self.longest.max(bars);
        let inner = bare.strip_prefix('|').unwrap_or(bare);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        self.single += usize::from(!inner.contains('|'));
        // A box pads its cells, so that all its lines are as wide.
        let closed = bare.len() > 2 && bare.starts_with('|') && bare.ends_with('|');
        let wide = if closed && bare.contains(" |") { width::reach_of(bare) } else { (0, 0) };
        let meets = |above: (usize, usize)| above.0 <= wide.1 && wide.0 <= above.1;
        self.boxed += usize::from(wide.1 > 0 && reach.is_some_and(meets));
        self.stacked += usize::from(reach.is_some());
        *reach = Some(wide);
    }

    fn other(&mut self, bare: &str) {
        self.short += usize::from(bare.len() <= SHORT_LINE && !bare.ends_with(['。', '；', '.', ';']));
        if (bare.starts_with('+') && boxes::is_rule(bare)) || boxes::is_border(bare) {
            self.borders += 1;
            return;
        }
        if boxes::is_row(bare) {
            self.barred += 1;
            return;
        }
        if bare.starts_with("---") && boxes::is_rule_of_columns(bare) {
            self.ruled += 1;
            return;
        }
        let figure = |word: &str| {
            word.bytes().any(|b| b.is_ascii_digit())
                && word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'%' | b'-' | b'\\'))
        };
        if figure(bare) {
            self.figures += 1;
            return;
        }
        if bare.contains("  ") {
            let cells = bare.split("  ").filter(|cell| !cell.is_empty());
            self.runs += usize::from(cells.count() > 1);
        }
        let words = bare.split_whitespace().skip(1).filter(|word| figure(word)).count();
        self.spaced += usize::from(words > 0);
        let (cells, clauses) = cells_of_words(bare);
        let many = cells > clauses * 3 && words > 2;
        self.long += usize::from((bare.len() > LONG_LINE && words > 8) || (many && cells >= LONG_WORDS));
        self.many += usize::from(many && cells >= FORM_WORDS);
        self.worded += usize::from(cells > 1 && clauses == 0);
        self.glued += usize::from(is_glued(bare));
    }

    /// The dialect whose marks only tables have, the surest first.
    fn drawn(&self) -> Option<Dialect> {
        let Marks { filled, barred, .. } = *self;
        if (self.borders > 1 && barred > 1) || self.ruled > 0 {
            return Some(Dialect::Grid);
        }
        let cells = self.single * 3 > barred * 2;
        if barred > 0 && (self.rules > 0 || (self.narrow_rules > 0 && !cells)) {
            return Some(Dialect::Markdown);
        }
        let alone = (self.stacked == 0 || self.longest > LONE_BARS) && self.bars > barred * TABLE_BARS;
        if barred > 0 && (alone || self.bars > barred * ROW_BARS) {
            return Some(Dialect::PipeRun);
        }
        if barred > 2 && barred * 4 > filled {
            return Some(if self.boxed * 2 > barred {
                Dialect::Boxes
            } else if cells {
                Dialect::PipeCells
            } else {
                Dialect::PipeRows
            });
        }
        None
    }

    /// The dialect whose marks stand in prose, too.
    fn spaced(&self) -> Option<Dialect> {
        let filled = self.filled;
        if self.commas.part_cells() {
            return Some(Dialect::Csv);
        }
        if self.long > 0 {
            return Some(Dialect::Words);
        }
        if filled > 3 && self.runs * 3 > filled {
            return Some(Dialect::Layout);
        }
        if filled > 3 && self.spaced * 4 > filled {
            return Some(Dialect::Words);
        }
        // Without any mark only figures on lines of their own tell cells from prose.
        let figures = self.figures > 3 && self.figures * 8 > filled;
        // Or hardly any line that could be prose.
        let cells = self.figures > 0 && filled > FEW_LINES && self.short * 4 > filled * 3;
        if figures || cells {
            return Some(if self.apart * 10 > filled * 8 { Dialect::SpacedCells } else { Dialect::Lines });
        }
        if self.glued > 0 || (self.many > 0 && filled <= FORM_LINES) {
            return Some(Dialect::Words);
        }
        // Hardly any sum, but most lines are words side by side.
        if filled > FEW_ROWS && self.spaced > 0 && self.worded * 2 > filled {
            return Some(Dialect::Words);
        }
        None
    }
}

/// Bytes of a line in which a whole form may be glued, its runs of digits at least, and the characters of prose between two marks.
const GLUED_LINE: usize = 240;
const GLUED_RUNS: usize = 6;
const CLAUSE: usize = 40;

/// Bytes of a line in which figures may be glued, of a run of figures longer than the numbers of paragraphs, and of a date.
const GLUED_FIGURES: usize = 120;
const GLUED_RUN: usize = 7;
const DATE: usize = 10;

/// Digits of the longest number that is one: sums and telephone numbers have fewer.
const LONGEST_FIGURE: usize = 13;

/// Whether a text is a form of whose cells nothing stands between: a long one with figures and hardly a mark as prose has them, or one
/// with runs of digits that have several points.
pub(crate) fn is_glued(line: &str) -> bool {
    if line.len() < GLUED_FIGURES {
        return false;
    }
    let date =
        |run: &str| run.len() <= DATE && run.starts_with(['1', '2']) && run.as_bytes().get(4) == Some(&b'.');
    let points = |run: &str| run.len() > GLUED_RUN && !date(run) && run.matches('.').count() > 1;
    let glued = |run: &&str| points(run) || (run.len() > LONGEST_FIGURE && !run.contains('.'));
    if line.split(|c: char| !c.is_ascii_digit() && c != '.').filter(glued).nth(1).is_some() {
        return true;
    }
    if line.len() < GLUED_LINE {
        return false;
    }
    let runs = line.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    let marks = line.chars().filter(|c| matches!(c, '。' | '；' | '，' | ';' | ',')).count();
    let wide = line.chars().filter(|&c| c > '\u{2e7f}').count();
    runs >= GLUED_RUNS && wide * 4 > line.len() / 3 && marks * CLAUSE <= line.len() / 2
}

/// How many words of a line are as short as a cell and hold Chinese characters or figures, and how many words end a clause.
fn cells_of_words(bare: &str) -> (usize, usize) {
    let (mut cells, mut clauses) = (0, 0);
    for word in bare.split_whitespace() {
        clauses += usize::from(word.ends_with(['。', '；', '，', '.', ';', ',']));
        let latin = word.bytes().all(|b| b.is_ascii_alphabetic() || b.is_ascii_punctuation());
        cells += usize::from(word.len() <= SHORT_LINE && !latin);
    }
    (cells, clauses)
}
