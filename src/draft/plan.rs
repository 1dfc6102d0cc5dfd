//! What the forms of a kind have in common, counted: the grammar before it is written.

use super::constancy::Constancy;
use super::known::Known;
use super::outline::{Outline, Table};
use super::specimen::Piece;
use crate::grammar::{BlockKind, FieldColumn, Holds, Measure};
use crate::value::number::Number;
use std::collections::BTreeSet;

/// Rows of a table that are given; what goes on longer is a list whose lines vary.
const ROWS: usize = 400;

/// What stands in sentences and in no label.
const NO_LABEL: [char; 5] = ['。', '；', ';', '，', ','];

/// What a drafted grammar is to say.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub specimens: usize,
    pub fields: Vec<FieldPlan>,
    pub texts: Vec<TextPlan>,
    pub blocks: Vec<BlockPlan>,
    pub totals: Vec<String>,
    /// Lines that the template prints, with the number of forms that have them.
    pub lines: Vec<(String, usize)>,
}

#[derive(Clone, Debug)]
pub(super) struct FieldPlan {
    pub field: FieldColumn,
    pub label: String,
    pub seen: Cells,
}

#[derive(Clone, Debug)]
pub(super) struct TextPlan {
    pub name: String,
    pub label: String,
    /// The line that holds label and value, where they stand in one.
    pub whole: Option<String>,
    pub seen: Cells,
}

#[derive(Clone, Debug)]
pub(super) struct BlockPlan {
    pub kind: BlockKind,
    /// In how many forms it stands.
    pub seen: usize,
    pub corner: Vec<String>,
    pub columns: Vec<ColumnPlan>,
    pub rows: Vec<RowPlan>,
    /// Rows whose label differs from form to form.
    pub varying: usize,
    /// For each row, how many of them came right behind it.
    pub varying_behind: Vec<usize>,
    /// Rows of figures without a label.
    pub bare: usize,
    /// First and second levels that scored lines stand under.
    pub levels: Vec<(String, Vec<String>)>,
    /// Whether sums stand in one cell with their labels.
    pub inline: bool,
    /// For each form with the table, and once more for each label that heads another column too.
    pub figures: Vec<Layer>,
}

/// For each row, the figures under each column.
pub(super) type Layer = Vec<Vec<Option<Number<'static>>>>;

#[derive(Clone, Debug)]
pub(super) struct ColumnPlan {
    pub id: String,
    pub labels: Vec<String>,
    /// What its cells hold; `None` where only they can tell.
    pub holds: Option<Holds>,
    /// Whether it is a column of another grammar too, under the same id.
    pub known: bool,
    /// Whether its label is only like one of another grammar.
    pub near: bool,
    /// Whether its label has a word for what is counted.
    pub counted: bool,
    /// Years from the form's own.
    pub year: i32,
    pub seen: Cells,
}

#[derive(Clone, Debug)]
pub(super) struct RowPlan {
    pub code: String,
    pub label: String,
    /// The forms that have it.
    pub forms: BTreeSet<usize>,
}

/// How many cells hold what.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cells {
    pub blank: usize,
    pub numbers: usize,
    /// Among the numbers, those with decimals.
    pub decimals: usize,
    /// Among the numbers, those with a percent sign.
    pub percents: usize,
    pub words: usize,
    pub prose: usize,
}

impl Cells {
    pub fn add(&mut self, piece: Option<&Piece>) {
        match piece {
            None => self.blank += 1,
            Some(piece) => match piece.number() {
                Some(number) => {
                    self.numbers += 1;
                    self.decimals += usize::from(number.value.scale() > 0);
                    self.percents += usize::from(number.percent.is_some());
                }
                None if piece.is_prose() => self.prose += 1,
                None if piece.is_words() => self.words += 1,
                None => self.blank += 1,
            },
        }
    }
}

