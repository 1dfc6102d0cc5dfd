//! Hop 4: a form's texts as typed values beside their raw text. Nothing is judged here.

use super::blank::is_blank;
use super::date::{self, Date};
use super::decimal::Decimal;
use super::figure::figure;
use super::number::{Figure, Number, Unit};
use super::score::{level_weight, score};
use crate::form::{Form, Level1, Printed};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{FieldColumn, Grammar, Grammars, Holds, fold, in_digits, is_year};

/// A cell that should hold one number.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    /// What is printed.
    pub printed: Printed<'t>,
    /// The number, as printed; `None` where the cell holds something else.
    pub number: Option<Number<'t>>,
}

/// A form with its values.
#[derive(Clone, Debug)]
pub struct Valued<'t> {
    /// The form as it is printed.
    pub form: Form<'t>,
    /// The year it reports on.
    pub fiscal_year: Option<i32>,
    /// Another year that its title or its heading names.
    pub rival_year: Option<i32>,
    /// The unit its heading states.
    pub heading_unit: Option<MoneyUnit>,
    /// The figures of its matrices that are neither blank nor placeholders.
    pub figures: Vec<FigureValue<'t>>,
    /// For each of [`Form::lines`], its weight and score.
    pub lines: Vec<LineValue<'t>>,
    /// The printed weights of first levels.
    pub levels: Vec<LevelValue<'t>>,
    /// The printed total of the weights.
    pub weight_total: Option<Cell<'t>>,
    /// The printed total of the scores.
    pub score_total: Option<Cell<'t>>,
}

/// A figure of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct FigureValue<'t> {
    /// The item it stands on, by its place in [`Form::items`].
    pub item: u32,
    /// The header it stands under, by its place in the section; `None` for a figure in one cell with its label.
    pub header: Option<u32>,
    /// What it is.
    pub holds: Holds,
    /// The number.
    pub cell: Cell<'t>,
    /// The year it is about.
    pub year: Option<i32>,
    /// The unit stated nearest to it, and where; for money alone.
    pub unit: Option<(MoneyUnit, Basis)>,
    /// Whether the label of its line or column is not spelled as the grammar has it.
    pub label_guessed: bool,
}

/// Where the unit of a figure is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// In its own cell.
    Cell,
    /// In its row's label.
    Row,
    /// In its column's label.
    Column,
    /// In the label of its section.
    Section,
    /// In the form's heading.
    Form,
    /// Nowhere that could be trusted: evidence in the document decides.
    Evidence,
    /// Nowhere at all.
    Default,
}

impl Basis {
    /// The word in the `unit_basis` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Basis::Cell => "cell",
            Basis::Row => "row",
            Basis::Column => "column",
            Basis::Section => "section",
            Basis::Form => "form",
            Basis::Evidence => "evidence",
            Basis::Default => "default",
        }
    }
}

/// The numbers of a scored line.
#[derive(Clone, Copy, Debug)]
pub struct LineValue<'t> {
    /// Its weight; `None` where it is blank.
    pub weight: Option<Cell<'t>>,
    /// Its score; `None` where it is blank.
    pub score: Option<Cell<'t>>,
    /// Its first level's weight, by its place in [`Valued::levels`].
    pub level: Option<u32>,
}

/// A first level that prints its weight.
#[derive(Clone, Copy, Debug)]
pub struct LevelValue<'t> {
    /// The level's cell.
    pub printed: Printed<'t>,
    /// What stands in it before the weight.
    pub name: &'t str,
    /// The weight.
    pub weight: Decimal,
}

/// Reads the values of a form.
pub fn read<'t>(mut form: Form<'t>, grammars: &Grammars) -> Valued<'t> {
    let grammar = &grammars.forms[usize::from(form.grammar)];
    let reader = Reader { grammar, lexicon: &grammars.lexicon };
    let (fiscal_year, rival_year) = reader.fiscal_year(&form);
    let heading_unit = field(&form, FieldColumn::Unit).and_then(|unit| grammars.lexicon.unit_in(unit.text));
    // Nearly every printed one is a figure.
    let mut figures = Vec::with_capacity(form.figures.len());
    figures.extend(form.figures.iter().filter_map(|figure| reader.figure(&form, figure, fiscal_year)));
    let (lines, levels) = reader.lines(&form);
    if form.lone_total && reader.is_of_weights(&form, &lines) {
        form.weight_total = form.score_total.take();
    }
    Valued {
        fiscal_year,
        rival_year,
        heading_unit,
        figures,
        lines,
        levels,
        weight_total: form.weight_total.and_then(|printed| reader.score(printed)),
        score_total: form.score_total.and_then(|printed| reader.score(printed)),
        form,
    }
}

/// A field of a form, as printed.
pub fn field<'t>(form: &Form<'t>, column: FieldColumn) -> Option<Printed<'t>> {
    form.fields.iter().find(|(known, _)| *known == column).map(|(_, printed)| *printed)
}

