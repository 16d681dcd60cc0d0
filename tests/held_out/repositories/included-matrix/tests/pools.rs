use ferry::Pool;

#[test]
fn pool_runs_out() {
    let mut pool = Pool { slots: 1 };
    assert!(pool.take());
    assert!(!pool.take());
}
