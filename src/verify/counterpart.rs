//! Which form of a document another is held against.

use super::form::DocumentRows;
use std::collections::HashMap;

/// The forms that have a relation's larger side, found by what tells them apart.
pub(super) struct Wholes<'d, 'r> {
    document: &'d DocumentRows<'r>,
    all: Vec<usize>,
    alike: HashMap<Told<'d>, Vec<usize>>,
}

/// The department and year that a form names.
type Told<'d> = (Option<&'d str>, Option<i32>);

impl<'d, 'r> Wholes<'d, 'r> {
    pub(super) fn new(document: &'d DocumentRows<'r>, all: Vec<usize>) -> Self {
        let mut alike: HashMap<Told<'d>, Vec<usize>> = HashMap::new();
        for &at in &all {
            alike.entry(told(document, at)).or_default().push(at);
        }
        Wholes { document, all, alike }
    }

    /// The one form that `part` can be compared with: neither department nor year tells them apart.
    pub(super) fn of(&self, part: usize) -> Option<usize> {
        let own = told(self.document, part);
        let listed = |told: Told<'d>| self.alike.get(&told).map_or(&[][..], Vec::as_slice);
        // A document may hold thousands of departments' forms: those of another are not looked at.
        let lists = match own {
            (Some(_), Some(_)) => [own, (own.0, None), (None, own.1), (None, None)].map(listed),
            _ => [self.all.as_slice(), &[], &[], &[]],
        };
        let differ = |whole| {
            let other = told(self.document, whole);
            own.0.zip(other.0).is_some_and(|(a, b)| a != b) || own.1.zip(other.1).is_some_and(|(a, b)| a != b)
        };
        let mut fitting =
            lists.into_iter().flatten().copied().filter(|&whole| whole != part && !differ(whole));
        let one = fitting.next()?;
        fitting.next().is_none().then_some(one)
    }
}

fn told<'d>(document: &'d DocumentRows<'_>, form: usize) -> Told<'d> {
    let row = document.forms[form].row;
    (row.department.as_deref(), row.year)
}
