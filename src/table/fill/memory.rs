//! Names and targets that were read lately. Forms of one kind print the same labels, and most targets are written in the
//! same few ways: finding one costs a tenth of reading it.

use super::names;
use super::shape::{Shape, ShapeKey};
use crate::dump::Dialect;
use crate::grammar::Labelling;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::Op;
use crate::table::term::{Series, Term};
use crate::value::blank::is_blank;
use crate::value::decimal::Decimal;
use crate::value::exact::QUANTITY;
use crate::value::target::target;
use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashTable};
use std::hash::BuildHasher;
use std::ops::Range;

/// Bytes of text and names at which a memory begins anew: a run has no end, but its forms are of few kinds.
const TEXT_BYTES: usize = 1 << 20;
const NAMES: usize = 1 << 15;
/// Shapes of forms, and names in one: forms of a kind are of a few shapes, and most have some dozens of items.
const SHAPES: usize = 256;
const SHAPE_NAMES: usize = 512;
/// Longer targets are prose that does not come again.
const TARGET_BYTES: usize = 48;

/// Names by what is printed, with what was made of them.
#[derive(Default)]
pub struct Memory {
    hasher: RandomState,
    /// All texts and names, behind each other.
    text: String,
    names: Vec<Name>,
    /// What was printed, with the name that it is.
    printed: Vec<Folded>,
    /// Places among them, by what is printed.
    folded: HashTable<u32>,
    /// The place of the one asked for last.
    last: usize,
    /// What two names put together are.
    joined: HashMap<(NameId, NameId, Joint), NameId, RandomState>,
    /// What a target says.
    targets: HashTable<Printed<Said>>,
    /// Cells of scored lines.
    told: HashTable<Printed<Told>>,
    /// The grammars' own names for things, and units.
    codes: HashMap<String, NameId, RandomState>,
    /// Forms by their shapes.
    shapes: HashMap<ShapeKey, Shape, RandomState>,
    /// Whose numbers the names' are.
    series: Series,
    /// Whether quotation marks are doubled in what it was read from.
    doubles_quotes: bool,
}

/// A name in a [`Memory`], until it next [makes room](Memory::make_room).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NameId(u32);

/// Where something lies in the text of a memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

/// A text as it is printed, its hash, and what was made of it.
#[derive(Clone, Copy, Debug)]
struct Printed<T> {
    hash: u64,
    place: Span,
    made: T,
}

/// A text as it is printed, and the name that it is.
#[derive(Clone, Copy, Debug)]
struct Folded {
    printed: Printed<NameId>,
    /// The place of the one that was asked for behind it: forms of one kind print their labels in one order, so that the
    /// next one mostly is known by one comparison.
    next: u32,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    place: Span,
    /// Itself without number, colon and what is like them; with a unit taken off, and without.
    bare: [Option<NameId>; 2],
}

/// What stands between two names put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Joint {
    /// Between the lines of a path.
    Path,
    /// Between a header and the one above it.
    Header,
    /// Between the code of a line and its column's.
    Code,
}

/// What a target says, with the name of its unit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    pub op: Option<Op>,
    pub value: Option<Decimal>,
    pub unit: Option<NameId>,
}

/// A cell of a scored line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// As the dataset gives it; see [`names::passage`]. `None` where the cell is blank.
    pub words: Option<NameId>,
    pub said: Said,
}

impl Memory {
    /// Forgets everything where there is too much of it, or where texts of this dialect are read otherwise. Names given
    /// before are no longer to be asked for.
    pub(crate) fn make_room(&mut self, dialect: Dialect) {
        let otherwise = self.doubles_quotes != dialect.doubles_quotes();
        if otherwise || self.text.len() > TEXT_BYTES || self.names.len() > NAMES {
            self.text.clear();
            self.names.clear();
            self.printed.clear();
            self.folded.clear();
            self.last = 0;
            self.joined.clear();
            self.targets.clear();
            self.told.clear();
            self.codes.clear();
            self.shapes.clear();
            self.series = Series::new();
            self.doubles_quotes = dialect.doubles_quotes();
        }
    }

    /// A name in letters.
    pub(crate) fn text(&self, id: NameId) -> &str {
        self.names[id.0 as usize].place.of(&self.text)
    }

