mod memory;

#[test]
fn smoke() {}
