//! The library from outside: what each sample becomes, what each stage refuses, and what holds of any input.
//! One binary, because every test binary links Parquet.

mod conversion;
mod dialects;
mod diff;
mod folder;
mod golden;
mod properties;
mod reject;
mod rows;
mod seed;
