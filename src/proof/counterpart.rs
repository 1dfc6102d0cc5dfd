//! Which form of a document another can be compared with.

use super::Judged;
use super::relation::having;
use crate::grammar::Term;
use foldhash::fast::RandomState;
use std::borrow::Cow;
use std::collections::HashMap;

/// So many forms are looked at one by one.
const FEW: usize = 8;

/// What tells forms apart: the department, folded, and the year that they are about.
type Told<'a> = (Option<&'a str>, Option<i32>);

/// The forms that have a relation's larger side.
pub(super) struct Wholes<'a, 't> {
    forms: &'a [Judged<'t>],
    departments: &'a [Option<Cow<'t, str>>],
    all: Vec<usize>,
    /// Those that are told apart by the same, where there are more than a few: a document may bind thousands of departments'.
    alike: HashMap<Told<'a>, Vec<usize>, RandomState>,
}

impl<'a, 't> Wholes<'a, 't> {
    /// The forms with the row of `term`.
    pub fn having(forms: &'a [Judged<'t>], departments: &'a [Option<Cow<'t, str>>], term: &Term) -> Self {
        let mut wholes = Wholes { forms, departments, all: having(forms, term), alike: HashMap::default() };
        if wholes.all.len() > FEW {
            for &at in &wholes.all {
                wholes.alike.entry(told(forms, departments, at)).or_default().push(at);
            }
        }
        wholes
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The one of them that the form `part` can be compared with: of the same department and of the same year, where both
    /// forms name one.
    pub fn of(&self, part: usize) -> Option<usize> {
        let own = told(self.forms, self.departments, part);
        let listed = |told: Told<'a>| self.alike.get(&told).map_or(&[][..], Vec::as_slice);
        let lists = match own {
            (Some(_), Some(_)) if self.all.len() > FEW => {
                [own, (own.0, None), (None, own.1), (None, None)].map(listed)
            }
            _ => [self.all.as_slice(), &[], &[], &[]],
        };
        let mut fitting = lists.into_iter().flatten().copied().filter(|&whole| {
            let other = told(self.forms, self.departments, whole);
            whole != part && goes_with(own.0, other.0) && goes_with(own.1, other.1)
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

fn told<'a>(forms: &[Judged<'_>], departments: &'a [Option<Cow<'_, str>>], at: usize) -> Told<'a> {
    (departments[at].as_deref(), forms[at].valued.fiscal_year)
}

/// Whether two names are one, or one of them is not given.
fn goes_with<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}
