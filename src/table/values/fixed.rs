//! Runs of the program's own words, which are known by where they lie.

use super::TextRuns;

/// Runs of texts that lie in the program itself: they stay where they are, so that a place need not be read again.
#[derive(Clone, Debug, Default)]
pub(crate) struct FixedRuns {
    runs: TextRuns,
    /// The places met so far, with the codes of the texts there. One text may lie in several, but they are few.
    known: Vec<(Place, u32)>,
    /// Of the row before.
    last: Place,
}

/// Address and length; that of no text is `NOWHERE`.
type Place = (usize, usize);

/// Where no text lies.
const NOWHERE: Place = (0, 0);

impl FixedRuns {
    /// Adds a row.
    #[inline(always)]
    pub fn push(&mut self, value: Option<&'static str>) {
        let place = value.map_or(NOWHERE, |value| (value.as_ptr() as usize, value.len()));
        if place == self.last && place != NOWHERE {
            return self.runs.repeat(1);
        }
        self.push_other(value, place);
    }

    /// Adds a row whose text does not lie where the one before does.
    #[inline(never)]
    fn push_other(&mut self, value: Option<&'static str>, place: Place) {
        self.last = place;
        if let Some((_, code)) = self.known.iter().find(|(known, _)| *known == place) {
            return self.runs.push_code(*code);
        }
        self.runs.push(value);
        self.known.extend(self.runs.last().map(|code| (place, code)));
    }
}

impl From<TextRuns> for FixedRuns {
    /// The same runs, the places of whose texts are not known.
    fn from(runs: TextRuns) -> Self {
        FixedRuns { runs, known: Vec::new(), last: NOWHERE }
    }
}

impl From<FixedRuns> for TextRuns {
    fn from(fixed: FixedRuns) -> Self {
        fixed.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_has_one_code_wherever_it_lies() {
        let elsewhere: &'static str = "stated".to_owned().leak();
        let given =
            [Some("stated"), Some("proven"), None, None, Some("stated"), Some(elsewhere), Some("proven")];
        let mut fixed = FixedRuns::default();
        given.iter().chain(&given).for_each(|value| fixed.push(*value));
        let runs = TextRuns::from(fixed);
        assert!(runs.values().eq(given.iter().chain(&given).map(|value| value.map(str::as_bytes))));
        assert_eq!(runs.distinct(), 2);
    }
}
