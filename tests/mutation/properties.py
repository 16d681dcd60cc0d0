"""Properties are mutated too: mutmut 3 leaves out functions with a decorator.

Read in mutmut 3.8.1.  It puts a *trampoline* in a function's place, which calls the
original or a mutant, and makes copies of the function under other names.  It takes no
decorated function but `staticmethod` and `classmethod`, since the copies would be
decorated as well.  A property that is computed from `self` alone is safe where the
trampoline alone keeps the decorator.  pyproject.toml holds mutmut below 3.9 for this.
"""

from __future__ import annotations

import libcst as cst
from mutmut.mutation import file_mutation

_PROPERTIES = ("property", "cached_property")


def mutate_properties() -> None:
    """Make mutmut, in this process and those forked from it, mutate properties."""
    visitor = file_mutation.MutationVisitor
    skips = visitor._skip_node_and_children
    arrange = file_mutation.function_trampoline_arrangement

    def skips_but_properties(self, node):
        return False if _is_property(node) else skips(self, node)

    def arrange_properties(function, mutants, class_name):
        if not _is_property(function):
            return arrange(function, mutants, class_name)
        bare = function.with_changes(decorators=[])
        before, methods, after, names = arrange(bare, mutants, class_name)
        trampoline = methods[0]
        decorators = [*function.decorators, *trampoline.decorators]
        methods = [trampoline.with_changes(decorators=decorators), *methods[1:]]
        return before, methods, after, names

    visitor._skip_node_and_children = skips_but_properties
    file_mutation.function_trampoline_arrangement = arrange_properties


def _is_property(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.FunctionDef) or len(node.decorators) != 1:
        return False
    decorator = node.decorators[0].decorator
    return isinstance(decorator, cst.Name) and decorator.value in _PROPERTIES
