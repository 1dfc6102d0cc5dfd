//! The library from outside: what each sample becomes, what each stage refuses, and what holds of any input.
//! One binary, because every test binary links Parquet.

mod answered;
mod conversion;
#[path = "../corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;
mod corpus_measured;
mod cut_off;
mod dialects;
mod diff;
mod drafted;
mod folder;
mod golden;
mod headers;
mod labels;
#[path = "../measured/mod.rs"]
#[allow(dead_code)]
mod measured;
mod mixed;
mod one_line;
mod parts;
mod properties;
mod readme;
mod reject;
mod rows;
mod seed;
mod silent;
mod streams;
mod trusted;
mod unknown;
mod unsure;
mod verified;
