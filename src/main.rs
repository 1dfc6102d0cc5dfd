//! biaodan
fn main(){}
