//! biaodan (表单): dumps of performance self-evaluation forms in, proven datasets out.
pub mod dataset;
pub mod finding;
pub mod grammar;
pub mod table;
pub mod value;
