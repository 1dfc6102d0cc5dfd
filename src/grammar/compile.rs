//! From the tables of a file to a compiled grammar; every mistake on the way is noted with its place.

use super::file::{BlockTable, ColumnTable, FormFile, LevelTable, RowTable, Text};
use super::fold;
use super::form::*;
use super::mistake::Sink;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;
use std::collections::HashMap;

/// Builds one grammar from its own file and the parts it uses.
pub(super) struct Compiler {
    pub grammar: Grammar,
    /// Where each label was first said, to tell doubles from reuse.
    blocks: HashMap<String, u8>,
    has_total: bool,
}

impl Compiler {
    pub fn new(grammar: Grammar) -> Self {
        Compiler { grammar, blocks: HashMap::new(), has_total: false }
    }

    /// Takes in the tables of a file.
    pub fn take(&mut self, file: &FormFile, sink: &mut Sink<'_>) {
        self.grammar.noise.extend(file.noise.iter().map(folded));
        self.grammar.annex.extend(file.annex.iter().map(annex));
        self.grammar.template_texts.extend(file.template_text.iter().filter_map(|text| pattern(text, sink)));
        self.grammar.boilerplate.extend(file.boilerplate.iter().filter_map(|text| pattern(text, sink)));
        self.grammar.fillers.extend(file.fillers.iter().filter_map(|text| pattern(text, sink)));
        for field in &file.fields {
            let column =
                FieldColumn::ALL.into_iter().find(|column| column.as_str() == field.column.get_ref());
            match column {
                Some(column) => self.labels(&field.labels, Role::Field(column), sink),
                None => unknown(sink, &field.column, "field", FieldColumn::ALL.map(FieldColumn::as_str)),
            }
        }
        for text in &file.texts {
            let id = self.text(text.field.get_ref());
            self.labels(&text.labels, Role::Text(id), sink);
            if let Some(beside) = &text.beside {
                let beside = self.text(beside.get_ref());
                self.grammar.beside.push((id, beside));
            }
        }
        for block in &file.blocks {
            self.block(block, sink);
        }
        if let Some(total) = &file.total {
            self.has_total = true;
            self.labels(&total.labels, Role::Total, sink);
            if !total.grades.is_empty() {
                self.grammar.grades.extend(total.grades.iter().map(folded));
                self.grammar.grade_text = self.text(GRADE);
            }
        }
        self.levels(&file.levels, sink);
        for identity in &file.identities {
            self.identity(identity, sink);
        }
    }

    /// Resolves what the form requires, once every part is taken in.
    pub fn require(&mut self, requires: &[Text], sink: &mut Sink<'_>) {
        for name in requires {
            let part = match name.get_ref().as_str() {
                "total" if self.has_total => Some(Part::Total),
                id => {
                    let text = || {
                        self.grammar.texts.iter().position(|text| text == id).map(|at| Part::Text(at as u16))
                    };
                    self.blocks.get(id).map(|&block| Part::Block(block)).or_else(text)
                }
            };
            match part {
                Some(part) => self.grammar.requires.push(part),
                None => {
                    let known: Vec<&str> =
                        self.grammar.blocks.iter().map(|block| block.id.as_str()).collect();
                    sink.push(
                        name.span(),
                        format!(
                            "no block `{}` in this form; blocks are {}",
                            name.get_ref(),
                            known.join(", ")
                        ),
                    );
                }
            }
        }
    }

    /// The compiled grammar, its automata built.
    pub fn finish(mut self) -> Grammar {
        let mut fields: Vec<(&str, FieldColumn)> = Vec::new();
        for (label, roles) in self.grammar.labels.iter() {
            fields.extend(roles.iter().filter_map(|role| match role {
                Role::Field(column) => Some((label, *column)),
                _ => None,
            }));
        }
        fields.sort_unstable();
        let automaton = AhoCorasick::builder()
            // Looked for in few lines: not worth the time that a table of every state and byte takes to build.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(fields.iter().map(|(label, _)| label))
            .ok();
        let fields = fields.iter().map(|(_, column)| *column).collect();
        self.grammar.inline = Inline { automaton, fields };
        self.grammar
    }

