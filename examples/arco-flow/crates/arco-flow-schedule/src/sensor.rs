//! Sensors: a function that looks at the world, and a cursor that remembers how far.

/// What a sensor asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRequest {
    /// Two requests with one key are one run.
    pub run_key: String,
    pub partition: Option<String>,
}

/// The answer of one evaluation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SensorResult {
    pub requests: Vec<RunRequest>,
    /// The new cursor; `None` keeps the old one.
    pub cursor: Option<String>,
}

/// A sensor's memory between evaluations.
#[derive(Debug, Clone, Default)]
pub struct SensorState {
    cursor: Option<String>,
    requested: Vec<String>,
}

impl SensorState {
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Runs `evaluate` with the cursor and returns the requests that are new.
    ///
    /// The cursor moves only when the evaluation succeeds.
    pub fn evaluate<F>(&mut self, evaluate: F) -> Result<Vec<RunRequest>, String>
    where
        F: FnOnce(Option<&str>) -> Result<SensorResult, String>,
    {
        let result = evaluate(self.cursor.as_deref())?;
        if result.cursor.is_some() {
            self.cursor = result.cursor;
        }
        let mut fresh = Vec::new();
        for request in result.requests {
            if !self.requested.contains(&request.run_key) {
                self.requested.push(request.run_key.clone());
                fresh.push(request);
            }
        }
        Ok(fresh)
    }
}
