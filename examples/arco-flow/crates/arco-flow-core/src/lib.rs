//! Assets, partitions, runs and the event log: what every other crate builds on.
//!
//! Nothing here reads a clock, a file or the network; time comes in as an argument.

pub mod asset;
pub mod concurrency;
pub mod event;
pub mod partition;
pub mod retry;
pub mod run;
pub mod selection;
