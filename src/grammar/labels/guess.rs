//! Labels that a text is printed for although a character of it is missing or mistaken.

use super::super::lexicon::Lexicon;
use super::super::near::Near;
use super::{BRACKET, Kinds, Labelling, Labels, Spot, open_bracket};

/// Bytes of the longest character in a label.
const LONGEST_CHARACTER: usize = 4;
/// Characters of the shortest level's name in which another one may stand: of fewer too little is left.
const SHORTEST_OTHER: usize = 4;
/// Characters of the shortest level's name that may lack one.
const SHORTEST_LACKING: usize = 3;

/// A label recognised although one character of it is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The label, for [`Labels::at`].
    pub spot: Spot,
    /// It as the grammar has it, folded.
    pub label: String,
    /// Whether no other label is as near, so that the text says beyond doubt which one it is.
    pub is_sole: bool,
}

impl Labels {
    /// The one label that `key`, which [`Labels::find`] does not know, is printed for with one character missing or
    /// another that looks like it. None where several labels that mean different things are as near.
    pub fn guess(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Guess> {
        let bare = labelling.strip_lead(key);
        let bare = bare.strip_suffix(':').unwrap_or(bare);
        if let Some(guess) = self.guess_bracket(bare, labelling, lexicon) {
            return Some(guess);
        }
        if let Some((word, behind)) = labelling.strip_cut_of_which(bare)
            && let Some(spot) = self.spot(behind, labelling, lexicon)
        {
            return Some(Guess { spot, label: format!("{word}:{behind}"), is_sole: true });
        }
        let mut outer = bare;
        loop {
            if let Some((label, is_sole)) = self.nearest(outer, labelling) {
                let inside = key.len() - (bare.len() - outer.len());
                let unit = lexicon.unit_in(&key[inside.min(key.len())..]);
                let spot = Spot { unit, ..self.plain(label)? };
                return Some(Guess { spot, label: label.to_owned(), is_sole });
            }
            outer = &outer[..open_bracket(outer)?];
        }
    }

    /// A label that lacks one of its brackets: `项目资金(万元`, `执行率B/A)`.
    fn guess_bracket(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Guess> {
        let (open, close) = (key.matches('(').count(), key.matches(')').count());
        let mut mended = Vec::new();
        if open == close + 1 {
            mended.push(format!("{key})"));
        } else if close == open + 1 && key.ends_with(')') {
            // The bracket may have opened before any of the last characters.
            let places = key.char_indices().rev().skip(1).take(BRACKET).filter(|&(at, _)| at > 0);
            mended.extend(places.map(|(at, _)| format!("{}({}", &key[..at], &key[at..])));
        }
        mended.into_iter().find_map(|text| {
            let spot = self.spot(&text, labelling, lexicon)?;
            Some(Guess { spot, label: text, is_sole: true })
        })
    }

    /// The one label that is nearest, and that it is; of several the first, where they all mean the same.
    fn nearest(&self, key: &str, labelling: &Labelling) -> Option<(&str, bool)> {
        let near = self
            .near
            .get_or_init(|| Near::of(self.table.keys().map(|label| &**label), &labelling.look_alikes));
        let found = near.labels(key);
        let first = *found.first()?;
        let one = found.iter().all(|label| self.exact(label) == self.exact(first));
        one.then_some((first, found.len() == 1))
    }

    /// Whether `key`, which is no label, is a level's name with one character missing or another in its place, of whichever
    /// level: a name of its own stands further from them.
    pub fn is_near_level(&self, key: &str, labelling: &Labelling) -> bool {
        let bare = labelling.strip_lead(key);
        let bare = bare.strip_suffix(':').unwrap_or(bare);
        let outer = open_bracket(bare).map_or(bare, |open| &bare[..open]);
        let length = outer.chars().count();
        let levels =
            self.table.iter().filter(|(label, _)| label.len().abs_diff(outer.len()) <= LONGEST_CHARACTER);
        let mut levels = levels.filter(|(_, at)| self.meanings[**at as usize].kinds.has(Kinds::LEVEL));
        levels.any(|(label, _)| {
            lacks_one(label, outer) || (length >= SHORTEST_OTHER && differs_by_one(label, outer))
        })
    }
}

/// Whether `text` is `label` without one of its characters.
fn lacks_one(label: &str, text: &str) -> bool {
    let length = label.chars().count();
    if length < SHORTEST_LACKING || text.chars().count() + 1 != length {
        return false;
    }
    let same = label.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
    label.chars().skip(same + 1).eq(text.chars().skip(same))
}

/// Whether two texts of one length differ in one place.
fn differs_by_one(label: &str, text: &str) -> bool {
    let same_length = label.chars().count() == text.chars().count();
    same_length && label.chars().zip(text.chars()).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::super::super::form::Role;
    use super::super::tests::labelling;
    use super::*;
    use crate::grammar::vocabulary::MoneyUnit;

    #[test]
    fn labels_forgive_one_character_or_bracket() {
        let mut labels = Labels::default();
        labels.add("教育补助", Role::Total);
        labels.add("本年拨款数", Role::Opens(0));
        labels.add("当年拨款数", Role::Opens(1));
        labels.add("上年结转", Role::Opens(2));
        labels.add("去年结转", Role::Opens(2));
        let l = labelling();
        let lexicon = Lexicon::built_in().unwrap();
        let guess = |key: &str| labels.guess(key, &l, &lexicon);
        let label = |key: &str| guess(key).map(|guess| guess.label);
        assert_eq!(labels.find("育补助", &l, &lexicon), None);
        assert_eq!(label("育补助").as_deref(), Some("教育补助"));
        assert_eq!(label("其中:教补助:").as_deref(), Some("教育补助"));
        assert_eq!(guess("教育助(万元)").and_then(|guess| guess.spot.unit), Some(MoneyUnit::WanYuan));
        // Brackets: one that never closes, one that never opened.
        assert_eq!(guess("教育补助(万元").and_then(|guess| guess.spot.unit), Some(MoneyUnit::WanYuan));
        assert_eq!(guess("教育补助元)").and_then(|guess| guess.spot.unit), Some(MoneyUnit::Yuan));
        // As near to one as to the other, unless both mean the same; and too far from any.
        assert_eq!(label("年拨款数"), None);
        assert_eq!(label("年结转").as_deref(), Some("上年结转"));
        assert_eq!(guess("年结转").map(|guess| guess.is_sole), Some(false));
        assert_eq!(guess("育补助").map(|guess| guess.is_sole), Some(true));
        assert_eq!(label("补助"), None);
        assert_eq!(label("教学补贴"), None);
    }

    #[test]
    fn a_level_is_near_to_any_that_lacks_or_mistakes_one_character() {
        let mut labels = Labels::default();
        ["数量指标", "质量指标"].into_iter().for_each(|label| labels.add(label, Role::Level2(0)));
        ["产出指标", "满意度"].into_iter().for_each(|label| labels.add(label, Role::Level1(0)));
        labels.add("年度目标", Role::Opens(0));
        let near = |key: &str| labels.is_near_level(key, &labelling());
        for text in ["量指标", "1.数量旨标", "产出标(50分)", "意度", "产岀指标:"] {
            assert!(near(text), "{text}");
        }
        for text in ["数量", "重点任务", "年度目", "满意率", "数量指标一", "质量和数量指标"]
        {
            assert!(!near(text), "{text}");
        }
    }
}
