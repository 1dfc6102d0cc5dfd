//! What the grammars at hand know of a printed label: a form that nobody reads yet shares most of its words with others.

use super::specimen::{Piece, Row};
use crate::grammar::{BlockKind, FieldColumn, Found, Grammars, Holds, Role, fold};
use std::cmp::Reverse;

/// The words of a set of grammars.
pub(super) struct Known<'g> {
    pub grammars: &'g Grammars,
}

/// A column as another grammar has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownColumn {
    pub kind: BlockKind,
    pub id: String,
    pub holds: Holds,
    /// Years from the form's own.
    pub year: i32,
}

impl<'g> Known<'g> {
    /// What each grammar that knows `text` (folded) says of it.
    fn found(&self, text: &str) -> impl Iterator<Item = (usize, Found<'g>)> {
        let (key, grammars) = (fold::key(text), self.grammars);
        grammars.forms.iter().enumerate().filter_map(move |(nth, form)| {
            Some((nth, form.labels.find(&key, &grammars.labelling, &grammars.lexicon)?))
        })
    }

    /// The field that a label is of; what stands in brackets may stand for what is before them: `甲(乙)名称` is a `乙名称`.
    pub fn field(&self, text: &str) -> Option<FieldColumn> {
        let whole = |text: &str| {
            self.found(text).find_map(|(_, found)| {
                found
                    .roles
                    .iter()
                    .find_map(|role| if let Role::Field(field) = role { Some(*field) } else { None })
            })
        };
        let instead = || {
            let (_, inside) = text.split_once(['(', '（'])?;
            let (inside, behind) = inside.split_once([')', '）']).filter(|(_, behind)| !behind.is_empty())?;
            whole(&format!("{inside}{behind}"))
        };
        whole(text).or_else(instead)
    }

    /// The name of the prose that a label is of.
    pub fn text(&self, text: &str) -> Option<&'g str> {
        self.found(text).find_map(|(nth, found)| {
            let text = found.roles.iter().find_map(|role| match role {
                Role::Text(text) => Some(usize::from(*text)),
                _ => None,
            })?;
            Some(self.grammars.forms[nth].texts[text].as_str())
        })
    }

    /// The code of the row that a label is of.
    pub fn row(&self, text: &str) -> Option<&'g str> {
        self.found(text).find_map(|(nth, found)| {
            found.roles.iter().find_map(|role| match role {
                Role::Row { block, row } => {
                    let block = &self.grammars.forms[nth].blocks[usize::from(*block)];
                    Some(block.rows[usize::from(*row)].code.as_str())
                }
                _ => None,
            })
        })
    }

    pub fn is_total(&self, text: &str) -> bool {
        self.found(text).any(|(_, found)| found.roles.contains(&Role::Total))
    }

    /// The column of a block of this kind that a label heads.
    pub fn column(&self, text: &str, kind: BlockKind) -> Option<KnownColumn> {
        self.found(text).find_map(|(nth, found)| self.columns(nth, found).find(|column| column.kind == kind))
    }

    /// The column with this label, or else one with a label that stands in `text`, the longest, or that `text` stands in.
    pub fn near_column(&self, text: &str, kind: BlockKind) -> Option<KnownColumn> {
        if let Some(column) = self.column(text, kind) {
            return Some(column);
        }
        let labels = self.grammars.forms.iter().enumerate().flat_map(|(nth, form)| {
            form.labels
                .iter()
                .filter(|(label, _)| near(text, label))
                .map(move |(label, roles)| (nth, label, roles))
        });
        let columns = labels.flat_map(|(nth, label, roles)| {
            roles.iter().filter_map(move |role| Some((label, self.column_of(nth, *role)?)))
        });
        let of_kind = columns.filter(|(_, column)| column.kind == kind);
        // Labels stand in no order: of two as long the first by name, so that a draft is the same every time.
        let best =
            of_kind.max_by_key(|(label, _)| (text.contains(*label), label.len(), Reverse(label.to_owned())));
        best.map(|(_, column)| column)
    }

    fn columns(&self, nth: usize, found: Found<'g>) -> impl Iterator<Item = KnownColumn> {
        found.roles.iter().filter_map(move |role| self.column_of(nth, *role))
    }

    fn column_of(&self, nth: usize, role: Role) -> Option<KnownColumn> {
        let Role::Column { block, column } = role else { return None };
        let block = &self.grammars.forms[nth].blocks[usize::from(block)];
        let column = &block.columns[usize::from(column)];
        Some(KnownColumn {
            kind: block.kind,
            id: column.id.clone(),
            holds: column.holds,
            year: column.year_offset,
        })
    }

    /// The kind of block whose header a row is, by the labels of one block of one grammar, and how many of them it has.
    pub fn header(&self, row: &Row) -> Option<(BlockKind, usize)> {
        let mut best: Option<(BlockKind, usize)> = None;
        for (nth, form) in self.grammars.forms.iter().enumerate() {
            for (at, block) in form.blocks.iter().enumerate() {
                let mut columns: Vec<u8> =
                    row.filled().filter_map(|(_, piece)| self.column_in(nth, at, piece)).collect();
                columns.sort_unstable();
                columns.dedup();
                if best.is_none_or(|(_, count)| columns.len() > count) {
                    best = Some((block.kind, columns.len()));
                }
            }
        }
        best
    }

    fn column_in(&self, nth: usize, at: usize, piece: &Piece) -> Option<u8> {
        self.grammars.forms[nth].label(&piece.text, self.grammars)?.column_of(at as u8)
    }

    /// Whether some grammar has the label.
    pub fn is_label(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }

    /// The first levels that a label is one of, and the first levels that a second level stands under.
    pub fn is_level(&self, text: &str) -> bool {
        self.found(text).any(|(_, found)| {
            found.roles.iter().any(|role| matches!(role, Role::Level1(_) | Role::Level2(_)))
        })
    }

    /// A label as grammars write it: folded, without number, "of which", colon and brackets, its year as `{year}`.
    pub fn bare(&self, text: &str) -> String {
        let key = fold::key(text);
        let labelling = &self.grammars.labelling;
        let bare = labelling.strip_lead(&key);
        let bare = bare.strip_suffix(':').unwrap_or(bare);
        let bare = super::specimen::bare_title(bare);
        match labelling.year(bare) {
            Some(year) => format!("{}{{year}}{}", &bare[..year.start], &bare[year.end..]),
            None => bare.to_owned(),
        }
    }

    /// Whether a label, bare, holds a measure word: it heads counts.
    pub fn names_measure(&self, bare: &str) -> bool {
        self.grammars.lexicon.measure.within(bare)
    }

    /// Whether the brackets behind a label hold a unit of money.
    pub fn has_money_unit(&self, text: &str) -> bool {
        let inside = text.split(['(', ')', '（', '）', ':', '：']).skip(1);
        inside.into_iter().any(|inside| self.grammars.lexicon.money_unit(inside).is_some())
    }
}

/// Whether one of two labels says all that the other does; two characters are too few to say anything.
fn near(text: &str, label: &str) -> bool {
    text.contains(label) || (text.chars().count() > 2 && label.contains(text))
}
