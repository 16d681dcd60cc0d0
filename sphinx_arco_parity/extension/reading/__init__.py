"""From the markup of a page to its records."""
