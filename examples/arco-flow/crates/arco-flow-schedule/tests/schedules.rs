//! Schedules from the expression to the run key.

use arco_flow_schedule::cron::{Cron, Minute};
use arco_flow_schedule::schedule::{Schedule, ScheduleStatus, TickOutcome};

const SIX: Minute = Minute {
    minute: 0,
    hour: 6,
    day: 1,
    month: 3,
    weekday: 0,
};

fn nightly() -> Schedule {
    Schedule::new("nightly", Cron::parse("0 6 * * *").unwrap())
}

#[test]
fn a_matching_minute_requests_a_run() {
    assert_eq!(
        nightly().tick(SIX, "2026-03-01T06:00Z"),
        TickOutcome::Requested {
            run_key: "nightly@2026-03-01T06:00Z".to_owned()
        }
    );
    let five_past = Minute { minute: 5, ..SIX };
    assert!(matches!(
        nightly().tick(five_past, "2026-03-01T06:05Z"),
        TickOutcome::Skipped(_)
    ));
}

#[test]
fn a_tick_delivered_twice_requests_one_run() {
    let mut schedule = nightly();
    let first = schedule.tick(SIX, "2026-03-01T06:00Z");
    let second = schedule.tick(SIX, "2026-03-01T06:00Z");
    assert!(matches!(first, TickOutcome::Requested { .. }));
    assert_eq!(second, TickOutcome::Skipped("the tick has been answered"));
}

#[test]
fn a_stopped_schedule_skips() {
    let mut schedule = nightly();
    schedule.status = ScheduleStatus::Stopped;
    assert_eq!(
        schedule.tick(SIX, "2026-03-01T06:00Z"),
        TickOutcome::Skipped("the schedule is stopped")
    );
}
