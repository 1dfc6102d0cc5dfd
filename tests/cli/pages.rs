//! Completions and manual pages.

use super::*;

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = biaodan(&["completions", shell]).ended(0).stdout;
        for word in ["biaodan", "convert", "files-from"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    biaodan(&["completions", "dos"]).refused(2, "possible values");
}

#[test]
fn a_manual_page_for_every_command() {
    for (command, title) in [
        (&[][..], "biaodan"),
        (&["convert"], "biaodan-convert"),
        (&["grammar"], "biaodan-grammar"),
        (&["grammar", "check"], "biaodan-grammar-check"),
        (&["grammar", "list"], "biaodan-grammar-list"),
        (&["completions"], "biaodan-completions"),
        (&["man"], "biaodan-man"),
    ] {
        let page = biaodan(&[&["man"], command].concat()).ended(0).stdout;
        assert!(page.contains(&format!(".TH {title} 1 ")), "{page}");
    }
    biaodan(&["man", "dance"]).refused(2, "dance");
}
