"""The options of a project: declared once, checked, and read into one value."""
