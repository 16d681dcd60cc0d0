"""The builder ``parity``, and the files that HTML builds publish."""