/// Lays the outlines of forms of one kind over each other.
pub(super) fn plan(outlines: &[Outline], known: &Known<'_>, constancy: &Constancy) -> Plan {
    let mut plan = Plan { specimens: outlines.len(), ..Plan::default() };
    for outline in outlines {
        let mut met: Vec<usize> = Vec::new();
        for table in &outline.tables {
            plan.table(table, &mut met, known, constancy);
        }
        for total in &outline.totals {
            push_new(&mut plan.totals, known.bare(total));
        }
    }
    for outline in outlines {
        plan.pairs(outline, known, constancy);
        for line in outline.lines.iter().filter(|line| line.is_words()) {
            match plan.lines.iter_mut().find(|(known, _)| *known == line.text) {
                Some((_, count)) => *count += 1,
                None => plan.lines.push((line.text.clone(), 1)),
            }
        }
    }
    plan.lines.retain(|(_, count)| outlines.len() == 1 || count * 5 >= outlines.len() * 3);
    plan.blocks.iter_mut().for_each(BlockPlan::settle);
    plan
}

impl Plan {
    fn pairs(&mut self, outline: &Outline, known: &Known<'_>, constancy: &Constancy) {
        for pair in &outline.pairs {
            let label = known.bare(&pair.label);
            let few = label.chars().count();
            // What stands in one form of several is somebody's words, unless other grammars know it for a label.
            let known_label = known.field(&pair.label).is_some() || known.text(&pair.label).is_some();
            let level = known.is_level(&pair.label) || known.is_total(&pair.label);
            let sure = !level && (known_label || pair.whole.is_some() || !constancy.varies(&label));
            let no_label = label.contains(NO_LABEL) || label.starts_with(|c: char| c.is_ascii_digit());
            if !(2..=super::specimen::LONGEST_LABEL).contains(&few) || !sure || no_label {
                continue;
            }
            if let Some(field) = known.field(&pair.label) {
                let at = self.fields.iter().position(|plan| plan.label == label).unwrap_or_else(|| {
                    self.fields.push(FieldPlan { field, label: label.clone(), seen: Cells::default() });
                    self.fields.len() - 1
                });
                self.fields[at].seen.add(pair.value.as_ref());
                continue;
            }
            let at = self.texts.iter().position(|plan| plan.label == label).unwrap_or_else(|| {
                let name = known.text(&pair.label).unwrap_or(&label).to_owned();
                self.texts.push(TextPlan {
                    name,
                    label: label.clone(),
                    whole: pair.whole.clone(),
                    seen: Cells::default(),
                });
                self.texts.len() - 1
            });
            self.texts[at].seen.add(pair.value.as_ref());
        }
    }

    fn table(&mut self, table: &Table, met: &mut Vec<usize>, known: &Known<'_>, constancy: &Constancy) {
        if table.columns.is_empty() {
            return;
        }
        let labels: Vec<String> = table.columns.iter().map(|(_, label)| known.bare(label)).collect();
        let at = self.blocks.iter().position(|block| block.kind == table.kind && block.shares(&labels));
        let at = at.unwrap_or_else(|| {
            self.blocks.push(BlockPlan::new(table.kind));
            self.blocks.len() - 1
        });
        let elsewhere: Vec<String> = self
            .blocks
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .flat_map(|(_, block)| block.corner.clone())
            .collect();
        let block = &mut self.blocks[at];
        if !met.contains(&at) {
            met.push(at);
            block.seen += 1;
        }
        for label in &table.corner {
            let label = known.bare(label);
            if label.chars().count() > 1 && !constancy.varies(&label) && !elsewhere.contains(&label) {
                push_new(&mut block.corner, label);
            }
        }
        let places: Vec<usize> = table.columns.iter().map(|(_, label)| block.column(label, known)).collect();
        match table.kind {
            BlockKind::Matrix => block.matrix(table, &places, known, constancy),
            BlockKind::ScoredLines => block.scored(table, &places, known, constancy),
            BlockKind::Passages => block.count(table, &places),
        }
    }
}

