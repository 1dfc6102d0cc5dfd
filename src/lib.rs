//! biaodan (表单): dumps of performance self-evaluation forms in, proven datasets out.
pub mod dataset;
pub mod dump;
pub mod finding;
pub mod form;
pub mod grammar;
pub mod pipeline;
pub mod proof;
pub mod source;
pub mod table;
pub mod value;
pub mod verify;
