//! The files of grammar/ as they are written: one struct a table of the file, every name with its place.

use serde::Deserialize;
use toml::Spanned;

/// A text with its place in the file.
pub(super) type Text = Spanned<String>;

/// A form's own file, or a file of grammar/parts/ that forms take in with `uses`: a part has no `id`, `name`,
/// `about` and `titles`, and uses no other part.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormFile {
    pub id: Option<Text>,
    pub name: Option<String>,
    pub about: Option<About>,
    #[serde(default)]
    pub titles: Vec<Text>,
    #[serde(default)]
    pub uses: Vec<Text>,
    #[serde(default)]
    pub requires: Vec<Text>,
    #[serde(default)]
    pub annex: Vec<Text>,
    #[serde(default)]
    pub noise: Vec<Text>,
    #[serde(default)]
    pub template_text: Vec<Text>,
    #[serde(default)]
    pub boilerplate: Vec<Text>,
    #[serde(default)]
    pub fillers: Vec<Text>,
    #[serde(default, rename = "field")]
    pub fields: Vec<FieldTable>,
    #[serde(default, rename = "text")]
    pub texts: Vec<TextTable>,
    #[serde(default, rename = "block")]
    pub blocks: Vec<BlockTable>,
    pub total: Option<TotalTable>,
    #[serde(default, rename = "level")]
    pub levels: Vec<LevelTable>,
    #[serde(default, rename = "identity")]
    pub identities: Vec<IdentityTable>,
}

/// What a form reports on.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// One project of a department.
    Project,
    /// A department as a whole.
    Department,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldTable {
    pub column: Text,
    pub labels: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextTable {
    pub field: Text,
    pub labels: Vec<Text>,
    pub beside: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockTable {
    pub id: Text,
    pub kind: Text,
    #[serde(default)]
    pub opens: Vec<Text>,
    pub inline: Option<Text>,
    pub bare_row: Option<Text>,
    #[serde(default)]
    pub spread: bool,
    #[serde(default, rename = "column")]
    pub columns: Vec<ColumnTable>,
    #[serde(default, rename = "row")]
    pub rows: Vec<RowTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnTable {
    pub id: Text,
    pub labels: Vec<Text>,
    pub holds: Option<Text>,
    pub measure: Option<Text>,
    pub year: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowTable {
    pub code: Text,
    #[serde(default)]
    pub labels: Vec<Text>,
    pub within: Option<Text>,
    pub scored: Option<String>,
    #[serde(default)]
    pub free: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TotalTable {
    pub labels: Vec<Text>,
    #[serde(default)]
    pub grades: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelTable {
    pub name: Text,
    #[serde(default)]
    pub labels: Vec<Text>,
    #[serde(default)]
    pub under: Vec<Text>,
    #[serde(default)]
    pub tolerates: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityTable {
    pub id: Text,
    pub kind: Text,
    pub total: Option<Text>,
    pub whole: Option<Text>,
    #[serde(default)]
    pub parts: Vec<Text>,
    pub row: Option<Text>,
    pub block: Option<Text>,
    #[serde(default)]
    pub rows: Vec<Text>,
    #[serde(default)]
    pub columns: Vec<Text>,
    pub ratio: Option<Text>,
    #[serde(default)]
    pub of: Vec<Text>,
    #[serde(default)]
    pub to: Vec<Text>,
    #[serde(default)]
    pub stated: Vec<Text>,
    pub because: String,
}

/// grammar/relations.toml.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationsFile {
    #[serde(default, rename = "relation")]
    pub relations: Vec<RelationTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationTable {
    pub id: Text,
    pub kind: Text,
    pub part: TermTable,
    pub whole: TermTable,
    pub because: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermTable {
    pub forms: Vec<Text>,
    pub row: Text,
    pub measures: Vec<Text>,
}

/// grammar/labelling.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabellingFile {
    pub of_which: Vec<String>,
    pub numerals: String,
    pub number_ends: String,
    pub year_words: Vec<String>,
    #[serde(default)]
    pub form_words: Vec<String>,
    #[serde(default)]
    pub contents: Vec<String>,
    #[serde(default)]
    pub look_alikes: Vec<String>,
}
