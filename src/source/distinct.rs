//! Names made distinct: no two sources of a run share one.

use super::Source;
use std::collections::{HashMap, HashSet};

/// A source under the name it would like to have.
pub(super) struct Candidate {
    pub(super) source: Source,
    /// The name of the folder it was found under, if it has one to be told apart by.
    pub(super) root: Option<usize>,
}

/// The sources under names that differ. Names that stand alone stay. Where several are equal, each is led by
/// the name of its root folder (`2021/a.txt`, `2022/a.txt`); where that is not enough, the later ones get a
/// number (`a.txt~2`, `a.txt~3`), which never takes a name from a source that has it by itself.
pub(super) fn distinct(candidates: Vec<Candidate>, roots: &[String]) -> Vec<Source> {
    let shared = shared(&candidates);
    if !shared.contains(&true) {
        return candidates.into_iter().map(|candidate| candidate.source).collect();
    }
    let mut numbers = Numbers::default();
    for (candidate, _) in candidates.iter().zip(&shared).filter(|(_, shared)| !**shared) {
        numbers.taken.insert(candidate.source.name.clone());
    }
    let renamed = candidates.into_iter().zip(shared).map(|(Candidate { mut source, root }, shared)| {
        if shared {
            let led = root.map(|root| format!("{}/{}", roots[root], source.name));
            source.name = numbers.settle(led.unwrap_or(source.name));
        }
        source
    });
    renamed.collect()
}

/// For each candidate, whether another wants the same name.
fn shared(candidates: &[Candidate]) -> Vec<bool> {
    let mut times: HashMap<&str, u32> = HashMap::with_capacity(candidates.len());
    for candidate in candidates {
        *times.entry(&candidate.source.name).or_default() += 1;
    }
    candidates.iter().map(|candidate| times[candidate.source.name.as_str()] > 1).collect()
}

#[derive(Default)]
struct Numbers {
    taken: HashSet<String>,
    /// The last number given out a name, so that many equal names cost one step each.
    last: HashMap<String, u32>,
}

impl Numbers {
    fn settle(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let last = self.last.entry(name.clone()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{name}~{last}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    fn names(wanted: &[(&str, Option<usize>)]) -> Vec<String> {
        let candidates = wanted.iter().map(|&(name, root)| Candidate {
            source: Source { name: name.to_owned(), origin: Origin::Stdin },
            root,
        });
        let roots = ["x".to_owned(), "y".to_owned(), "y".to_owned()];
        distinct(candidates.collect(), &roots).into_iter().map(|source| source.name).collect()
    }

    #[test]
    fn names_that_stand_alone_stay() {
        assert_eq!(names(&[("a", Some(0)), ("b", Some(1)), ("c", None)]), ["a", "b", "c"]);
        assert!(names(&[]).is_empty());
    }

    #[test]
    fn equal_names_are_led_by_their_root() {
        assert_eq!(names(&[("a", Some(0)), ("a", Some(1)), ("b", Some(1))]), ["x/a", "y/a", "b"]);
    }

    #[test]
    fn what_is_still_equal_is_numbered() {
        assert_eq!(names(&[("a", None), ("a", None), ("a", None)]), ["a", "a~2", "a~3"]);
        assert_eq!(names(&[("a", Some(1)), ("a", Some(2)), ("y/a", None)]), ["y/a~2", "y/a~3", "y/a"]);
        assert_eq!(names(&[("a", None), ("a", None), ("a~2", None)]), ["a", "a~3", "a~2"]);
    }
}
