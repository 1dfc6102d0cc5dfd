//! Colours, and the marks that say the same without them.

use crate::cli::args::Color;
use biaodan::finding::Severity;
use biaodan::proof::Trust;
use std::io::{IsTerminal, stdout};

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint(bool);

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// What is looked for first.
    Strong,
    /// What is there for those who look for it.
    Faint,
    /// A figure, by what stands behind it.
    Trust(Trust),
    /// A finding, by its weight.
    Severity(Severity),
}

impl Paint {
    /// What `when` comes to for standard output.
    pub fn new(when: Color) -> Self {
        // https://no-color.org: set and not empty. A dumb terminal shows escapes as text.
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Paint(match when {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => stdout().is_terminal() && !set("NO_COLOR") && !dumb,
        })
    }

    /// `text`, which is safe to show, in its style.
    pub fn paint(self, style: Style, text: &str) -> String {
        match code(style).filter(|_| self.0 && !text.is_empty()) {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.to_owned(),
        }
    }
}

/// The parameters of ECMA-48's SGR. The eight basic colours alone: a terminal's owner chooses how they look.
const fn code(style: Style) -> Option<&'static str> {
    match style {
        Style::Plain | Style::Trust(Trust::Stated) => None,
        Style::Strong => Some("1"),
        Style::Faint => Some("2"),
        Style::Trust(Trust::Proven) => Some("32"),
        Style::Trust(Trust::Repaired) | Style::Severity(Severity::Info) => Some("36"),
        Style::Trust(Trust::Assumed) | Style::Severity(Severity::Warning) => Some("33"),
        Style::Trust(Trust::Disputed) | Style::Severity(Severity::Error) => Some("31"),
    }
}

/// The mark of a trust.
pub const fn mark(trust: Trust) -> char {
    match trust {
        Trust::Proven => '✓',
        Trust::Stated => '·',
        Trust::Repaired => '~',
        Trust::Assumed => '?',
        Trust::Disputed => '!',
    }
}
