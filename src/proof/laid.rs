//! The identities laid over a form, in two lists whatever their number: a list for each would be most of the work on a
//! form whose figures agree.

use super::fact::Facts;
use super::identity::{Instance, Of, Shape};

/// Where the parts of a sum lie in their list.
type Span = (u32, u32);

/// Identities over the facts of one form, in the order they were laid.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    all: Vec<(Of, Shape<Span>)>,
    /// The parts of all sums.
    parts: Vec<u32>,
}

impl Laid {
    /// Room for what forms with so many facts mostly have.
    pub fn for_facts(facts: usize) -> Self {
        Laid { all: Vec::with_capacity(facts), parts: Vec::with_capacity(2 * facts) }
    }

    /// Gives back the room for more than there are.
    pub fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.parts.shrink_to_fit();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The one at a place.
    pub fn get(&self, nth: usize) -> Instance<'_> {
        let (of, shape) = self.all[nth];
        Instance { of, shape: shape.map(|(from, to)| &self.parts[from as usize..to as usize]) }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Instance<'_>> {
        (0..self.len()).map(|nth| self.get(nth))
    }

    /// Adds one that is no sum.
    pub fn push(&mut self, of: Of, shape: Shape<Span>) {
        self.all.push((of, shape));
    }

    /// Where the parts of the next sum begin.
    pub fn open(&self) -> usize {
        self.parts.len()
    }

    /// Adds parts to the sum that was opened last.
    pub fn extend(&mut self, parts: impl IntoIterator<Item = u32>) {
        self.parts.extend(parts);
    }

    /// The parts that were added since `from`.
    pub fn since(&self, from: usize) -> &[u32] {
        &self.parts[from..]
    }

    /// Drops the parts that were added since `from` and are not to be kept.
    pub fn retain_since(&mut self, from: usize, keep: impl Fn(u32) -> bool) {
        let mut kept = from;
        for at in from..self.parts.len() {
            if keep(self.parts[at]) {
                self.parts[kept] = self.parts[at];
                kept += 1;
            }
        }
        self.parts.truncate(kept);
    }

    /// Drops bounds that fail on what a sum adds to their whole: that is printed beside it, and not below it.
    pub fn drop_parted_bounds(&mut self, facts: &Facts) {
        let fails = |shape: Shape<Span>| match shape {
            Shape::Bound { whole, part } => {
                let value = |at: u32| facts.all[at as usize].value;
                value(part).zip(value(whole)).filter(|(part, whole)| part > whole).map(|_| (whole, part))
            }
            _ => None,
        };
        // Nearly every form keeps its bounds.
        if !self.all.iter().any(|(_, shape)| fails(*shape).is_some()) {
            return;
        }
        let mut sums: Vec<(u32, usize)> = Vec::with_capacity(self.parts.len());
        for (nth, (_, shape)) in self.all.iter().enumerate() {
            if let Shape::Sum { parts: (from, to), .. } = shape {
                sums.extend(self.parts[*from as usize..*to as usize].iter().map(|&part| (part, nth)));
            }
        }
        sums.sort_unstable();
        let of = |at: u32| {
            let from = sums.partition_point(|(part, _)| *part < at);
            sums[from..].iter().take_while(move |(part, _)| *part == at).map(|(_, sum)| *sum)
        };
        let parted = |(whole, part): (u32, u32)| of(whole).any(|sum| of(part).any(|other| other == sum));
        self.all.retain(|(_, shape)| !fails(*shape).is_some_and(parted));
    }

    /// Adds the sum of the parts since `from`, unless there are none. Several totals may have the same parts.
    pub fn sum(&mut self, of: Of, total: u32, from: usize) {
        if from < self.parts.len() {
            let parts = (from as u32, self.parts.len() as u32);
            self.all.push((of, Shape::Sum { total, parts }));
        }
    }
}
