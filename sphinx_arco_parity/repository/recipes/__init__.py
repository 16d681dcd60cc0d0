"""What a command runs that starts a recipe of the repository: make, just, tox, hatch, pdm.

:func:`recipe_of` is called for each command of a step.  A recipe that cannot be read
whole is ``None``: the command then stays what it is, and may run anything.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.recipes.recipe import Line, Recipe
from sphinx_arco_parity.repository.recipes.start import recipe_of

__all__ = ["Line", "Recipe", "recipe_of"]
