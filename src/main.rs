//! biaodan
fn main() {}
