//! Retrying a failed step.

/// How often a step is tried again, and how long it waits before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Further attempts after the first.
    pub max_retries: u32,
    /// The wait before the first further attempt, in seconds.
    pub delay_seconds: u64,
    pub backoff: Backoff,
}

/// How the wait grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backoff {
    Constant,
    Linear,
    Exponential,
}

impl RetryPolicy {
    /// The wait before attempt `attempt` (the first is 1), or `None` to give up.
    pub fn next_delay(&self, attempt: u32) -> Option<u64> {
        let retry = attempt.checked_sub(1)?;
        if retry == 0 || retry > self.max_retries {
            return None;
        }
        let factor = match self.backoff {
            Backoff::Constant => 1,
            Backoff::Linear => u64::from(retry),
            Backoff::Exponential => 1u64.checked_shl(retry - 1).unwrap_or(u64::MAX),
        };
        Some(self.delay_seconds.saturating_mul(factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(backoff: Backoff) -> RetryPolicy {
        RetryPolicy {
            max_retries: 3,
            delay_seconds: 10,
            backoff,
        }
    }

    #[test]
    fn exponential_backoff_doubles() {
        let policy = policy(Backoff::Exponential);
        let waits: Vec<_> = (2..=4).map(|n| policy.next_delay(n)).collect();
        assert_eq!(waits, [Some(10), Some(20), Some(40)]);
    }

    #[test]
    fn linear_backoff_adds() {
        assert_eq!(policy(Backoff::Linear).next_delay(4), Some(30));
    }

    #[test]
    fn gives_up_after_the_last_retry() {
        assert_eq!(policy(Backoff::Constant).next_delay(5), None);
    }
}