/// The figure that a cell of a matrix is where it stands; `None` for a blank one or a placeholder.
pub(crate) fn figure_of<'t>(
    form: &Form<'t>,
    figure: &crate::form::Figure<'t>,
    fiscal_year: Option<i32>,
    grammars: &Grammars,
) -> Option<FigureValue<'t>> {
    let grammar = &grammars.forms[usize::from(form.grammar)];
    Reader { grammar, lexicon: &grammars.lexicon }.figure(form, figure, fiscal_year)
}

/// The weight or score that a cell is; `None` for a blank one or a placeholder.
pub(crate) fn points_of<'t>(printed: Printed<'t>, lexicon: &Lexicon) -> Option<Cell<'t>> {
    cell_of(printed, score(printed.text, lexicon))
}

struct Reader<'g> {
    grammar: &'g Grammar,
    lexicon: &'g Lexicon,
}

impl Reader<'_> {
    /// The year in the heading, else in the title, else the latest that a column names; with it another one that the title or
    /// the heading names. Of two that differ the title's is believed only where a column names it and none the heading's.
    fn fiscal_year(&self, form: &Form<'_>) -> (Option<i32>, Option<i32>) {
        let year_of = |digits: &str| digits.parse().ok().filter(|year| (1990..=2099).contains(year));
        let stated = field(form, FieldColumn::FiscalYear).and_then(|printed| match printed.text.get(..4) {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => year_of(digits),
            _ => {
                let narrow: String = printed.text.chars().map(fold::narrow).collect();
                let bare: String = in_digits(&narrow).chars().filter(char::is_ascii_digit).collect();
                year_of(bare.get(..4)?)
            }
        });
        let columns = || {
            let headers = form.sections.iter().flat_map(|section| &section.columns);
            headers.filter_map(|header| header.year)
        };
        let named = |year: i32| columns().any(|column| column == year);
        let title = form.title.text;
        let of_title = date::year(title, self.lexicon).or_else(|| self.scanned_year(title));
        match (stated, of_title) {
            (Some(stated), Some(title)) if stated != title => {
                let of_title = named(title) && !named(stated);
                let (year, rival) = if of_title { (title, stated) } else { (stated, title) };
                (Some(year), Some(rival))
            }
            (stated, title) => (stated.or(title).or_else(|| columns().max()), None),
        }
    }

    /// The year of a title that a scanner read, with letters for some of its digits or a space among them: `2O 23年度`.
    fn scanned_year(&self, title: &str) -> Option<i32> {
        // Most titles name no year at all.
        if !title.chars().any(|c| fold::narrow(c).is_ascii_digit()) {
            return None;
        }
        let bare: Vec<char> = title.chars().filter(|&c| !fold::is_space(c)).map(fold::narrow).collect();
        // Of four letters none is a misread digit.
        let begun = |digits: &[char]| digits.iter().any(char::is_ascii_digit);
        let mut fours = bare.windows(4).enumerate().filter(|(_, digits)| begun(digits));
        fours.find_map(|(at, digits)| {
            let digits = in_digits(&digits.iter().collect::<String>());
            let behind: String = bare[at + 4..].iter().take(2).collect();
            let named = is_year(&digits) && self.lexicon.year.strip(&behind).is_some();
            named.then(|| digits.parse().ok()).flatten()
        })
    }

    fn figure<'t>(
        &self,
        form: &Form<'t>,
        figure: &crate::form::Figure<'t>,
        fiscal_year: Option<i32>,
    ) -> Option<FigureValue<'t>> {
        let item = &form.items[figure.item as usize];
        let section = &form.sections[item.section as usize];
        let block = &self.grammar.blocks[usize::from(section.block)];
        let header = figure.header.map(|at| &section.columns[at as usize]);
        let column = header.map(|header| &block.columns[usize::from(header.column)]);
        let holds = column.map_or_else(|| block.inline.map(Holds::Money), |column| Some(column.holds))?;
        let mut cell = self.number(figure.printed)?;
        let offset = column.map_or(0, |column| column.year_offset);
        let year = header.and_then(|header| header.year).or(fiscal_year.map(|year| year + offset));
        // Numbers are large, and looked at where they stand.
        if cell.number.as_ref().is_some_and(|number| !can_be(holds, number)) {
            cell.number = None;
        }
        let in_cell = cell.number.as_ref().and_then(|number| match number.unit {
            Some(Unit::Money(unit)) => Some((unit, Basis::Cell)),
            // A multiplier alone, `1.2万`, names the unit of a sum as well as `1.2万元` does.
            Some(Unit::Word { power, .. }) => money_of(power).map(|unit| (unit, Basis::Cell)),
            _ => None,
        });
        let unit = matches!(holds, Holds::Money(_)).then(|| {
            in_cell
                .or_else(|| item.unit.map(|unit| (unit, Basis::Row)))
                .or_else(|| header.and_then(|header| header.unit).map(|unit| (unit, Basis::Column)))
                .or_else(|| section.unit.map(|unit| (unit, Basis::Section)))
        });
        Some(FigureValue {
            item: figure.item,
            header: figure.header,
            holds,
            cell,
            year,
            unit: unit.flatten(),
            label_guessed: item.guessed || header.is_some_and(|header| header.guessed),
        })
    }

    /// The number in a cell; `None` for a blank one or a placeholder.
    fn number<'t>(&self, printed: Printed<'t>) -> Option<Cell<'t>> {
        cell_of(printed, figure(printed.text, self.lexicon))
    }

    fn score<'t>(&self, printed: Printed<'t>) -> Option<Cell<'t>> {
        points_of(printed, self.lexicon)
    }

    /// Whether a total that stands alone is the weights': it is their sum and not that of the scores, or no line prints a
    /// score.
    fn is_of_weights(&self, form: &Form<'_>, lines: &[LineValue<'_>]) -> bool {
        let value = |cell: &Cell<'_>| cell.number.map(|number| number.value);
        let lone = form.score_total.and_then(|printed| value(&self.score(printed)?));
        let fits = |points: &[Cell<'_>]| {
            let sum = points.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(value(cell)?));
            !points.is_empty() && lone.is_some() && sum == lone
        };
        let weights: Vec<_> = lines.iter().filter_map(|line| line.weight).collect();
        let scores: Vec<_> = lines.iter().filter_map(|line| line.score).collect();
        let unscored = scores.is_empty() && !weights.is_empty();
        unscored || (fits(&weights) && !fits(&scores))
    }

    fn lines<'t>(&self, form: &Form<'t>) -> (Vec<LineValue<'t>>, Vec<LevelValue<'t>>) {
        let mut levels: Vec<LevelValue<'t>> = Vec::new();
        // The level cell last looked at: every line below it is filled down from the same one.
        let mut last: Option<(Printed<'t>, Option<u32>)> = None;
        let mut lines = Vec::with_capacity(form.lines.len());
        for line in &form.lines {
            let level = match line.level1 {
                Some(Level1::Printed(printed) | Level1::Apart(printed, _)) => match last {
                    Some((known, level)) if known == printed => level,
                    _ => {
                        let found = level_weight(printed.text, self.lexicon);
                        let level = found.map(|found| {
                            // A level below a header that a page repeats is printed once more.
                            let above = last.and_then(|(_, level)| level);
                            let again = above.filter(|&above| {
                                let known: &LevelValue<'_> = &levels[above as usize];
                                known.weight == found.weight && known.name == found.name
                            });
                            if let Some(again) = again {
                                return again;
                            }
                            levels.push(LevelValue { printed, name: found.name, weight: found.weight });
                            levels.len() as u32 - 1
                        });
                        last = Some((printed, level));
                        level
                    }
                },
                _ => None,
            };
            let weight = line.weight.and_then(|printed| self.score(printed));
            let score = line.score.and_then(|printed| self.score(printed));
            lines.push(LineValue { weight, score, level });
        }
        (lines, levels)
    }
}

