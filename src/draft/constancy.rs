//! What stays the same from one printed form to the next: labels do, values do not.

use super::known::Known;
use super::specimen::Specimen;
use std::collections::{HashMap, HashSet};

/// In how many documents each text stands; of a single document, in how many of its forms.
pub(super) struct Constancy {
    units: usize,
    /// Units in which a label stands at least.
    enough: usize,
    seen: HashMap<String, usize>,
}

impl Constancy {
    pub fn of(specimens: &[&Specimen], known: &Known<'_>) -> Self {
        let mut units: Vec<HashSet<String>> = Vec::new();
        let mut of_document: HashMap<usize, usize> = HashMap::new();
        let documents: HashSet<usize> = specimens.iter().map(|specimen| specimen.document).collect();
        for specimen in specimens {
            let unit = match of_document.get(&specimen.document).filter(|_| documents.len() > 1) {
                Some(unit) => *unit,
                None => {
                    units.push(HashSet::new());
                    of_document.insert(specimen.document, units.len() - 1);
                    units.len() - 1
                }
            };
            let words =
                specimen.rows.iter().flat_map(|row| row.filled()).filter(|(_, piece)| !piece.is_prose());
            for (_, piece) in words {
                units[unit].insert(known.bare(&piece.text));
                // A label with its value in one cell.
                units[unit].extend(piece.text.rsplit_once([':', '：']).map(|(label, _)| known.bare(label)));
            }
        }
        let mut seen = HashMap::new();
        units.iter().flatten().for_each(|text| *seen.entry(text.clone()).or_insert(0) += 1);
        // Forms of one document name the same bodies; documents do not. Editions differ, so that few are enough.
        let enough = if documents.len() > 1 { 2.max(units.len() / 10) } else { 2.max(units.len() * 3 / 5) };
        Constancy { units: units.len(), enough, seen }
    }

    /// Whether a text is printed again and again; `None` where there is one form only, which cannot tell.
    fn is_constant(&self, bare: &str) -> Option<bool> {
        (self.units > 1).then(|| self.seen.get(bare).is_some_and(|&count| count >= self.enough))
    }

    /// Whether a text varies for certain.
    pub fn varies(&self, bare: &str) -> bool {
        self.is_constant(bare) == Some(false)
    }

    /// Whether a text is seen to be the same.
    pub fn stays(&self, bare: &str) -> bool {
        self.is_constant(bare) == Some(true)
    }
}
