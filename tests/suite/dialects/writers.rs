//! The same forms written in every dialect, by the rules that are known of it (docs/dialects).

use crate::folder;
use serde_json::Value;
use std::fs;

/// A form: paragraphs, a table, paragraphs.
pub struct Sheet {
    pub name: String,
    pub before: Vec<String>,
    pub after: Vec<String>,
    columns: usize,
    rows: Vec<Vec<Spanned>>,
}

/// A cell: its text, and the columns and rows that it spans.
#[derive(Clone)]
struct Spanned {
    text: String,
    across: usize,
    down: usize,
}

/// What stands at a place of a table.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// A cell begins here.
    Own,
    /// The cell on the left reaches here.
    Across,
    /// A cell above reaches here: its own first column, or another.
    Down { first: bool },
}

/// How a writer leaves the places that merged cells reach into.
#[derive(Clone, Copy, PartialEq)]
pub enum Merged {
    Blank,
    Repeated,
    /// Gone across and down.
    Missing,
    /// Blank across and gone down, as converters from Word have it.
    MissingBelow,
    /// One cell across, blank below: as the cells of Word's own rows.
    BlankBelow,
}

pub fn sheets() -> Vec<Sheet> {
    let text = fs::read_to_string(folder::in_repository("tests/extractors/forms.json")).unwrap();
    let forms: Value = serde_json::from_str(&text).unwrap();
    forms.as_array().unwrap().iter().map(sheet).collect()
}

