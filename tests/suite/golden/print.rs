//! The rows of one document as JSON that people read and compare: form by form, a row of figures a line.
//!
//! Nothing is left out but what would be said twice: columns that a form's rows share with the form itself are
//! held against it and printed once, and a column without a value is not printed on a row's line.

use crate::rows::{Cell, Row};
use serde_json::Value;

/// Columns that every row of a form shares with it.
const SHARED: [&str; 5] = ["form_id", "doc_id", "form_type", "department", "project"];
const TABLES: [&str; 4] = ["amounts", "measures", "indicators", "texts"];
/// A value of this many characters or fewer stands on one line.
const WIDTH: usize = 130;

/// JSON with its layout.
enum Node {
    Leaf(String),
    Object(Vec<(String, Node)>),
    List(Vec<Node>),
}

/// The golden text of the document whose row is `document`, among all rows of a dataset.
pub fn document(document: &Row, all: &[Row]) -> String {
    let doc_id = document.get("doc_id").unwrap();
    let own: Vec<&Row> = match document.get("status") {
        // The rows of a duplicate are those of the document it repeats, and stand there.
        Some("duplicate") => Vec::new(),
        _ => all.iter().filter(|row| row.get("doc_id") == Some(doc_id)).collect(),
    };
    let findings = |form: Option<&str>| -> Node {
        let of_form =
            own.iter().filter(|row| row.table == "findings").filter(|row| row.get("form_id") == form);
        Node::List(of_form.map(|row| finding(row)).collect())
    };
    let forms = own.iter().filter(|row| row.table == "forms").map(|form| {
        let mut node = columns(form, &["doc_id"]);
        node.push(("fiscal_year".into(), Node::Leaf(form.year.map_or("null".into(), |y| y.to_string()))));
        node.push(("findings".into(), findings(form.get("form_id"))));
        for table in TABLES {
            let rows = own.iter().filter(|row| row.table == table);
            let rows = rows.filter(|row| row.get("form_id") == form.get("form_id"));
            node.push((table.into(), Node::List(rows.map(|row| line(row, form)).collect())));
        }
        Node::Object(node)
    });
    let forms = Node::List(forms.collect());
    let root = Node::Object(vec![
        ("document".into(), Node::Object(columns(document, &[]))),
        ("findings".into(), findings(None)),
        ("forms".into(), forms),
    ]);
    let mut out = String::new();
    write(&root, 0, &mut out);
    out.push('\n');
    out
}

/// How many rows a golden of this document shows, to be sure that none is lost between tables and forms.
pub fn rows_shown(text: &str) -> usize {
    let root: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
    let length = |value: &Value| value.as_array().map_or(0, Vec::len);
    let forms = root["forms"].as_array().unwrap();
    let in_forms = forms.iter().map(|form| {
        1 + length(&form["findings"]) + TABLES.iter().map(|table| length(&form[*table])).sum::<usize>()
    });
    1 + length(&root["findings"]) + in_forms.sum::<usize>()
}

fn columns(row: &Row, without: &[&str]) -> Vec<(String, Node)> {
    let kept = row.cells.iter().filter(|(name, _)| !without.contains(name));
    kept.map(|(name, cell)| ((*name).to_owned(), Node::Leaf(cell.to_string()))).collect()
}

fn line(row: &Row, form: &Row) -> Node {
    for column in SHARED {
        assert_eq!(row.get(column), form.get(column), "{column} of {row:?} is not that of its form");
    }
    assert_eq!(row.year, form.year, "{row:?} stands in another year than its form");
    Node::Leaf(row.line_of_json(&SHARED))
}

fn finding(row: &Row) -> Node {
    let filled = row.cells.iter().filter(|(name, cell)| *cell != Cell::Null && !SHARED.contains(name));
    let node = filled.map(|(name, cell)| {
        let node = match cell {
            Cell::Text(text) if *name == "proof" => proof(text),
            other => Node::Leaf(other.to_string()),
        };
        ((*name).to_owned(), node)
    });
    Node::Object(node.collect())
}

/// A proof that is JSON is shown as such.
fn proof(text: &str) -> Node {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            assert_eq!(value.to_string(), text, "a proof is written in the shortest way");
            node(&value)
        }
        Err(_) => Node::Leaf(Value::from(text).to_string()),
    }
}

fn node(value: &Value) -> Node {
    match value {
        _ if value.to_string().chars().count() <= WIDTH => Node::Leaf(value.to_string()),
        Value::Object(map) => {
            Node::Object(map.iter().map(|(key, value)| (key.clone(), node(value))).collect())
        }
        Value::Array(list) => Node::List(list.iter().map(node).collect()),
        leaf => Node::Leaf(leaf.to_string()),
    }
}

fn write(node: &Node, depth: usize, out: &mut String) {
    let (open, close, items): (_, _, Vec<(String, &Node)>) = match node {
        Node::Leaf(text) => return out.push_str(text),
        Node::Object(pairs) => (
            '{',
            '}',
            pairs.iter().map(|(key, node)| (format!("{}: ", Value::from(key.as_str())), node)).collect(),
        ),
        Node::List(nodes) => ('[', ']', nodes.iter().map(|node| (String::new(), node)).collect()),
    };
    out.push(open);
    for (nth, (key, node)) in items.iter().enumerate() {
        out.push_str(if nth == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(depth + 1));
        out.push_str(key);
        write(node, depth + 1, out);
    }
    if !items.is_empty() {
        out.push('\n');
        out.push_str(&" ".repeat(depth));
    }
    out.push(close);
}
