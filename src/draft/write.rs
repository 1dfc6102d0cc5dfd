//! The grammar as a file: every guess with what it was guessed from.

use super::mine::{Mined, MinedLaw, mine};
use super::parts::Parts;
use super::plan::{BlockPlan, Cells, ColumnPlan, Plan, TextPlan};
use crate::grammar::{BlockKind, FieldColumn, Holds, Measure};
use std::fmt::Write as _;

/// Laws of one block that are written; a long table keeps to its sums.
const LAWS: usize = 60;

/// What a grammar is called.
pub(super) struct Name<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub titles: &'a [String],
}

/// The file of a drafted grammar.
pub(super) fn file(name: &Name<'_>, plan: &Plan, parts: &Parts<'_>) -> String {
    let mut out = String::new();
    let own: Vec<(String, &BlockPlan)> = named(plan, parts);
    head(&mut out, name, plan, parts, &own);
    fields(&mut out, plan, parts, &own);
    for (id, block) in &own {
        self::block(&mut out, id, block, parts, plan.specimens);
    }
    if own.iter().any(|(_, block)| block.kind == BlockKind::ScoredLines) {
        scoring(&mut out, plan, &own);
    }
    for (id, block) in &own {
        identities(&mut out, id, block);
    }
    out
}

/// The blocks that no part has, each with its id.
fn named<'p>(plan: &'p Plan, parts: &Parts<'_>) -> Vec<(String, &'p BlockPlan)> {
    let own = plan.blocks.iter().filter(|block| !parts.has_block(block));
    let name = |(nth, block): (usize, &'p BlockPlan)| {
        let kind = match block.kind {
            BlockKind::Matrix => "table",
            BlockKind::ScoredLines => "lines",
            BlockKind::Passages => "passages",
        };
        (format!("{kind}_{}", nth + 1), block)
    };
    own.enumerate().map(name).collect()
}

fn head(out: &mut String, name: &Name<'_>, plan: &Plan, parts: &Parts<'_>, own: &[(String, &BlockPlan)]) {
    let forms = plan.specimens;
    let _ = writeln!(
        out,
        "# Drafted from {forms} printed form{}. What stands behind # is what each guess was made from.",
        s(forms)
    );
    let _ = writeln!(out, "id = {}\nname = {}", quoted(name.id), quoted(name.title));
    let project = plan.fields.iter().any(|field| field.field == FieldColumn::Project);
    let _ = writeln!(out, "about = {:?}", if project { "project" } else { "department" });
    let _ = writeln!(out, "titles = {}", list(name.titles));
    if !parts.used().is_empty() {
        let _ = writeln!(out, "uses = {}", list(&parts.used()));
    }
    let required: Vec<&str> = own
        .iter()
        .filter(|(_, block)| {
            block.seen == forms && (block.kind != BlockKind::Matrix || !block.rows.is_empty())
        })
        .map(|(id, _)| id.as_str())
        .collect();
    if !required.is_empty() {
        let _ = writeln!(out, "requires = {}  # they stand in every form", list(&required));
    }
    let lines: Vec<String> =
        plan.lines.iter().filter(|(line, _)| !parts.mention(line)).map(|(line, _)| pattern(line)).collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "# Lines that stand alone: what a template prints beside its form.");
        let _ = writeln!(out, "boilerplate = [");
        for line in &lines {
            let _ = writeln!(out, "  {},", quoted(line));
        }
        let _ = writeln!(out, "]");
    }
}

fn fields(out: &mut String, plan: &Plan, parts: &Parts<'_>, own: &[(String, &BlockPlan)]) {
    let in_block = |label: &str| {
        own.iter().any(|(_, block)| {
            block.rows.iter().any(|row| row.label == label)
                || block.corner.iter().any(|corner| corner == label)
                || block.columns.iter().any(|column| column.labels.iter().any(|known| known == label))
        })
    };
    let free = |label: &str| !parts.has_pair(label) && !in_block(label);
    let own_line = |text: &&TextPlan| !text.whole.as_ref().is_some_and(|whole| parts.mention(whole));
    for field in plan.fields.iter().filter(|field| free(&field.label)) {
        let _ = writeln!(out, "\n[[field]]  # {}", counts(&field.seen));
        let _ = writeln!(out, "column = {:?}\nlabels = [{}]", field.field.as_str(), quoted(&field.label));
    }
    let no_field = |label: &str| plan.fields.iter().all(|field| field.label != label);
    for text in plan.texts.iter().filter(own_line).filter(|text| free(&text.label) && no_field(&text.label)) {
        let _ = writeln!(out, "\n[[text]]  # {}", counts(&text.seen));
        let _ = writeln!(out, "field = {}\nlabels = [{}]", quoted(&text.name), quoted(&text.label));
    }
}

