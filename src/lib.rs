//! biaodan (表单): dumps of performance self-evaluation forms in, proven datasets out.
//!
//! The way of the data is one direction with one type a hop:
//!
//! | module | takes | yields |
//! | --- | --- | --- |
//! | [`source`] | paths, standard input | a [`Document`](source::Document): text, and where it came from |
//! | [`dump`] | a document's text | a [`Grid`](dump::Grid): cells with their places |
//! | [`form`] | a grid and [`Grammars`](grammar::Grammars) | a [`Form`](form::Form): cells bound to fields, still text |
//! | [`value`] | a form | a [`Valued`](value::form::Valued) form: typed values beside their raw text |
//! | [`proof`] | the valued forms of one document | [`Judged`](proof::Judged) forms: every figure with its trust |
//! | [`table`] | judged forms | record batches in the contract's schemas |
//! | [`dataset`] | record batches | Parquet files, published with one rename |
//!
//! [`grammar`] holds what forms look like, as data; [`finding`] is the one vocabulary for whatever is reported;
//! [`draft`] writes a first grammar for a form that has none, [`drift`] shows where dumps and grammars differ;
//! [`pipeline`] runs all of it over many documents. Bad data is never an `Err`: it is a [`Finding`](finding::Finding)
//! beside the rows that could be read.
//!
//! # One document
//!
//! ```
//! use biaodan::grammar::Grammars;
//! use biaodan::pipeline::{ConvertOptions, Converter};
//! use biaodan::proof::Trust;
//! use biaodan::source::Document;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let grammars = Grammars::built_in()?;
//! let converter = Converter::new(&grammars, ConvertOptions::default());
//!
//! let text = std::fs::read_to_string("samples/project-self-evaluation-comma-settled.txt")?;
//! let document = Document::from_text("form.txt", text);
//! let converted = converter.convert(&document);
//! assert_eq!(converted.status(), "converted");
//!
//! // The facts of a form begin with those of its figures, in the same order.
//! let form = &converted.forms[0];
//! let figures = form.valued.figures.iter().zip(&form.facts.all);
//! let (figure, fact) = figures.clone().next().ok_or("no figure")?;
//! assert_eq!(figure.cell.printed.text, "37,70.00");
//! assert_eq!(fact.value.map(|yuan| yuan.to_string()).as_deref(), Some("37700000"));
//! assert_eq!(fact.trust, Trust::Repaired);
//! assert_eq!(figures.filter(|(_, fact)| fact.trust == Trust::Proven).count(), 7);
//! # Ok(())
//! # }
//! ```
//!
//! To write a dataset, give [`pipeline::run`] the inputs and a folder; `docs/` in the repository explains its tables.
pub mod dataset;
pub mod draft;
pub mod drift;
pub mod dump;
pub mod finding;
pub mod form;
pub mod grammar;
pub mod inspect;
pub mod pipeline;
pub mod proof;
pub mod source;
pub mod table;
pub mod value;
pub mod verify;
