//! biaodan (表单): dumps of performance self-evaluation forms in, proven datasets out.
pub mod dump;
pub mod finding;
pub mod grammar;
pub mod source;
pub mod value;
pub mod form;
