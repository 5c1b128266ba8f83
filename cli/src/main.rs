//! The `rhetor` command.
fn main() {}
