"""The whole project, judged once all pages are read, and what it says to Sphinx."""
