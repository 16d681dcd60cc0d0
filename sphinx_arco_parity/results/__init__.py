"""What test runners reported: read, and joined with the tests that are cited.

Nothing is run.  Used by the command line and, of the file that it writes, by every build.
"""
