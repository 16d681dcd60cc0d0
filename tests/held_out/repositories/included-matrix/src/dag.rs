//! Graphs of tasks.

/// One task.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: String,
    pub retries: u8,
    pub pool: Option<String>,
}

/// What became of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    Queued,
    Running,
    UpForRetry,
    Skipped,
}

/// A graph.
#[derive(Debug, Default)]
pub struct Dag {
    tasks: Vec<Task>,
    edges: Vec<(usize, usize)>,
}

impl Dag {
    pub const LIMIT: usize = 10_000;

    /// Adds a task.
    ///
    /// # Panics
    ///
    /// Above [`Dag::LIMIT`].
    #[track_caller]
    pub fn add(&mut self, task: Task) -> usize {
        assert!(self.tasks.len() < Self::LIMIT);
        self.tasks.push(task);
        self.tasks.len() - 1
    }

    pub fn add_edge(&mut self, from: usize, to: usize) {
        self.edges.push((from, to));
    }

    pub fn ready(&self) -> impl Iterator<Item = &Task> {
        self.tasks
            .iter()
            .enumerate()
            .filter(|(i, _)| !self.edges.iter().any(|(_, to)| to == i))
            .map(|(_, task)| task)
    }

    pub fn ready_in_pool<'a>(&'a self, pool: &'a str) -> impl Iterator<Item = &'a Task> {
        self.ready().filter(move |t| t.pool.as_deref() == Some(pool))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str) -> Task {
        Task { id: id.to_owned(), retries: 0, pool: None }
    }

    #[test]
    fn add_gives_index() {
        assert_eq!(Dag::default().add(task("a")), 0);
    }

    #[test]
    fn ready_without_edges() {
        let mut dag = Dag::default();
        dag.add(task("a"));
        assert_eq!(dag.ready().count(), 1);
    }

    #[cfg(feature = "chaos")]
    #[test]
    fn ready_under_chaos() {
        assert_eq!(Dag::default().ready().count(), 0);
    }

    #[test]
    #[ignore]
    fn ten_thousand_tasks() {
        assert_eq!(Dag::LIMIT, 10_000);
    }
}