    fn labels(&mut self, labels: &[Text], role: Role, sink: &mut Sink<'_>) {
        for label in labels {
            let key = folded(label);
            if key.is_empty() {
                sink.push(label.span(), "a label cannot be empty");
                continue;
            }
            if let Some(other) = self.grammar.labels.exact(&key).and_then(|roles| clash(roles, role)) {
                sink.push(label.span(), format!("`{}` already names {other}", label.get_ref()));
                continue;
            }
            self.grammar.labels.add(label.get_ref(), role);
        }
    }

    fn text(&mut self, name: &str) -> u16 {
        let known = self.grammar.texts.iter().position(|text| text == name);
        let at = known.unwrap_or_else(|| {
            self.grammar.texts.push(name.to_owned());
            self.grammar.texts.len() - 1
        });
        at as u16
    }

    fn block(&mut self, table: &BlockTable, sink: &mut Sink<'_>) {
        let kind = match table.kind.get_ref().as_str() {
            "matrix" => BlockKind::Matrix,
            "scored_lines" => BlockKind::ScoredLines,
            "passages" => BlockKind::Passages,
            _ => return unknown(sink, &table.kind, "kind of block", ["matrix", "scored_lines", "passages"]),
        };
        let at = self.grammar.blocks.len() as u8;
        if self.blocks.insert(table.id.get_ref().clone(), at).is_some() {
            sink.push(table.id.span(), format!("block `{}` is said twice", table.id.get_ref()));
            return;
        }
        self.labels(&table.opens, Role::Opens(at), sink);
        let columns = self.columns(at, kind, &table.columns, sink);
        let rows = self.rows(at, &table.rows, sink);
        let inline = table.inline.as_ref().and_then(|name| measure(name, sink));
        let bare_row = table.bare_row.as_ref().and_then(|code| row_at(&rows, code, sink));
        let id = table.id.get_ref().clone();
        self.grammar.blocks.push(Block { id, kind, columns, rows, inline, bare_row, spread: table.spread });
    }

