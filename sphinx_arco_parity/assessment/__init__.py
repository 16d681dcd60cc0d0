"""The whole project judged once: findings, verdicts, what is ignored or known."""