fn block(out: &mut String, id: &str, block: &BlockPlan, parts: &Parts<'_>, forms: usize) {
    let _ = writeln!(out, "\n[[block]]  # in {} of {forms} form{}", block.seen, s(forms));
    let kind = match block.kind {
        BlockKind::Matrix => "matrix",
        BlockKind::ScoredLines => "scored_lines",
        BlockKind::Passages => "passages",
    };
    let _ = writeln!(out, "id = {id:?}\nkind = {kind:?}");
    let opens: Vec<&String> = block.corner.iter().filter(|label| !parts.has_corner(label)).collect();
    if !opens.is_empty() {
        let _ = writeln!(out, "opens = {}", list(&opens));
    }
    if block.inline {
        let _ = writeln!(out, "inline = \"amount\"  # sums stand in one cell with their labels");
    }
    if block.bare > 0 {
        let _ = writeln!(out, "bare_row = \"{id}.bare\"  # {} rows of figures without a label", block.bare);
    }
    block.columns.iter().for_each(|column| self::column(out, block.kind, column));
    if block.bare > 0 {
        let _ = writeln!(out, "\n  [[block.row]]\n  code = \"{id}.bare\"");
    }
    let scored = block.scored_row();
    for (nth, row) in block.rows.iter().enumerate() {
        let _ = writeln!(out, "\n  [[block.row]]  # in {} of {forms} form{}", row.forms.len(), s(forms));
        let _ =
            writeln!(out, "  code = {}\n  labels = [{}]", quoted(&code(id, block, nth)), quoted(&row.label));
        if scored == Some(nth) {
            let _ = writeln!(out, "  scored = {}", quoted(&row.label));
        }
        if block.free_below() == Some(nth) {
            let code = code(id, block, nth);
            let _ = writeln!(
                out,
                "\n  [[block.row]]  # {} rows with labels of their own",
                block.varying_behind[nth]
            );
            let _ = writeln!(
                out,
                "  code = {}\n  free = true\n  within = {}",
                quoted(&format!("{code}.item")),
                quoted(&code)
            );
        }
    }
    if block.varying > 0 {
        let _ = writeln!(out, "\n  # {} rows have labels that differ from form to form.", block.varying);
    }
}

fn code(id: &str, block: &BlockPlan, nth: usize) -> String {
    let row = &block.rows[nth];
    if row.code.is_empty() { format!("{id}.row_{}", nth + 1) } else { row.code.clone() }
}

fn column(out: &mut String, kind: BlockKind, column: &ColumnPlan) {
    let guess = match (column.near, column.known) {
        (true, _) => "guessed, by a label that is alike",
        (false, true) => "the label is known",
        (false, false) => "guessed",
    };
    let line_column = matches!(kind, BlockKind::ScoredLines) && !column.known;
    // Nothing says what such a column is: its cells are reported one by one until someone does.
    let lead = if line_column { "  # " } else { "  " };
    let _ = writeln!(out, "\n{lead}[[block.column]]  # {guess}; {}", counts(&column.seen));
    let _ = writeln!(out, "{lead}id = {}\n{lead}labels = {}", quoted(&column.id), list(&column.labels));
    if kind != BlockKind::Matrix {
        return;
    }
    let (holds, measure) = match column.holds {
        Some(Holds::Person) => ("person", None),
        Some(Holds::Area) => ("area", None),
        Some(Holds::Ratio) => ("ratio", None),
        Some(Holds::Weight) => ("weight", None),
        Some(Holds::Score) => ("score", None),
        Some(Holds::Money(measure)) => ("money", Some(measure)),
        Some(Holds::Text(_)) => ("text", None),
        Some(Holds::Reason) => ("reason", None),
        _ => ("money", None),
    };
    let _ = writeln!(out, "  holds = {holds:?}");
    if let Some(measure) = measure.filter(|measure| *measure != Measure::Amount) {
        let _ = writeln!(out, "  measure = {:?}", measure.as_str());
    }
    if measure.is_some() && column.year != 0 {
        let _ = writeln!(out, "  year = {}", column.year);
    }
}

