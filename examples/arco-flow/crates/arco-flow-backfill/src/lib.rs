//! Backfills: many partitions of an asset, run in chunks that can be stopped.

pub mod controller;
pub mod partition_status;
