"""A rule turned off: which function of which module holds it, and what is done to its tree."""

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.mutations.operators import NothingThereError, Operator

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One guard turned off."""

    rule: str
    """What the guard stands for."""
    where: str
    """`module:function`, `module:Class.method` or `module:CONSTANT`."""
    operator: Operator

    @property
    def module(self) -> str:
        """The module that holds the rule."""
        return self.where.partition(":")[0]

    @property
    def file(self) -> Path:
        """Its file."""
        return ROOT.joinpath(*self.module.split(".")).with_suffix(".py")

    def changed(self) -> ast.Module:
        """The module without the rule; raises NothingThereError where it has moved on."""
        tree = ast.parse(self.file.read_text(encoding="utf-8"))
        self.operator.change(_found(tree, self.where.partition(":")[2].split(".")))
        return ast.fix_missing_locations(tree)

    def source(self) -> str:
        """The same as text, without comments and layout."""
        return ast.unparse(self.changed())


def _found(tree: ast.Module | ast.ClassDef, path: list[str]) -> ast.stmt:
    for node in tree.body:
        if path[0] in _names(node):
            if len(path) == 1:
                return node
            if isinstance(node, ast.ClassDef):
                return _found(node, path[1:])
    raise NothingThereError(f"no {path[0]}")


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else ()
    return {one.id for one in targets if isinstance(one, ast.Name)}