/// What belongs to scored lines that no part has: their total, their levels.
fn scoring(out: &mut String, plan: &Plan, own: &[(String, &BlockPlan)]) {
    if !plan.totals.is_empty() {
        let _ = writeln!(out, "\n[total]\nlabels = {}", list(&plan.totals));
    }
    let mut written: Vec<&str> = Vec::new();
    for (level, under) in own.iter().flat_map(|(_, block)| &block.levels) {
        if written.contains(&level.as_str()) {
            continue;
        }
        written.push(level);
        let _ = writeln!(out, "\n[[level]]\nname = {}\nunder = {}", quoted(level), list(under));
    }
}

fn identities(out: &mut String, id: &str, block: &BlockPlan) {
    if block.kind != BlockKind::Matrix {
        return;
    }
    for mined in mine(block).iter().take(LAWS) {
        let mut text = String::new();
        identity(&mut text, id, block, mined);
        if mined.weak {
            let _ = writeln!(out, "\n# Too little to go by; take the # away if it is so.");
            for line in text.lines() {
                let _ = writeln!(out, "# {line}");
            }
        } else {
            let _ = write!(out, "\n{text}");
        }
    }
}

fn identity(out: &mut String, id: &str, block: &BlockPlan, mined: &Mined) {
    let code = |row: usize| self::code(id, block, row);
    let column = |at: usize| quoted(&block.columns[at].id);
    let _ = writeln!(out, "[[identity]]  # held in {} of {} places", mined.held, mined.tried);
    match &mined.law {
        MinedLaw::Sum { total, parts } => {
            let parts: Vec<String> = parts.iter().map(|&part| code(part)).collect();
            let _ = writeln!(out, "id = {}\nkind = \"sum\"", quoted(&format!("{}.parts", code(*total))));
            let _ = writeln!(out, "total = {}\nparts = {}", quoted(&code(*total)), list(&parts));
        }
        MinedLaw::Ratio { ratio, of, to } => {
            let _ = writeln!(out, "id = {}", quoted(&format!("{id}.{}", block.columns[*ratio].id)));
            let _ = writeln!(out, "kind = \"ratio\"\nblock = {}", quoted(id));
            let _ =
                writeln!(out, "ratio = {}\nof = [{}]\nto = [{}]", column(*ratio), column(*of), column(*to));
        }
        MinedLaw::Across { total, parts } => {
            let parts: Vec<String> = parts.iter().map(|&part| column(part)).collect();
            let _ = writeln!(out, "id = {}", quoted(&format!("{id}.{}", block.columns[*total].id)));
            let _ = writeln!(out, "kind = \"across\"\nblock = {}", quoted(id));
            let _ = writeln!(out, "total = {}\nparts = [{}]", column(*total), parts.join(", "));
        }
    }
    let _ = writeln!(
        out,
        "because = \"The figures of the drafted forms keep it; say here what the form itself says.\""
    );
}

fn counts(seen: &Cells) -> String {
    let Cells { blank, numbers, decimals, percents, words, prose } = *seen;
    let mut held = Vec::new();
    if numbers > 0 {
        held.push(format!(
            "{numbers} number{} ({decimals} with decimals, {percents} in percent)",
            s(numbers)
        ));
    }
    for (count, what) in [(words, "short text"), (prose, "long text")] {
        if count > 0 {
            held.push(format!("{count} {what}{}", s(count)));
        }
    }
    if blank > 0 || held.is_empty() {
        held.push(format!("{blank} blank"));
    }
    held.join(", ")
}

fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn list(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

/// A text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A line as a regular expression, any number in place of its numbers.
fn pattern(line: &str) -> String {
    let mut out = String::from("^");
    let mut rest = line;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&regex::escape(&rest[..at]));
        out.push_str(r"\d+");
        rest = rest[at..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out.push_str(&regex::escape(rest));
    out.push('$');
    out
}
