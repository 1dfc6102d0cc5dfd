//! Texts made from a document that what is read of it borrows from.

use std::sync::OnceLock;

/// Texts kept as long as their document: a list that only grows, so that what was borrowed stays.
#[derive(Debug, Default)]
pub struct Kept(OnceLock<Box<(String, Kept)>>);

impl Kept {
    /// Room for texts, empty.
    pub const fn new() -> Self {
        Kept(OnceLock::new())
    }

    /// Keeps `text`, or finds it where it is kept already.
    pub fn keep(&self, text: String) -> &str {
        let mut text = Some(text);
        let mut at = self;
        loop {
            let link = at.0.get_or_init(|| Box::new((text.take().unwrap_or_default(), Kept::new())));
            match &text {
                Some(text) if *text != link.0 => at = &link.1,
                _ => return &link.0,
            }
        }
    }
}

/// A copy of a document is read anew.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Kept::new()
    }
}

/// What was made from a document is no part of what it is.
impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Kept {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_where_they_were_kept() {
        let kept = Kept::new();
        let first = kept.keep("a".into());
        let second = kept.keep("b".into());
        assert_eq!((first, second), ("a", "b"));
        assert!(std::ptr::eq(kept.keep("b".into()), second));
    }
}