/// Whether a number can be what its cell should hold: a percentage or a count is no sum of money, and a sum no rate.
fn can_be(holds: Holds, number: &Number<'_>) -> bool {
    match (holds, number.unit) {
        (Holds::Money(_), _) if number.percent.is_some() => false,
        (Holds::Money(_), Some(Unit::Word { power, word })) => word.is_empty() && money_of(power).is_some(),
        (Holds::Money(_), _) => true,
        (_, Some(Unit::Money(_))) => false,
        (Holds::Ratio, Some(Unit::Word { .. })) => false,
        (Holds::Person | Holds::Area, _) => number.percent.is_none() && !number.value.is_negative(),
        _ => true,
    }
}

fn money_of(power: u8) -> Option<MoneyUnit> {
    MoneyUnit::ALL.into_iter().find(|unit| i16::from(unit.power()) == i16::from(power) && power > 0)
}

fn cell_of<'t>(printed: Printed<'t>, figure: Figure<'t>) -> Option<Cell<'t>> {
    match figure {
        Figure::Blank => None,
        Figure::Number(number) => Some(Cell { printed, number: Some(number) }),
        Figure::Unreadable => Some(Cell { printed, number: None }),
    }
}

/// The text of a cell that is prose or a name; `None` where it is blank or a placeholder.
pub fn filled<'t>(printed: Option<Printed<'t>>, lexicon: &Lexicon) -> Option<Printed<'t>> {
    printed.filter(|printed| !is_blank(printed.text, lexicon))
}

/// A date as days since 1970-01-01.
pub fn day(text: &str, lexicon: &Lexicon) -> Option<i32> {
    date::date(text, lexicon).map(Date::days)
}
