//! What stays the same from one printed form to the next: labels do, values do not.

use super::known::Known;
use super::specimen::Specimen;
use std::collections::{HashMap, HashSet};

/// In how many forms each text stands.
pub(super) struct Constancy {
    specimens: usize,
    seen: HashMap<String, usize>,
}

impl Constancy {
    pub fn of(specimens: &[&Specimen], known: &Known<'_>) -> Self {
        let mut seen = HashMap::new();
        for specimen in specimens {
            let pieces = specimen.rows.iter().flat_map(|row| row.filled()).filter(|(_, piece)| piece.is_words());
            let own: HashSet<String> = pieces.map(|(_, piece)| known.bare(&piece.text)).collect();
            for text in own {
                *seen.entry(text).or_insert(0) += 1;
            }
        }
        Constancy { specimens: specimens.len(), seen }
    }

    /// In how many forms a bare label stands.
    pub fn count(&self, bare: &str) -> usize {
        self.seen.get(bare).copied().unwrap_or(0)
    }

    /// Whether a text is printed in three forms of five; `None` where there is one form only, which cannot tell.
    pub fn is_constant(&self, bare: &str) -> Option<bool> {
        (self.specimens > 1).then(|| self.count(bare) * 5 >= self.specimens * 3 && self.count(bare) > 1)
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
