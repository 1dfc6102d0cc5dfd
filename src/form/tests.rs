//! How much work hostile dumps make while they are read: cells looked at, not seconds. Four times the dump may cost
//! little more than four times the work, and no cell is looked at more than forty times (four times in a sound dump).

#[path = "../../tests/hostile/dumps.rs"]
mod dumps;

use crate::dump::{self, Dialect, steps};
use crate::grammar::Grammars;
use crate::source::Kept;
use dumps::{KINDS, sound};
use std::sync::LazyLock;

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars::built_in().unwrap());

/// Reads a dump; how often a cell's text or label was looked at, and the cells.
fn work(text: &str, dialect: Dialect) -> (usize, usize) {
    let kept = Kept::default();
    steps::take();
    let grid = dump::read(text, dialect, &kept);
    let _ = super::read(&grid, &GRAMMARS);
    (steps::take(), grid.cells.len())
}

#[test]
fn the_work_on_hostile_dumps_grows_as_they_do() {
    let (ordinary, cells) = work(&sound(500), Dialect::CellLines);
    println!("{cells} cells of a sound form: {ordinary} looks");
    assert!(cells >= 4_000 && ordinary >= cells);
    for (name, dialect, text) in KINDS {
        let (few, few_cells) = work(&text(4_000), dialect);
        let (steps, cells) = work(&text(16_000), dialect);
        println!("{name}: {few_cells} cells, {few} looks; {cells} cells, {steps} looks");
        assert!(steps <= few * 5, "{name}: {few} looks become {steps}");
        assert!(steps <= cells * 40, "{name}: {steps} looks at {cells} cells");
    }
}

/// Which kind of form comes next is asked of every grammar wherever one ends, over the same few hundred cells.
#[test]
fn the_work_on_tables_without_titles_grows_as_they_do() {
    let tables = include_str!("../../samples/bundle-tables-without-titles.tsv");
    let (few, _) = work(&tables.repeat(8), Dialect::Tsv);
    let (steps, cells) = work(&tables.repeat(32), Dialect::Tsv);
    println!("{cells} cells, {steps} looks");
    assert!(steps <= few * 5, "{few} looks become {steps}");
    assert!(steps <= cells * 100, "{steps} looks at {cells} cells");
}