    fn columns(
        &mut self,
        block: u8,
        kind: BlockKind,
        tables: &[ColumnTable],
        sink: &mut Sink<'_>,
    ) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for table in tables {
            let id = table.id.get_ref();
            if columns.iter().any(|column| column.id == *id) {
                sink.push(table.id.span(), format!("column `{id}` is said twice"));
            }
            let Some(holds) = self.holds(kind, table, sink) else { continue };
            let role = Role::Column { block, column: columns.len() as u8 };
            columns.push(Column { id: id.clone(), holds, year_offset: table.year.unwrap_or(0) });
            self.labels(&table.labels, role, sink);
        }
        columns
    }

    fn holds(&mut self, kind: BlockKind, table: &ColumnTable, sink: &mut Sink<'_>) -> Option<Holds> {
        let id = table.id.get_ref().as_str();
        if kind != BlockKind::Matrix {
            for key in table.holds.iter().chain(&table.measure) {
                sink.push(key.span(), "only a column of a matrix says what it `holds`: here its `id` does");
            }
        }
        match kind {
            BlockKind::Passages => return Some(Holds::Text(self.text(id))),
            BlockKind::ScoredLines => {
                let found = LINE_COLUMNS.into_iter().find(|(name, _)| *name == id).map(|(_, holds)| holds);
                if found.is_none() {
                    unknown(sink, &table.id, "column of scored lines", LINE_COLUMNS.map(|(name, _)| name));
                }
                return found;
            }
            BlockKind::Matrix => {}
        }
        let Some(holds) = &table.holds else {
            sink.push(table.id.span(), format!("column `{id}` does not say what it `holds`"));
            return None;
        };
        match holds.get_ref().as_str() {
            "money" => match &table.measure {
                Some(name) => measure(name, sink).map(Holds::Money),
                None => Some(Holds::Money(Measure::Amount)),
            },
            "person" => Some(Holds::Person),
            "area" => Some(Holds::Area),
            "ratio" => Some(Holds::Ratio),
            "weight" => Some(Holds::Weight),
            "score" => Some(Holds::Score),
            "item" => Some(Holds::Item),
            "reason" => Some(Holds::Reason),
            "text" => Some(Holds::Text(self.text(id))),
            _ => {
                let known = ["money", "person", "area", "ratio", "weight", "score", "item", "reason", "text"];
                unknown(sink, holds, "content", known);
                None
            }
        }
    }

    fn rows(&mut self, block: u8, tables: &[RowTable], sink: &mut Sink<'_>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for table in tables {
            let code = table.code.get_ref();
            if rows.iter().any(|row| row.code == *code) {
                sink.push(table.code.span(), format!("row `{code}` is said twice in its block"));
            }
            let within = table.within.as_ref().and_then(|code| row_at(&rows, code, sink));
            if table.free && within.is_none() {
                sink.push(table.code.span(), "a free row needs `within`: the row below which it stands");
            }
            self.labels(&table.labels, Role::Row { block, row: rows.len() as u16 }, sink);
            if let Some(within) = within {
                let own = rows.len() as u16;
                rows[usize::from(within)].parts.push(own);
            }
            let (scored, free) = (table.scored.clone(), table.free);
            rows.push(Row { code: code.clone(), within, parts: Vec::new(), scored, free });
        }
        rows
    }

    fn levels(&mut self, tables: &[LevelTable], sink: &mut Sink<'_>) {
        for table in tables {
            let at = self.grammar.levels.len() as u8;
            self.grammar.levels.push(Level { name: folded(&table.name) });
            if table.labels.is_empty() {
                self.labels(std::slice::from_ref(&table.name), Role::Level1(at), sink);
            }
            self.labels(&table.labels, Role::Level1(at), sink);
            for label in &table.under {
                self.sublevel(label, |sublevel| sublevel.under.push(at), sink);
            }
            for label in &table.tolerates {
                self.sublevel(label, |sublevel| sublevel.tolerated_by.push(at), sink);
            }
        }
    }

    fn sublevel(&mut self, label: &Text, note: impl FnOnce(&mut Sublevel), sink: &mut Sink<'_>) {
        let known = self.grammar.labels.exact(&folded(label)).and_then(|roles| {
            roles.iter().find_map(|role| if let Role::Level2(at) = role { Some(*at) } else { None })
        });
        let at = known.unwrap_or_else(|| {
            let at = self.grammar.sublevels.len() as u16;
            self.grammar.sublevels.push(Sublevel::default());
            self.labels(std::slice::from_ref(label), Role::Level2(at), sink);
            at
        });
        note(&mut self.grammar.sublevels[usize::from(at)]);
    }

    /// The block an identity is about: the one it names, or the one with the row it begins with.
    fn block_of(&self, table: &super::file::IdentityTable, sink: &mut Sink<'_>) -> Option<usize> {
        if let Some(name) = &table.block {
            let at = self.blocks.get(name.get_ref()).map(|&at| usize::from(at));
            if at.is_none() {
                sink.push(name.span(), format!("no block `{}` above in this form", name.get_ref()));
            }
            return at;
        }
        let anchor = table.total.as_ref().or(table.whole.as_ref()).or(table.row.as_ref());
        let Some(anchor) = anchor.or(table.rows.first()) else {
            sink.push(table.id.span(), "an identity names a `total`, a `whole`, a `row` or `rows`");
            return None;
        };
        let at = self.grammar.blocks.iter().position(|b| b.rows.iter().any(|r| r.code == *anchor.get_ref()));
        if at.is_none() {
            sink.push(anchor.span(), format!("no row `{}` in this form", anchor.get_ref()));
        }
        at
    }

    fn identity(&mut self, table: &super::file::IdentityTable, sink: &mut Sink<'_>) {
        let Some(at) = self.block_of(table, sink) else { return };
        let block = &self.grammar.blocks[at];
        if let Some(law) = law(block, table, sink) {
            let id = table.id.get_ref().clone();
            self.grammar.identities.push(Identity {
                id,
                block: at as u8,
                law,
                because: table.because.clone(),
            });
        }
    }
}