impl BlockPlan {
    fn new(kind: BlockKind) -> Self {
        BlockPlan {
            kind,
            seen: 0,
            corner: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            varying: 0,
            varying_behind: Vec::new(),
            bare: 0,
            levels: Vec::new(),
            inline: false,
            figures: Vec::new(),
        }
    }

    /// Whether half of the labels head columns of this block.
    fn shares(&self, labels: &[String]) -> bool {
        let shared =
            labels.iter().filter(|label| self.columns.iter().any(|column| column.labels.contains(label)));
        shared.count() * 2 >= labels.len().min(self.columns.len())
    }

    /// The column with this printed label; a new one where there is none.
    fn column(&mut self, printed: &str, known: &Known<'_>) -> usize {
        let label = known.bare(printed);
        if let Some(at) = self.columns.iter().position(|column| column.labels.contains(&label)) {
            return at;
        }
        let found = known.near_column(&label, self.kind);
        let exact = known.column(printed, self.kind).is_some();
        if let Some(found) = &found
            && exact
            && let Some(at) = self.columns.iter().position(|column| column.id == found.id && column.known)
        {
            // Another edition's word for the same column.
            self.columns[at].labels.push(label);
            return at;
        }
        let free = |id: &str| self.columns.iter().all(|column| column.id != id);
        let own = match self.kind {
            BlockKind::Passages => label.clone(),
            _ => format!("column_{}", self.columns.len() + 1),
        };
        // Scored lines have no other columns than those that are known; elsewhere a likeness gives no name.
        let named = found.as_ref().filter(|_| exact || self.kind == BlockKind::ScoredLines);
        let id = named.map(|found| found.id.clone()).filter(|id| free(id)).unwrap_or(own);
        let unit = if known.has_money_unit(printed) { Some(Holds::Money(Measure::Amount)) } else { None };
        let holds = found.as_ref().map(|found| found.holds).or(unit);
        let year = found.as_ref().map_or(0, |found| found.year);
        let near = found.is_some() && !exact;
        let counted = known.names_measure(&label);
        let known = named.is_some_and(|found| found.id == id);
        self.columns.push(ColumnPlan {
            id,
            labels: vec![label],
            holds,
            known,
            near,
            counted,
            year,
            seen: Cells::default(),
        });
        self.columns.len() - 1
    }

    fn count(&mut self, table: &Table, places: &[usize]) {
        for row in &table.rows {
            for (cell, &column) in row.cells.iter().zip(places) {
                self.columns[column].seen.add(cell.as_ref());
            }
        }
    }

    fn matrix(&mut self, table: &Table, places: &[usize], known: &Known<'_>, constancy: &Constancy) {
        self.count(table, places);
        // Two columns may bear one label, each of its own year: each is a layer of figures of its own.
        let nth = |at: usize| places[..at].iter().filter(|&&before| before == places[at]).count();
        let layers = (0..places.len()).map(nth).max().unwrap_or(0) + 1;
        let mut figures: Vec<Layer> = vec![vec![Vec::new(); self.rows.len()]; layers];
        let mut last = None;
        for row in &table.rows {
            let Some(printed) = &row.label else {
                self.bare += usize::from(row.cells.iter().flatten().any(|cell| cell.number().is_some()));
                continue;
            };
            self.inline |= row.inline;
            let Some(at) = self.row(printed, known, constancy) else {
                self.varying_behind.resize(self.rows.len(), 0);
                if let Some(count) = last.and_then(|last: usize| self.varying_behind.get_mut(last)) {
                    *count += 1;
                }
                continue;
            };
            last = Some(at);
            self.rows[at].forms.insert(table.form);
            for (layer, rows) in figures.iter_mut().enumerate() {
                rows.resize(self.rows.len(), Vec::new());
                if !rows[at].is_empty() {
                    continue;
                }
                let mut cells = vec![None; self.columns.len()];
                for (place, cell) in row.cells.iter().enumerate().filter(|(place, _)| nth(*place) == layer) {
                    cells[places[place]] = cell.as_ref().and_then(Piece::number);
                }
                rows[at] = cells;
            }
        }
        self.figures.extend(figures);
    }

