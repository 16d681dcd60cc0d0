"""Values that all rooms share: records, findings, and the names of rules and directives."""
