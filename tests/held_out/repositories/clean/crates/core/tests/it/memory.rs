use otter_core::storage::{Backend, Memory};

#[test]
fn puts_and_gets() {
    let mut m = Memory::default();
    m.put("a", vec![1]).unwrap();
    assert!(m.exists("a").unwrap());
}

#[tokio::test]
async fn copies() {}

#[cfg(feature = "s3")]
#[test]
fn copies_to_s3() {}
