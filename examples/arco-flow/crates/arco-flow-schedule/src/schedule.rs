//! Schedules: a cron expression, and one run for each tick, never two.

use std::collections::BTreeSet;

use crate::cron::{Cron, Minute};

/// Whether a schedule is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleStatus {
    Running,
    Stopped,
}

/// What came of a tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TickOutcome {
    /// A run is asked for, under this key.
    Requested { run_key: String },
    /// Nothing was to be done, and why.
    Skipped(&'static str),
}

/// A schedule and the ticks that it has answered.
#[derive(Debug, Clone)]
pub struct Schedule {
    name: String,
    cron: Cron,
    pub status: ScheduleStatus,
    answered: BTreeSet<String>,
}

impl Schedule {
    pub fn new(name: &str, cron: Cron) -> Self {
        Self {
            name: name.to_owned(),
            cron,
            status: ScheduleStatus::Running,
            answered: BTreeSet::new(),
        }
    }

    /// Answers the tick of the minute `at`, of which `timestamp` is the text.
    ///
    /// The run key is made of the name and the minute, so a tick that is delivered
    /// twice asks for one run (ADR-024).
    pub fn tick(&mut self, at: Minute, timestamp: &str) -> TickOutcome {
        if self.status == ScheduleStatus::Stopped {
            return TickOutcome::Skipped("the schedule is stopped");
        }
        if !self.cron.matches(at) {
            return TickOutcome::Skipped("the minute does not match");
        }
        let run_key = format!("{}@{timestamp}", self.name);
        if !self.answered.insert(run_key.clone()) {
            return TickOutcome::Skipped("the tick has been answered");
        }
        TickOutcome::Requested { run_key }
    }
}
