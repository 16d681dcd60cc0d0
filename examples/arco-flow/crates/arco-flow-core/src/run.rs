//! The life of a run.

/// The number of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u64);

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RunState {
    Queued,
    Starting,
    Started,
    Success,
    Failure,
    Canceling,
    Canceled,
}

/// A change of state that is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IllegalTransition {
    pub from: RunState,
    pub to: RunState,
}

impl RunState {
    /// Whether nothing can follow.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::Canceled)
    }

    /// Goes to `next`, if that may follow.
    pub fn advance(self, next: Self) -> Result<Self, IllegalTransition> {
        use RunState::{Canceled, Canceling, Failure, Queued, Started, Starting, Success};
        let allowed = match self {
            Queued => matches!(next, Starting | Canceled),
            Starting => matches!(next, Started | Failure | Canceling),
            Started => matches!(next, Success | Failure | Canceling),
            Canceling => matches!(next, Canceled | Failure),
            Success | Failure | Canceled => false,
        };
        if allowed {
            Ok(next)
        } else {
            Err(IllegalTransition {
                from: self,
                to: next,
            })
        }
    }
}

/// The tags of a run: `("arco/priority", "3")`.
pub type Tags = Vec<(String, String)>;

/// A run that waits for its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedRun {
    pub id: RunId,
    pub tags: Tags,
}

impl QueuedRun {
    /// The priority that the tags give; 0 when they give none.
    pub fn priority(&self) -> i64 {
        self.tags
            .iter()
            .find(|(name, _)| name == "arco/priority")
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0)
    }
}

/// Orders a queue: highest priority first, then oldest first.
pub fn order_queue(queue: &mut [QueuedRun]) {
    queue.sort_by_key(|run| (-run.priority(), run.id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_states_allow_nothing() {
        for state in [RunState::Success, RunState::Failure, RunState::Canceled] {
            assert!(state.is_terminal());
            assert!(state.advance(RunState::Started).is_err());
        }
    }
}
