//! Load scenarios, and the limit beside them.
fn main() {}
