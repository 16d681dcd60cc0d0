"""Words, patterns and markup of text: what every room may use, and what uses none."""