    /// The row with this printed label, a new one where there is none; `None` where the label varies.
    fn row(&mut self, printed: &str, known: &Known<'_>, constancy: &Constancy) -> Option<usize> {
        let label = known.bare(printed);
        if label.is_empty() || constancy.varies(&label) || self.rows.len() >= ROWS {
            self.varying += 1;
            return None;
        }
        Some(self.rows.iter().position(|row| row.label == label).unwrap_or_else(|| {
            let free = |code: &&str| self.rows.iter().all(|row| row.code != *code);
            let code = known.row(printed).filter(free).unwrap_or_default().to_owned();
            self.rows.push(RowPlan { code, label, forms: BTreeSet::new() });
            self.rows.len() - 1
        }))
    }

    fn scored(&mut self, table: &Table, places: &[usize], known: &Known<'_>, constancy: &Constancy) {
        self.count(table, places);
        let place = |id: &str| places.iter().position(|&at| self.columns[at].id == id);
        let (first, second) = (place("level1"), place("level2"));
        let text = |row: &super::outline::TableRow, at: Option<usize>| {
            row.cells.get(at?)?.as_ref().filter(|cell| cell.is_words()).map(|cell| known.bare(&cell.text))
        };
        let mut levels = std::mem::take(&mut self.levels);
        let mut open: Option<usize> = None;
        for row in &table.rows {
            if let Some(level) = text(row, first).filter(|level| !constancy.varies(level)) {
                open = Some(levels.iter().position(|(known, _)| *known == level).unwrap_or_else(|| {
                    levels.push((level, Vec::new()));
                    levels.len() - 1
                }));
            }
            if let (Some(open), Some(level)) =
                (open, text(row, second).filter(|level| !constancy.varies(level)))
            {
                push_new(&mut levels[open].1, level);
            }
        }
        self.levels = levels;
    }

    /// The row below which most of the lines with labels of their own stand.
    pub fn free_below(&self) -> Option<usize> {
        let (row, &count) =
            self.varying_behind.iter().enumerate().max_by_key(|(row, count)| (**count, usize::MAX - row))?;
        (count > 1 && count * 2 > self.varying).then_some(row)
    }

    /// The first row with a weight, which is the form's execution line.
    pub fn scored_row(&self) -> Option<usize> {
        let weight = self.columns.iter().position(|column| column.holds == Some(Holds::Weight))?;
        (0..self.rows.len()).find(|&row| {
            self.figures.iter().any(|form| form.get(row).and_then(|cells| *cells.get(weight)?).is_some())
        })
    }

    /// Decides what columns hold that no grammar knows.
    fn settle(&mut self) {
        for column in self.columns.iter_mut().filter(|_| self.kind == BlockKind::Matrix) {
            column.settle();
        }
    }
}

impl ColumnPlan {
    /// Words are prose; percent signs are a rate, decimals money; whole numbers throughout are counts, unless a unit of
    /// money says other.
    fn settle(&mut self) {
        let Cells { numbers, decimals, percents, words, prose, .. } = self.seen;
        let by_sight = if words + prose > numbers {
            Holds::Text(0)
        } else if percents * 2 > numbers {
            Holds::Ratio
        } else if decimals > 0 || numbers == 0 {
            Holds::Money(Measure::Amount)
        } else {
            Holds::Person
        };
        let figures = matches!(
            self.holds,
            Some(Holds::Money(_) | Holds::Person | Holds::Area | Holds::Ratio | Holds::Weight | Holds::Score)
        );
        let rates_as_money = matches!(self.holds, Some(Holds::Money(_))) && percents * 2 > numbers;
        // A likeness of labels says no more than that the figures are like those.
        let counts_as_money =
            self.near && self.counted && decimals == 0 && matches!(self.holds, Some(Holds::Money(_)));
        let words_as_figures = figures && words + prose > numbers;
        if self.holds.is_none() || rates_as_money || words_as_figures || counts_as_money {
            self.holds = Some(by_sight);
        }
    }
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
