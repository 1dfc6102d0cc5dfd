//! The progress bar: on standard error, and only for a person who watches it.

use biaodan::pipeline::Progress;
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// A bar that may be invisible.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar, invisible with `quiet` or where standard error is not a terminal that can redraw a line.
    pub fn new(quiet: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if quiet || is_dumb || !io::stderr().is_terminal() {
            return Bar(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(style("{spinner} looking for documents"));
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(bar)
    }

    /// Shows how far the run has come.
    pub fn show(&self, progress: Progress) {
        if self.0.is_hidden() {
            return;
        }
        if self.0.length().is_none() {
            self.0.set_style(style("{bar:30} {pos}/{len} documents, {msg}, {elapsed} ({eta} left)"));
            self.0.set_length(progress.documents_total as u64);
        }
        self.0.set_position(progress.documents as u64);
        self.0.set_message(HumanBytes(progress.bytes).to_string());
    }

    /// Takes the bar off the screen.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// A style without colours, so that `NO_COLOR` has nothing to forbid.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