/// The text that a grade beside the total is.
const GRADE: &str = "grade";

const LINE_COLUMNS: [(&str, Holds); 10] = [
    ("level1", Holds::Level1),
    ("level2", Holds::Level2),
    ("level3", Holds::Level3),
    ("target", Holds::Target),
    ("target_op", Holds::TargetOp),
    ("target_unit", Holds::TargetUnit),
    ("actual", Holds::Actual),
    ("weight", Holds::Weight),
    ("score", Holds::Score),
    ("reason", Holds::Reason),
];

fn law(block: &Block, table: &super::file::IdentityTable, sink: &mut Sink<'_>) -> Option<Law> {
    let named = |name: &Option<Text>, what: &str, sink: &mut Sink<'_>| match name {
        Some(name) => Some(name.clone()),
        None => {
            sink.push(table.id.span(), format!("this kind of identity names {what}"));
            None
        }
    };
    let rows = |sink: &mut Sink<'_>| -> Vec<u16> {
        table.parts.iter().filter_map(|code| row_at(&block.rows, code, sink)).collect()
    };
    let columns = |ids: &[Text], sink: &mut Sink<'_>| -> Vec<u8> {
        ids.iter().filter_map(|id| column_at(block, id, sink)).collect()
    };
    match table.kind.get_ref().as_str() {
        "sum" => {
            let total = row_at(&block.rows, &named(&table.total, "a `total`", sink)?, sink)?;
            Some(Law::Sum { total, parts: rows(sink) })
        }
        "bound" => {
            let whole = row_at(&block.rows, &named(&table.whole, "a `whole`", sink)?, sink)?;
            Some(Law::Bound { whole, parts: rows(sink) })
        }
        "across" => {
            let total = column_at(block, &named(&table.total, "the column of its `total`", sink)?, sink)?;
            Some(Law::Across { total, parts: columns(&table.parts, sink) })
        }
        "ratio" => {
            let Some(ratio) = &table.ratio else {
                sink.push(table.id.span(), "a ratio identity names the column of its `ratio`");
                return None;
            };
            let row = match &table.row {
                Some(row) => Some(row_at(&block.rows, row, sink)?),
                None => None,
            };
            let ratio = column_at(block, ratio, sink)?;
            Some(Law::Ratio { row, ratio, of: columns(&table.of, sink), to: columns(&table.to, sink) })
        }
        "equal" => {
            let first = table.row.as_ref().or(table.rows.first()).cloned();
            let row = row_at(&block.rows, &named(&first, "a `row` or `rows`", sink)?, sink)?;
            equal(block, table, row, sink)
        }
        "score" => {
            let row = row_at(&block.rows, &named(&table.row, "a `row`", sink)?, sink)?;
            score(block, table, row, sink)
        }
        _ => {
            let known = ["sum", "bound", "across", "ratio", "equal", "score"];
            unknown(sink, &table.kind, "kind of identity", known);
            None
        }
    }
}

/// Several rows, or several columns of one row, that print the same.
fn equal(block: &Block, table: &super::file::IdentityTable, row: u16, sink: &mut Sink<'_>) -> Option<Law> {
    let mut rows: Vec<u16> = table.rows.iter().filter_map(|code| row_at(&block.rows, code, sink)).collect();
    let columns: Vec<u8> = table.columns.iter().filter_map(|id| column_at(block, id, sink)).collect();
    if table.row.is_some() {
        rows.insert(0, row);
    }
    if (rows.len() > 1) == (columns.len() > 1) {
        sink.push(
            table.id.span(),
            "an equal identity names several `rows`, or one `row` and several `columns`",
        );
        return None;
    }
    let holds = |column: &u8| std::mem::discriminant(&block.columns[usize::from(*column)].holds);
    let figures = [Holds::Person, Holds::Area, Holds::Ratio, Holds::Money(Measure::Amount)];
    let of_a_kind = columns.windows(2).all(|pair| holds(&pair[0]) == holds(&pair[1]))
        && columns
            .iter()
            .all(|column| figures.iter().any(|held| std::mem::discriminant(held) == holds(column)));
    if !of_a_kind {
        sink.push(table.id.span(), "the columns of an equal identity hold money, head counts or rates alike");
        return None;
    }
    Some(Law::Equal { rows, columns })
}

