"""From named texts to records: what a directive's options or a table's cells declare.

:mod:`.columns` maps headers to fields, :mod:`.records_from` makes the records,
:mod:`.data_files` reads tables from CSV, TSV, YAML and JSON.  Called by the Sphinx rooms
while pages are read; knows no document tree.
"""