    /// A name as a row takes it.
    pub(crate) fn term(&self, id: NameId) -> Term<'_> {
        let Span { start, end } = self.names[id.0 as usize].place;
        Term::known(&self.text, start..end, self.series, id.0)
    }

    /// What lies in a place.
    pub(super) fn at(&self, place: Span) -> &str {
        place.of(&self.text)
    }

    /// The text whose name was asked for last, as it is printed.
    pub(super) fn last_printed(&self) -> Span {
        self.printed[self.last].printed.place
    }

    /// A word that comes again and need not be folded: a grammar's own name for something, or a unit.
    pub(super) fn code(&mut self, code: &str) -> NameId {
        if let Some(&known) = self.codes.get(code) {
            return known;
        }
        let name = self.given(code);
        self.codes.insert(code.to_owned(), name);
        name
    }

    /// What forms of a shape were called last, to be changed and [kept](Self::keep_shape).
    pub(super) fn take_shape(&mut self, key: ShapeKey) -> Shape {
        self.shapes.get_mut(&key).map(std::mem::take).unwrap_or_default()
    }

    /// Keeps what forms of a shape are called, unless it is a large one.
    pub(super) fn keep_shape(&mut self, key: ShapeKey, shape: Shape) {
        if shape.items.len() + shape.headers.len() > SHAPE_NAMES {
            return;
        }
        if self.shapes.len() == SHAPES {
            self.shapes.clear();
        }
        self.shapes.insert(key, shape);
    }

    /// The name that is printed so; see [`names::name`].
    pub(crate) fn name(&mut self, printed: &str, dialect: Dialect) -> NameId {
        let expected = self.printed.get(self.last).map_or(0, |last| last.next as usize);
        let known = self.printed.get(expected).filter(|known| known.printed.place.of(&self.text) == printed);
        if let Some(known) = known {
            self.last = expected;
            return known.printed.made;
        }
        let at = self.folded_at(printed, dialect);
        if let Some(last) = self.printed.get_mut(self.last) {
            last.next = at as u32;
        }
        self.last = at;
        self.printed[at].printed.made
    }

    /// The place of a printed text among those with a name.
    fn folded_at(&mut self, printed: &str, dialect: Dialect) -> usize {
        let hash = self.hasher.hash_one(printed);
        let Memory { text, printed: all, .. } = self;
        let is_it = |&at: &u32| {
            let known = &all[at as usize].printed;
            known.hash == hash && known.place.of(text) == printed
        };
        if let Some(&at) = self.folded.find(hash, is_it) {
            return at as usize;
        }
        let place = self.keep(printed);
        let name = names::name(printed, dialect);
        let made = if *name == *printed { self.add(place) } else { self.given(&name) };
        let at = self.printed.len();
        self.printed.push(Folded { printed: Printed { hash, place, made }, next: 0 });
        let all = &self.printed;
        self.folded.insert_unique(hash, at as u32, |&at| all[at as usize].printed.hash);
        at
    }

    /// A name that need not be folded.
    pub(crate) fn given(&mut self, name: &str) -> NameId {
        let place = self.keep(name);
        self.add(place)
    }

    /// A name without what stands around it in a label; see [`names::bare_label`].
    pub(crate) fn bare(&mut self, id: NameId, has_unit: bool, labelling: &Labelling) -> NameId {
        let name = self.names[id.0 as usize];
        if let Some(bare) = name.bare[usize::from(has_unit)] {
            return bare;
        }
        let range = names::bare_label(name.place.of(&self.text), has_unit, labelling);
        let start = name.place.start;
        let bare = self.add(Span { start: start + range.start as u32, end: start + range.end as u32 });
        self.names[id.0 as usize].bare[usize::from(has_unit)] = Some(bare);
        bare
    }

    /// Two names put together.
    pub(crate) fn join(&mut self, first: NameId, joint: Joint, second: NameId) -> NameId {
        if let Some(&known) = self.joined.get(&(first, second, joint)) {
            return known;
        }
        let between = match joint {
            Joint::Path => " / ",
            Joint::Header => "/",
            Joint::Code => ".",
        };
        let start = self.text.len();
        let place = |name: NameId| self.names[name.0 as usize].place;
        let (first_place, second_place) = (place(first), place(second));
        self.text.extend_from_within(first_place.range());
        self.text.push_str(between);
        self.text.extend_from_within(second_place.range());
        let id = self.add(Span { start: start as u32, end: self.text.len() as u32 });
        self.joined.insert((first, second, joint), id);
        id
    }

    /// What a target or an outcome says in figures; see [`target`].
    pub(crate) fn target(&mut self, printed: &str, lexicon: &Lexicon) -> Said {
        if !may_say(printed) {
            return Said::default();
        }
        if printed.len() > TARGET_BYTES {
            return self.read(printed, lexicon);
        }
        let hash = self.hasher.hash_one(printed);
        let text = &self.text;
        if let Some(known) = self.targets.find(hash, |known| known.place.of(text) == printed) {
            return known.made;
        }
        let place = self.keep(printed);
        let said = self.read(printed, lexicon);
        self.targets.insert_unique(hash, Printed { hash, place, made: said }, |known| known.hash);
        said
    }

    /// A cell of a scored line; `None` for one that is too long to come again.
    pub(crate) fn told(&mut self, printed: &str, dialect: Dialect, lexicon: &Lexicon) -> Option<Told> {
        if printed.len() > TARGET_BYTES {
            return None;
        }
        let hash = self.hasher.hash_one(printed);
        let text = &self.text;
        if let Some(known) =
            self.told.find(hash, |known| known.hash == hash && known.place.of(text) == printed)
        {
            return Some(known.made);
        }
        let place = self.keep(printed);
        let mut made = Told::default();
        if !is_blank(printed, lexicon) {
            let passage = names::passage(printed, dialect, "");
            if may_say(&passage) {
                made.said = self.read(&passage, lexicon);
            }
            made.words = Some(if *passage == *printed { self.add(place) } else { self.given(&passage) });
        }
        self.told.insert_unique(hash, Printed { hash, place, made }, |known| known.hash);
        Some(made)
    }

    /// What a text says, as far as a column keeps it.
    fn read(&mut self, printed: &str, lexicon: &Lexicon) -> Said {
        let found = target(printed, lexicon);
        if found.value.is_some_and(|value| !QUANTITY.fits(value)) {
            return Said::default();
        }
        // Units are few, and one that is known is told by its number.
        let unit = found.unit.map(|unit| self.code(&unit));
        Said { op: found.op, value: found.value, unit }
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, end: self.text.len() as u32 }
    }

    fn add(&mut self, place: Span) -> NameId {
        self.names.push(Name { place, bare: [None; 2] });
        NameId(self.names.len() as u32 - 1)
    }
}

