//! What the forms of one document are called, folded once for all relations that compare them by name.

use super::{Judged, relation};
use crate::grammar::{FieldColumn, Grammars, Term, fold};
use crate::value::form::{field, filled};
use foldhash::fast::RandomState;
use std::borrow::Cow;
use std::collections::HashMap;

/// The names of the forms of a document.
pub(super) struct Called<'t> {
    /// The department each form is about; a placeholder names none.
    pub departments: Vec<Option<Cow<'t, str>>>,
    /// The project each form is about, as printed; `None` where it has no such field.
    pub projects: Vec<Option<Cow<'t, str>>>,
    /// For each form, the first one of the same project. Forms that name none, or print a placeholder, count as one.
    pub firsts: Vec<usize>,
    /// The named rows of its forms.
    pub rows: NamedRows<'t>,
}

/// The rows of forms that are compared by name, by form, block and row.
#[derive(Default)]
pub(super) struct NamedRows<'t>(HashMap<(usize, u8, u16), Named<'t>, RandomState>);

impl<'t> Called<'t> {
    pub fn of(forms: &[Judged<'t>], grammars: &Grammars) -> Self {
        let mut called = Called {
            departments: Vec::with_capacity(forms.len()),
            projects: Vec::with_capacity(forms.len()),
            firsts: Vec::with_capacity(forms.len()),
            rows: NamedRows::default(),
        };
        let mut known: HashMap<Cow<'t, str>, usize, RandomState> = HashMap::default();
        for (at, judged) in forms.iter().enumerate() {
            let form = &judged.valued.form;
            let columns = [FieldColumn::Department, FieldColumn::SupervisingOrg, FieldColumn::ReportingOrg];
            let printed =
                columns.into_iter().find_map(|column| filled(field(form, column), &grammars.lexicon));
            called.departments.push(printed.map(|printed| fold::name(printed.text)));
            let printed = field(form, FieldColumn::Project);
            let project = printed.map(|printed| fold::name(printed.text));
            let name = project.clone().filter(|_| filled(printed, &grammars.lexicon).is_some());
            called.firsts.push(*known.entry(name.unwrap_or_default()).or_insert(at));
            called.projects.push(project);
        }
        called
    }
}

impl<'t> NamedRows<'t> {
    /// The row of a form that bears this name, by what stands on it, and whether only nearly so. `facts` are the figures
    /// that come into question: item and fact, by item.
    pub fn find(
        &mut self,
        (form, term): (usize, &Term),
        facts: &[(u32, u32)],
        name: &str,
        forms: &[Judged<'t>],
        grammars: &Grammars,
    ) -> Option<(u32, bool)> {
        let (block, row) = term.row_in(forms[form].valued.form.grammar)?;
        let named = self.0.entry((form, block, row));
        named.or_insert_with(|| Named::of(&forms[form], block, row, grammars)).find(name, facts)
    }
}

/// The lines on one row of a form's block, by their labels.
struct Named<'t> {
    /// Item and name, in the order of the items.
    names: Vec<(u32, Cow<'t, str>)>,
    /// Places among them, by name.
    by_name: Vec<u32>,
}

impl<'t> Named<'t> {
    fn of(form: &Judged<'t>, block: u8, row: u16, grammars: &Grammars) -> Self {
        let printed = &form.valued.form;
        let here = printed.items.iter().zip(0..).filter(|(item, _)| {
            item.row == Some(row) && printed.sections[item.section as usize].block == block
        });
        let strip = |name| match name {
            Cow::Borrowed(name) => Cow::Borrowed(grammars.labelling.strip_lead(name)),
            Cow::Owned(name) => Cow::Owned(grammars.labelling.strip_lead(&name).to_owned()),
        };
        let names: Vec<(u32, Cow<'t, str>)> =
            here.filter_map(|(item, at)| Some((at, strip(fold::name(item.label?.text))))).collect();
        let mut by_name: Vec<u32> = (0..names.len() as u32).collect();
        by_name.sort_unstable_by(|&a, &b| names[a as usize].1.cmp(&names[b as usize].1));
        Named { names, by_name }
    }

    /// The row of this name, or the only one of nearly this name, and whether it is the latter.
    fn find(&self, name: &str, facts: &[(u32, u32)]) -> Option<(u32, bool)> {
        let name_at = |place: u32| &*self.names[place as usize].1;
        let start = self.by_name.partition_point(|&place| name_at(place) < name);
        let same = self.by_name[start..].iter().take_while(|&&place| name_at(place) == name);
        let mut equal = same.flat_map(|&place| facts_of(self.names[place as usize].0, facts));
        if let Some(fact) = equal.next() {
            return equal.next().is_none().then_some((fact, false));
        }
        if facts.len() > relation::NAMES_COMPARED {
            return None;
        }
        let is_near = |item| self.name_of(item).is_some_and(|other| relation::nearly_same(name, other));
        let mut near = facts.iter().filter(|(item, _)| is_near(*item));
        let (_, fact) = near.next()?;
        near.next().is_none().then_some((*fact, true))
    }

    fn name_of(&self, item: u32) -> Option<&str> {
        let at = self.names.binary_search_by_key(&item, |(known, _)| *known).ok()?;
        Some(&self.names[at].1)
    }
}

/// The facts of an item.
fn facts_of(item: u32, facts: &[(u32, u32)]) -> impl Iterator<Item = u32> + '_ {
    let start = facts.partition_point(|fact| fact.0 < item);
    facts[start..].iter().take_while(move |fact| fact.0 == item).map(|fact| fact.1)
}
