"""Reading the world: the only room that opens files outside the documents or starts git.

:mod:`.files` lists and reads, :mod:`.definitions` finds names, :mod:`.workflows` reads
CI, :mod:`.selection` says which tests a command runs, :mod:`.adrs` reads ADRs.
"""
