//! Tables of spellings, laid out for one question: which of them stands at this place?

/// From which end a table is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The spelling begins the text.
    Start,
    /// The spelling ends the text.
    End,
}

/// Spellings with their meanings, found by the longest that stands at one end of a text. Nothing is
/// allocated by a look-up.
#[derive(Clone, Debug)]
pub struct Spellings<T> {
    side: Side,
    /// Sorted by the character at `side`, then the longest first.
    entries: Vec<(char, Box<str>, T)>,
    /// The characters at `side`, and for each byte whether one of them may hold it.
    edges: Sieve,
    edge_bytes: Box<[bool; 256]>,
    /// Bytes of the longest.
    longest: usize,
}

/// A bit for what the low eight bits of some characters are: it lets nearly every other character be refused at once.
#[derive(Clone, Copy, Debug, Default)]
struct Sieve([u64; 4]);

impl Sieve {
    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut sieve = Sieve::default();
        characters.for_each(|c| sieve.0[u32::from(c) as usize >> 6 & 3] |= 1 << (u32::from(c) & 63));
        sieve
    }

    fn may_hold(&self, c: char) -> bool {
        self.0[u32::from(c) as usize >> 6 & 3] >> (u32::from(c) & 63) & 1 == 1
    }
}

impl<T: Copy> Spellings<T> {
    /// The table of `entries`, asked from `side`; an empty spelling is left out, for it stands everywhere.
    pub fn new(side: Side, entries: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut entries: Vec<_> = entries
            .into_iter()
            .filter_map(|(text, meaning)| Some((edge(side, &text)?, text.into_boxed_str(), meaning)))
            .collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())));
        let edges = Sieve::of(entries.iter().map(|entry| entry.0));
        let is_edge = |c: char| entries.iter().any(|entry| entry.0 == c);
        let edge_bytes = Box::new(std::array::from_fn(|byte| {
            u8::try_from(byte).map_or(true, |byte| !byte.is_ascii() || is_edge(char::from(byte)))
        }));
        let longest = entries.iter().map(|entry| entry.1.len()).max().unwrap_or_default();
        Spellings { side, entries, edges, edge_bytes, longest }
    }

    /// The longest spelling at the table's end of `text`, and the rest of the text.
    pub fn strip<'t>(&self, text: &'t str) -> Option<(T, &'t str)> {
        let (meaning, length) = self.find(text)?;
        let rest = match self.side {
            Side::Start => &text[length..],
            Side::End => &text[..text.len() - length],
        };
        Some((meaning, rest))
    }

    /// Whether some spelling has `c` at the table's side.
    pub fn may_begin_with(&self, c: char) -> bool {
        self.edges.may_hold(c) && self.entries.binary_search_by_key(&c, |entry| entry.0).is_ok()
    }

    /// The meaning of `text` as a whole.
    pub fn whole(&self, text: &str) -> Option<T> {
        if text.len() > self.longest {
            return None;
        }
        self.bucket(text)?.iter().find(|(_, spelling, _)| &**spelling == text).map(|entry| entry.2)
    }

    /// Whether a spelling stands anywhere in `text`.
    pub fn within(&self, text: &str) -> bool {
        // Figures have nothing that any spelling does.
        if !text.bytes().any(|byte| self.edge_bytes[usize::from(byte)]) {
            return false;
        }
        let mut edges = text.char_indices().filter(|&(_, c)| self.edges.may_hold(c));
        edges.any(|(at, c)| match self.side {
            Side::Start => self.find(&text[at..]).is_some(),
            Side::End => self.find(&text[..at + c.len_utf8()]).is_some(),
        })
    }

    fn find(&self, text: &str) -> Option<(T, usize)> {
        let stands = |spelling: &str| match self.side {
            Side::Start => text.starts_with(spelling),
            Side::End => text.ends_with(spelling),
        };
        self.bucket(text)?.iter().find(|entry| stands(&entry.1)).map(|entry| (entry.2, entry.1.len()))
    }

    fn bucket(&self, text: &str) -> Option<&[(char, Box<str>, T)]> {
        let edge = edge(self.side, text).filter(|&edge| self.edges.may_hold(edge))?;
        let entries = &self.entries[self.entries.partition_point(|entry| entry.0 < edge)..];
        let length = entries.iter().take_while(|entry| entry.0 == edge).count();
        Some(&entries[..length])
    }
}

fn edge(side: Side, text: &str) -> Option<char> {
    match side {
        Side::Start => text.chars().next(),
        Side::End => text.chars().next_back(),
    }
}

/// A set of characters: a bit for each ASCII one, a sorted list of the others.
#[derive(Clone, Debug, Default)]
pub struct Characters {
    ascii: u128,
    others: Box<[char]>,
    sieve: Sieve,
}

impl Characters {
    /// The set of the characters of `text`.
    pub fn new(text: &str) -> Self {
        let mut others: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
        others.sort_unstable();
        others.dedup();
        let ascii = text.chars().filter(char::is_ascii).fold(0, |set, c| set | 1 << u32::from(c));
        let sieve = Sieve::of(others.iter().copied());
        Characters { ascii, others: others.into_boxed_slice(), sieve }
    }

    /// Whether `c` is in the set.
    pub fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> u32::from(c) & 1 == 1;
        }
        self.sieve.may_hold(c) && self.others.binary_search(&c).is_ok()
    }

    /// Whether any character of `text` is in the set.
    pub fn within(&self, text: &str) -> bool {
        text.chars().any(|c| self.has(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(side: Side) -> Spellings<u8> {
        Spellings::new(
            side,
            [("元", 0), ("万元", 4), ("万", 40), ("不低于", 1), ("低于", 2)].map(|(s, m)| (s.to_owned(), m)),
        )
    }

    #[test]
    fn the_longest_spelling_wins() {
        assert_eq!(table(Side::Start).strip("万元整"), Some((4, "整")));
        assert_eq!(table(Side::Start).strip("万人"), Some((40, "人")));
        assert_eq!(table(Side::End).strip("率不低于"), Some((1, "率")));
        assert_eq!(table(Side::End).strip("率低于"), Some((2, "率")));
        assert_eq!(table(Side::End).strip(""), None);
        assert_eq!(table(Side::Start).whole("万元整"), None);
        assert_eq!(table(Side::Start).whole("元"), Some(0));
        assert!(table(Side::Start).within("五万元整"));
        assert!(table(Side::End).within("五万元整"));
        assert!(!table(Side::End).within("整"));
    }

    #[test]
    fn sets_hold_their_characters_only() {
        let set = Characters::new("-/…\\");
        assert!(set.has('-') && set.has('…') && set.has('\\'));
        assert!(!set.has('.') && !set.has('—') && !set.within("abc"));
    }
}
