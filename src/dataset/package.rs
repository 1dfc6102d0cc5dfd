//! `datapackage.json`: every table, column, type, unit and description, and every file with its size and
//! hash. A Frictionless Data Package, version 2 (<https://datapackage.org>).

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::WrittenFile;
use crate::table::{CONTRACT, Column, ColumnType, Table};

/// The descriptor's name in a dataset.
pub(super) const FILE: &str = "datapackage.json";

#[derive(Serialize)]
struct Package<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    contributors: [Contributor; 1],
    resources: Vec<Resource<'a>>,
    biaodan: Maker<'a>,
}

#[derive(Serialize)]
struct Contributor {
    title: &'static str,
    roles: [&'static str; 1],
}

/// Who made the dataset; what a dataset of biaodan's is recognised by.
#[derive(Serialize)]
struct Maker<'a> {
    contract: &'static str,
    version: &'static str,
    files: Vec<FileEntry<'a>>,
}

#[derive(Serialize)]
struct FileEntry<'a> {
    path: &'a str,
    bytes: u64,
    rows: u64,
    sha256: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'a> {
    name: &'static str,
    description: &'static str,
    path: Vec<&'a str>,
    r#type: &'static str,
    format: &'static str,
    mediatype: &'static str,
    schema: TableSchema,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    fields: Vec<Field>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    r#type: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(rename = "enum", skip_serializing_if = "<[&str]>::is_empty")]
    words: &'static [&'static str],
}

#[derive(Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: Reference,
}

#[derive(Serialize)]
struct Reference {
    resource: &'static str,
    fields: [&'static str; 1],
}

/// The descriptor of a dataset of these files; it depends on nothing else.
pub(super) fn describe(files: &[WrittenFile]) -> serde_json::Result<Vec<u8>> {
    let package = Package {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: "performance-self-evaluations",
        title: "Performance self-evaluation forms",
        description: "Figures, scores and passages read from performance self-evaluation forms, each with its \
                      place in the source and what stands behind it.",
        contributors: [Contributor {
            title: concat!("biaodan ", env!("CARGO_PKG_VERSION")),
            roles: ["creator"],
        }],
        resources: Table::ALL.iter().map(|&table| resource(table, files)).collect(),
        biaodan: Maker {
            contract: CONTRACT,
            version: env!("CARGO_PKG_VERSION"),
            files: files.iter().map(entry).collect(),
        },
    };
    let mut text = serde_json::to_vec_pretty(&package)?;
    text.push(b'\n');
    Ok(text)
}

fn entry(file: &WrittenFile) -> FileEntry<'_> {
    FileEntry { path: &file.path, bytes: file.bytes, rows: file.rows, sha256: &file.sha256 }
}

fn resource(table: Table, files: &[WrittenFile]) -> Resource<'_> {
    let mut fields: Vec<Field> = table.columns().iter().map(field).collect();
    if table.is_partitioned() {
        // Last, where readers that know the layout put it.
        fields.push(Field {
            name: "fiscal_year",
            r#type: "integer",
            description: "The year the form reports on; null where it is not known. Stands in the folder's name, \
                          not in the file.",
            unit: None,
            constraints: None,
        });
    }
    Resource {
        name: table.name(),
        description: table.description(),
        path: files.iter().filter(|file| file.table == table).map(|file| file.path.as_str()).collect(),
        r#type: "table",
        format: "parquet",
        mediatype: "application/vnd.apache.parquet",
        schema: TableSchema { fields, primary_key: primary_key(table), foreign_keys: foreign_keys(table) },
    }
}

fn field(column: &Column) -> Field {
    let constraints = Constraints { required: !column.nullable, words: column.words };
    Field {
        name: column.name,
        r#type: match column.kind {
            ColumnType::Text | ColumnType::Word => "string",
            ColumnType::Int32 | ColumnType::Int64 => "integer",
            ColumnType::Decimal(_) => "number",
            ColumnType::Date => "date",
        },
        description: column.description(),
        unit: column.unit,
        constraints: (constraints.required || !constraints.words.is_empty()).then_some(constraints),
    }
}

/// What no two rows of the table share. A document's id may come twice (the second is a duplicate).
fn primary_key(table: Table) -> &'static [&'static str] {
    match table {
        Table::Documents => &["source"],
        Table::Forms => &["form_id"],
        Table::Indicators => &["form_id", "ordinal"],
        Table::Amounts | Table::Measures | Table::Texts | Table::Findings => &[],
    }
}

fn foreign_keys(table: Table) -> Vec<ForeignKey> {
    let key =
        |field, resource| ForeignKey { fields: [field], reference: Reference { resource, fields: [field] } };
    match table {
        Table::Documents => Vec::new(),
        Table::Forms => vec![key("doc_id", "documents")],
        _ => vec![key("form_id", "forms"), key("doc_id", "documents")],
    }
}

/// Whether the folder holds a dataset that biaodan made.
pub(super) fn is_ours(folder: &Path) -> bool {
    #[derive(Deserialize)]
    struct Made {
        biaodan: By,
    }
    #[derive(Deserialize)]
    struct By {
        contract: String,
    }
    fs::read(folder.join(FILE))
        .ok()
        .and_then(|text| serde_json::from_slice::<Made>(&text).ok())
        .is_some_and(|made| !made.biaodan.contract.is_empty())
}