/// The score that follows the execution rate.
fn score(block: &Block, table: &super::file::IdentityTable, row: u16, sink: &mut Sink<'_>) -> Option<Law> {
    let Some(rate) = &table.ratio else {
        sink.push(table.id.span(), "a score identity names the column of its `ratio`");
        return None;
    };
    let rate = column_at(block, rate, sink)?;
    if block.rows[usize::from(row)].scored.is_none() {
        sink.push(table.id.span(), "a score identity names the row that is `scored`");
        return None;
    }
    let stated = table.stated.iter().filter_map(|text| pattern(text, sink)).map(Stated).collect();
    Some(Law::Score { row, rate, stated })
}

fn row_at(rows: &[Row], code: &Text, sink: &mut Sink<'_>) -> Option<u16> {
    let at = rows.iter().position(|row| row.code == *code.get_ref());
    if at.is_none() {
        sink.push(code.span(), format!("no row `{}` above in this block", code.get_ref()));
    }
    at.map(|at| at as u16)
}

fn column_at(block: &Block, id: &Text, sink: &mut Sink<'_>) -> Option<u8> {
    let at = block.columns.iter().position(|column| column.id == *id.get_ref());
    if at.is_none() {
        sink.push(id.span(), format!("no column `{}` in block `{}`", id.get_ref(), block.id));
    }
    at.map(|at| at as u8)
}

fn pattern(text: &Text, sink: &mut Sink<'_>) -> Option<Regex> {
    let compiled = Regex::new(text.get_ref());
    if let Err(error) = &compiled {
        sink.push(text.span(), format!("not a regular expression: {error}"));
    }
    compiled.ok()
}

pub(super) fn measure(name: &Text, sink: &mut Sink<'_>) -> Option<Measure> {
    let found = Measure::ALL.into_iter().find(|measure| measure.as_str() == name.get_ref());
    if found.is_none() {
        unknown(sink, name, "measure", Measure::ALL.map(Measure::as_str));
    }
    found
}

pub(super) fn unknown<const N: usize>(sink: &mut Sink<'_>, name: &Text, what: &str, known: [&str; N]) {
    sink.push(name.span(), format!("no {what} is called `{}`; known: {}", name.get_ref(), known.join(", ")));
}

/// What stands around an annex's number: the number is written `{number}`, or stands at the end.
fn annex(text: &Text) -> Annex {
    let key = folded(text);
    match key.split_once("{number}") {
        Some((before, behind)) => Annex { before: before.to_owned(), behind: behind.to_owned() },
        None => Annex { before: key, behind: String::new() },
    }
}

pub(super) fn folded(text: &Text) -> String {
    fold::key(text.get_ref())
}

/// Whether a label that already has `roles` cannot have `role` too: the same label may head columns of two
/// blocks, but within one place it must mean one thing.
fn clash(roles: &[Role], role: Role) -> Option<&'static str> {
    roles.iter().find_map(|known| match (known, role) {
        (Role::Field(a), Role::Field(b)) if *a != b => Some("another field"),
        (Role::Text(a), Role::Text(b)) if *a != b => Some("another text"),
        (Role::Opens(a), Role::Opens(b)) if *a != b => Some("another block"),
        (Role::Column { block: a, column: x }, Role::Column { block: b, column: y })
            if *a == b && *x != y =>
        {
            Some("another column of this block")
        }
        (Role::Row { block: a, row: x }, Role::Row { block: b, row: y }) if *a == b && *x != y => {
            Some("another row of this block")
        }
        (Role::Level1(a), Role::Level1(b)) if *a != b => Some("another level"),
        _ => None,
    })
}
