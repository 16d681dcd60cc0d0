//! Sensors across several evaluations.

use arco_flow_schedule::sensor::{RunRequest, SensorResult, SensorState};

fn request(key: &str) -> RunRequest {
    RunRequest {
        run_key: key.to_owned(),
        partition: None,
    }
}

#[test]
fn the_cursor_moves_with_each_success() {
    let mut state = SensorState::default();
    for expected in [None, Some("1"), Some("2")] {
        assert_eq!(state.cursor(), expected);
        let next = expected.map_or(1, |cursor| cursor.parse::<u32>().unwrap() + 1);
        state
            .evaluate(|_| {
                Ok(SensorResult {
                    cursor: Some(next.to_string()),
                    ..SensorResult::default()
                })
            })
            .unwrap();
    }
}

#[test]
fn a_failed_evaluation_keeps_the_cursor() {
    let mut state = SensorState::default();
    assert!(state
        .evaluate(|_| Err("bucket is away".to_owned()))
        .is_err());
    assert_eq!(state.cursor(), None);
}

#[test]
fn one_run_key_is_requested_once() {
    let mut state = SensorState::default();
    let twice = || SensorResult {
        requests: vec![request("file-1"), request("file-1"), request("file-2")],
        cursor: None,
    };
    assert_eq!(state.evaluate(|_| Ok(twice())).unwrap().len(), 2);
    assert!(state.evaluate(|_| Ok(twice())).unwrap().is_empty());
}
