//! A printed form without any dialect: paragraphs, and tables whose cells span columns and rows.

/// A form on paper, from top to bottom.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub enum Part {
    /// A paragraph outside any table.
    Paragraph(String),
    Table(Table),
}

/// Rows of the cells that begin in them.
#[derive(Clone, Debug)]
pub struct Table {
    pub columns: usize,
    pub rows: Vec<Vec<Cell>>,
    /// How many rows below the last one each column is still taken.
    taken: Vec<usize>,
}

/// What a cell's text is, so that noise and defects find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The template's words.
    Label,
    /// The template's words that give a column its meaning.
    Header,
    /// A sum of money, by its place in the truth; `Inline` where its label stands in the same cell.
    Amount(usize),
    Inline(usize),
    /// A rate or a head count, by its place among the truth's measures.
    Measure(usize),
    /// By the line's place among the truth's indicators.
    Weight(usize),
    Score(usize),
    /// Somebody's words: names, prose, targets.
    Words,
    Nothing,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub paragraphs: Vec<String>,
    pub columns: usize,
    pub rows: usize,
    pub holds: Holds,
    /// Whether it takes the columns that the others of its row leave.
    pub wide: bool,
}

/// A place of a table's grid.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'s> {
    pub cell: &'s Cell,
    /// Whether the cell begins in this row, and in this column.
    pub top: bool,
    pub left: bool,
}

impl Cell {
    pub fn new(text: impl Into<String>, holds: Holds) -> Self {
        Cell { paragraphs: vec![text.into()], columns: 1, rows: 1, holds, wide: false }
    }

    pub fn label(text: impl Into<String>) -> Self {
        Cell::new(text, Holds::Label)
    }

    pub fn header(text: impl Into<String>) -> Self {
        Cell::new(text, Holds::Header)
    }

    pub fn words(text: impl Into<String>) -> Self {
        Cell::new(text, Holds::Words)
    }

    pub fn blank() -> Self {
        Cell::new("", Holds::Nothing)
    }

    pub fn columns(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Its paragraphs that hold something, joined.
    pub fn text(&self, between: &str) -> String {
        let filled: Vec<&str> = self.paragraphs.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
        filled.join(between)
    }

    pub fn is_empty(&self) -> bool {
        self.paragraphs.iter().all(|paragraph| paragraph.trim().is_empty())
    }
}

impl Table {
    pub fn new(columns: usize) -> Self {
        Table { columns, rows: Vec::new(), taken: vec![0; columns] }
    }

    /// Adds a row; its wide cell, or else its last, takes what the others leave. Panics where too many cells are given:
    /// a mistake of the form's writer.
    pub fn row(&mut self, mut cells: Vec<Cell>) {
        let free = self.taken.iter().filter(|&&rows| rows == 0).count();
        let given: usize = cells.iter().map(|cell| cell.columns).sum();
        assert!(given <= free, "{given} columns do not fit into {free}: {cells:?}");
        if given < free {
            let wide = cells.iter().position(|cell| cell.wide).unwrap_or(cells.len() - 1);
            cells[wide].columns += free - given;
        }
        let mut taken: Vec<usize> = self.taken.iter().map(|rows| rows.saturating_sub(1)).collect();
        let mut at = 0;
        for cell in &cells {
            for _ in 0..cell.columns {
                while self.taken[at] > 0 {
                    at += 1;
                }
                taken[at] = cell.rows - 1;
                at += 1;
            }
        }
        self.taken = taken;
        self.rows.push(cells);
    }

    /// Every row with every column filled.
    pub fn grid(&self) -> Vec<Vec<Slot<'_>>> {
        let mut above: Vec<Option<(&Cell, usize, bool)>> = vec![None; self.columns];
        let mut grid = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut cells = row.iter();
            let mut slots = Vec::with_capacity(self.columns);
            let mut open: Option<(&Cell, usize)> = None;
            for place in &mut above {
                if let Some((cell, rows, left)) = *place {
                    slots.push(Slot { cell, top: false, left });
                    *place = (rows > 1).then_some((cell, rows - 1, left));
                    continue;
                }
                let left = open.is_none();
                let Some((cell, columns)) = open.or_else(|| cells.next().map(|cell| (cell, cell.columns)))
                else {
                    continue;
                };
                slots.push(Slot { cell, top: true, left });
                *place = (cell.rows > 1).then_some((cell, cell.rows - 1, left));
                open = (columns > 1).then_some((cell, columns - 1));
            }
            grid.push(slots);
        }
        grid
    }

    /// Rows as a word processor keeps them: a merge of columns is one cell, a merge of rows a cell in each of them, empty
    /// below the first.
    pub fn processed(&self) -> Vec<Vec<Option<&Cell>>> {
        let rows = self.grid().into_iter();
        rows.map(|row| {
            let begin = row.into_iter().filter(|slot| slot.left);
            begin.map(|slot| slot.top.then_some(slot.cell)).collect()
        })
        .collect()
    }
}

impl Sheet {
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Paragraph(text.into()));
    }

    pub fn table(&mut self, table: Table) {
        self.parts.push(Part::Table(table));
    }

    /// Every cell, from top to bottom.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        let tables = self.parts.iter_mut().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            Part::Paragraph(_) => None,
        });
        tables.flat_map(|table| table.rows.iter_mut().flatten())
    }
}