fn sheet(form: &Value) -> Sheet {
    let texts = |key: &str| -> Vec<String> {
        form[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let cell = |cell: &Value| match cell {
        Value::String(text) => Spanned { text: text.clone(), across: 1, down: 1 },
        cell => Spanned {
            text: cell[0].as_str().unwrap().to_owned(),
            across: cell[1].as_u64().unwrap() as usize,
            down: cell[2].as_u64().unwrap() as usize,
        },
    };
    let rows = form["rows"].as_array().unwrap().iter();
    Sheet {
        name: form["name"].as_str().unwrap().to_owned(),
        before: texts("before"),
        after: texts("after"),
        columns: form["columns"].as_u64().unwrap() as usize,
        rows: rows.map(|row| row.as_array().unwrap().iter().map(cell).collect()).collect(),
    }
}

impl Sheet {
    /// The form with some of its values left blank, as forms are filled in: which ones follows from `seed`.
    pub fn blanked(&self, seed: u64) -> Sheet {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut blank = |text: &str| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let value = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%'))
                || text.starts_with('≥')
                || text.contains("改善");
            value && (state >> 33).is_multiple_of(6)
        };
        let cell = |cell: &Spanned, blank: &mut dyn FnMut(&str) -> bool| Spanned {
            text: if blank(&cell.text) { String::new() } else { cell.text.clone() },
            ..*cell
        };
        let rows = self.rows.iter().map(|row| row.iter().map(|one| cell(one, &mut blank)).collect());
        Sheet {
            name: self.name.clone(),
            before: self.before.clone(),
            after: self.after.clone(),
            columns: self.columns,
            rows: rows.collect(),
        }
    }

    /// Every place of the table: what stands there, and the text of the cell that reaches there.
    fn places(&self) -> Vec<Vec<(Place, String)>> {
        let mut table: Vec<Vec<Option<(Place, String)>>> = vec![vec![None; self.columns]; self.rows.len()];
        for (at, row) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in row {
                while table[at][column].is_some() {
                    column += 1;
                }
                for down in 0..cell.down {
                    for across in 0..cell.across {
                        let place = match (down, across) {
                            (0, 0) => Place::Own,
                            (0, _) => Place::Across,
                            (_, across) => Place::Down { first: across == 0 },
                        };
                        table[at + down][column + across] = Some((place, cell.text.clone()));
                    }
                }
            }
        }
        table.into_iter().map(|row| row.into_iter().map(Option::unwrap).collect()).collect()
    }

    /// The rows as a writer leaves them.
    pub fn table(&self, merged: Merged) -> Vec<Vec<String>> {
        let keep = |(place, text): (Place, String)| match (place, merged) {
            (Place::Own, _) | (_, Merged::Repeated) => Some(text),
            (_, Merged::Blank) | (Place::Across, Merged::MissingBelow) => Some(String::new()),
            (Place::Down { first: true }, Merged::BlankBelow) => Some(String::new()),
            _ => None,
        };
        self.places().into_iter().map(|row| row.into_iter().filter_map(keep).collect()).collect()
    }

    /// The form with `table` written between its paragraphs.
    fn around(&self, table: String, after_paragraph: &str) -> String {
        let paragraphs = |texts: &[String]| -> String {
            texts.iter().map(|text| format!("{text}{after_paragraph}")).collect()
        };
        format!("{}{table}{}", paragraphs(&self.before), paragraphs(&self.after))
    }

    /// Word through Tika: a TAB before a cell, a line break behind each of its paragraphs and behind a row.
    pub fn cell_lines(&self) -> String {
        let rows = self.table(Merged::BlankBelow).into_iter();
        let table: String =
            rows.map(|row| row.iter().map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n").collect();
        self.around(table + "\n", "\n")
    }

    /// Legacy .doc through Tika: a blank line behind every paragraph but a cell's last.
    pub fn legacy_doc(&self) -> String {
        let rows = self.table(Merged::BlankBelow).into_iter();
        let cell = |cell: &String| {
            let paragraphs: Vec<&str> = cell.split('\n').filter(|text| !text.trim().is_empty()).collect();
            format!("\t{}\n", paragraphs.join("\n\n"))
        };
        let table: String = rows.map(|row| row.iter().map(cell).collect::<String>() + "\n").collect();
        self.around(table + "\n", "\n\n")
    }

    /// Tika 4: a row a line, a TAB before each cell.
    pub fn row_lines(&self) -> String {
        let rows = self.table(Merged::BlankBelow).into_iter();
        let table = rows.map(|row| row.iter().map(|cell| format!("\t{cell}")).collect::<String>() + "\n");
        self.around(table.collect(), "\n")
    }

    /// A row a line with `between` its cells, cells of several paragraphs quoted.
    pub fn separated(&self, between: &str) -> String {
        let quoted = |cell: String| {
            let plain = !cell.contains(['\n', '"']) && !cell.contains(between);
            if plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
        };
        let row = |row: Vec<String>| row.into_iter().map(quoted).collect::<Vec<_>>().join(between) + "\n";
        let table = self.table(Merged::Blank).into_iter().map(row).collect();
        if between == "\t" {
            return self.around(table, "\n");
        }
        // A spreadsheet's paragraphs stand in its first column, with empty cells behind.
        self.around(table, &(between.repeat(self.columns - 1) + "\n"))
    }

    /// A pipe table of Markdown; with `padded` every row is filled up to the header's width.
    pub fn markdown(&self, merged: Merged, padded: bool) -> String {
        let mut table = String::new();
        for (nth, mut row) in self.table(merged).into_iter().enumerate() {
            if padded {
                row.resize(self.columns, String::new());
            }
            let cells: Vec<String> = row
                .iter()
                .map(|cell| cell.replace('|', "\\|").replace('\n', "<br>"))
                .map(|cell| if nth == 0 && !cell.is_empty() { format!("**{cell}**") } else { cell })
                .collect();
            table += &format!("| {} |\n", cells.join(" | "));
            if nth == 0 {
                table += &format!("|{}\n", "---|".repeat(self.columns));
            }
        }
        self.around(format!("{table}\n"), "\n\n")
    }

    /// A web page's table: a row a line, bars between cells, runs of bars for merged columns.
    pub fn pipe_rows(&self, closed: bool) -> String {
        let bar = if closed { "|" } else { "" };
        let row = |row: Vec<String>| format!("{bar}{}{bar}\n", row.join("|").replace('\n', ""));
        self.around(self.table(Merged::Blank).into_iter().map(row).collect(), "\n")
    }

    /// A web page's table: a cell a line behind a bar, the ends of rows lost.
    pub fn pipe_cells(&self) -> String {
        let cells = self.table(Merged::BlankBelow).into_iter().flatten();
        self.around(cells.map(|cell| format!("| {}\n", cell.replace('\n', ""))).collect(), "\n")
    }

    /// A web page's table on one line.
    pub fn pipe_run(&self) -> String {
        let cells: Vec<String> = self.table(Merged::BlankBelow).into_iter().flatten().collect();
        self.around(format!("|{}|\n", cells.join(" | ").replace('\n', "")), "\n")
    }

    /// The cells that hold something, in their order.
    fn filled(&self) -> Vec<String> {
        let cells = self.table(Merged::Missing).into_iter().flatten();
        cells.filter(|cell| !cell.trim().is_empty()).collect()
    }

    /// As [`Sheet::pipe_cells`] and [`Sheet::pipe_run`], with blank cells lost as well.
    pub fn filled_pipe_cells(&self) -> String {
        let cells = self.filled().into_iter().map(|cell| format!("{} |\n", cell.replace('\n', "")));
        self.around(cells.collect(), "\n")
    }

    pub fn filled_pipe_run(&self) -> String {
        self.around(self.filled().join("|").replace('\n', "") + "\n", "\n")
    }

    /// A cell a line, a blank line behind each.
    pub fn spaced_cells(&self) -> String {
        let cells = self.filled().into_iter().map(|cell| format!("{}\n\n", cell.replace('\n', "")));
        self.around(cells.collect(), "\n\n")
    }

    /// A paragraph a line.
    pub fn lines(&self) -> String {
        self.around(self.filled().join("\n") + "\n", "\n")
    }

    /// A row a line, single spaces between the cells that hold something.
    pub fn words(&self) -> String {
        let row = |row: Vec<String>| {
            let filled: Vec<String> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
            filled.join(" ").replace('\n', "") + "\n"
        };
        self.around(self.table(Merged::Missing).into_iter().map(row).collect(), "\n")
    }

    /// Columns held by spaces, as pdftotext -layout prints them; long cells reach into the next column's room.
    pub fn layout(&self) -> String {
        let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let places = self.places();
        let mut table = String::new();
        for row in places {
            let mut line = String::new();
            for (column, (place, text)) in row.iter().enumerate() {
                if *place == Place::Own && !text.is_empty() {
                    let gap = (column * 14).saturating_sub(width(&line)).max(2);
                    line += &" ".repeat(if column == 0 { 0 } else { gap });
                    line += &text.replace('\n', "");
                }
            }
            table += &(line + "\n");
        }
        self.around(table, "\n")
    }

    /// Everything on one line.
    pub fn one_line(&self) -> String {
        self.around(self.filled().join(" ").replace('\n', "") + " ", " ")
    }
}
