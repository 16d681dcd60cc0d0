//! What starts runs without a person: schedules, sensors, automation conditions.
//!
//! The control plane calls these functions; no process of the customer's does (EX-02).

pub mod automation;
pub mod cron;
pub mod schedule;
pub mod sensor;