/// Whether a text may say anything in figures: nothing without a digit does, and full-width ones begin with 0xEF.
fn may_say(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xef)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Grammars;

    #[test]
    fn what_is_remembered_is_what_is_read() {
        let grammars = Grammars::built_in().unwrap();
        let (labelling, lexicon) = (&grammars.labelling, &grammars.lexicon);
        let mut memory = Memory::default();
        for _ in 0..2 {
            let label = memory.name("（一）　基本 支出（万元）：", Dialect::CellLines);
            assert_eq!(memory.text(label), "(一)基本支出(万元):");
            let (bare, with_unit) =
                (memory.bare(label, true, labelling), memory.bare(label, false, labelling));
            assert_eq!((memory.text(bare), memory.text(with_unit)), ("基本支出", "基本支出(万元)"));
            let (a, b) = (memory.name("甲", Dialect::CellLines), memory.name("乙", Dialect::CellLines));
            let (path, header) = (memory.join(a, Joint::Path, b), memory.join(a, Joint::Header, b));
            assert_eq!((memory.text(path), memory.text(header)), ("甲 / 乙", "甲/乙"));
            let said = memory.target("≥1.2万亩", lexicon);
            assert_eq!((said.op, said.value), (Some(Op::Ge), Some(Decimal::from(12_000))));
            assert_eq!(said.unit.map(|unit| memory.text(unit)), Some("亩"));
            assert_eq!(memory.target("按期完成", lexicon).value, None);
        }
        for _ in 0..2 {
            let told = memory.told(" ≥1.2万亩 ", Dialect::CellLines, lexicon).unwrap();
            assert_eq!(told.words.map(|words| memory.text(words)), Some("≥1.2万亩"));
            assert_eq!(told.said.value, Some(Decimal::from(12_000)));
            assert_eq!(memory.told("——", Dialect::CellLines, lexicon).unwrap().words, None);
            assert!(memory.told(&"长".repeat(20), Dialect::CellLines, lexicon).is_none());
        }
        let names = memory.names.len();
        memory.make_room(Dialect::CellLines);
        assert_eq!(memory.names.len(), names, "there is room enough");
        memory.make_room(Dialect::Csv);
        let quoted = memory.name("\"\"甲\"\"乙", Dialect::Csv);
        assert_eq!(memory.text(quoted), "\"甲\"乙");
    }

    #[test]
    fn what_was_asked_for_next_is_but_a_guess() {
        let mut memory = Memory::default();
        let labels = ["甲 1", "乙", "甲 1", "丙：", "甲1", "乙", "丙：", "甲 1", "甲 1", "乙"];
        let names = ["甲1", "乙", "甲1", "丙:", "甲1", "乙", "丙:", "甲1", "甲1", "乙"];
        for _ in 0..3 {
            let given: Vec<NameId> =
                labels.iter().map(|label| memory.name(label, Dialect::CellLines)).collect();
            assert!(given.iter().map(|&id| memory.text(id)).eq(names));
            assert_eq!(given[0], given[2], "one label has one name");
        }
        assert_eq!(memory.printed.len(), 4);
    }
}
