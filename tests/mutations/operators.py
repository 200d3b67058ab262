"""The ways to turn a rule off: each changes one place in the syntax tree of one function.

A place is found by its kind and by counting from 0 in reading order, the docstring left out. What
stands in it (names, values, layout) is not asked, so only a change of the rule's logic moves it.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

T = TypeVar("T")

Value = str | int | float | bool | Enum | None


class NothingThereError(Exception):
    """The function has no such place any more."""


class Operator(Protocol):
    """One change of a function or a constant."""

    def change(self, rule: ast.stmt) -> None:
        """Changes it where it stands; raises NothingThereError."""


@dataclass(frozen=True, slots=True)
class Skip:
    """The nth `if` is never taken: of a statement, an expression or a comprehension."""

    nth: int = 0

    def change(self, rule: ast.stmt) -> None:
        _place(rule, _is_condition, self.nth).put(ast.Constant(False))


@dataclass(frozen=True, slots=True)
class Always:
    """The nth `if` is always taken."""

    nth: int = 0

    def change(self, rule: ast.stmt) -> None:
        _place(rule, _is_condition, self.nth).put(ast.Constant(True))


@dataclass(frozen=True, slots=True)
class Drop:
    """The nth expression with this word loses an operand, or another too, counted from 0.

    The word: `and`, `or`, an arithmetic sign, a comparison sign in a chain, or the brackets of a
    set, a tuple or a list.
    """

    word: str
    nth: int
    operand: int
    another: int | None = None

    def change(self, rule: ast.stmt) -> None:
        place = _place(rule, lambda one: _has_operands(one.node, self.word), self.nth)
        place.put(_without(place.node, {self.operand, self.another}))


@dataclass(frozen=True, slots=True)
class Swap:
    """The nth operator of this word, or the nth use of such a function, becomes another."""

    word: str
    by: str
    nth: int = 0

    def change(self, rule: ast.stmt) -> None:
        if self.word.isidentifier() and self.word not in _BY_WORD:
            place = _place(rule, lambda one: _is_name(one.node, self.word), self.nth)
            place.put(ast.Name(self.by, ast.Load()))
        else:
            kind = _BY_WORD[self.word]
            place = _place(rule, lambda one: isinstance(one.node, kind), self.nth)
            place.put(_BY_WORD[self.by]())


@dataclass(frozen=True, slots=True)
class Other:
    """The nth such value, a literal or a member of an enumeration, is another one."""

    was: Value
    becomes: Value
    nth: int = 0

    def change(self, rule: ast.stmt) -> None:
        was = ast.dump(_written(self.was))
        place = _place(rule, lambda one: ast.dump(one.node) == was, self.nth)
        place.put(_written(self.becomes))


@dataclass(frozen=True, slots=True)
class Returns:
    """The nth `return` gives this value."""

    nth: int
    value: Value

    def change(self, rule: ast.stmt) -> None:
        place = _place(rule, lambda one: isinstance(one.node, ast.Return), self.nth)
        place.put(ast.Return(_written(self.value)))


@dataclass(frozen=True, slots=True)
class Omit:
    """The nth keyword argument of this name is not given."""

    keyword: str
    nth: int = 0

    def change(self, rule: ast.stmt) -> None:
        def is_it(one: "_Place") -> bool:
            return isinstance(one.node, ast.keyword) and one.node.arg == self.keyword

        _place(rule, is_it, self.nth).cut()


@dataclass(frozen=True, slots=True)
class Argument:
    """The nth call of this function or method is given this as its first argument."""

    called: str
    value: Value
    nth: int = 0

    def change(self, rule: ast.stmt) -> None:
        _place(rule, self._is_it, self.nth).put(_written(self.value))

    def _is_it(self, one: "_Place") -> bool:
        if not isinstance(one.parent, ast.Call) or (one.field, one.at) != ("args", 0):
            return False
        called = one.parent.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
        return name == self.called


@dataclass(frozen=True, slots=True)
class Becomes:
    """A constant of the module has this value."""

    value: Value

    def change(self, rule: ast.stmt) -> None:
        if not isinstance(rule, ast.Assign | ast.AnnAssign):
            raise NothingThereError("no constant")
        rule.value = _written(self.value)


@dataclass(frozen=True, slots=True)
class _Place:
    """A node, and where it hangs, so that another can take its place."""

    node: ast.AST
    parent: ast.AST
    field: str
    at: int | None

    def put(self, other: ast.AST) -> None:
        if self.at is None:
            setattr(self.parent, self.field, other)
        else:
            getattr(self.parent, self.field)[self.at] = other

    def cut(self) -> None:
        del getattr(self.parent, self.field)[self.at]


def _place(rule: ast.stmt, wanted: Callable[[_Place], bool], nth: int) -> _Place:
    found = [place for place in _in_reading_order(rule) if wanted(place)]
    if nth >= len(found):
        raise NothingThereError(f"{len(found)} such places, none of them is number {nth}")
    return found[nth]


def _in_reading_order(rule: ast.stmt) -> list[_Place]:
    if not isinstance(rule, ast.FunctionDef):
        raise NothingThereError("no function")
    first = 1 if ast.get_docstring(rule) is not None else 0
    found = list(_below(rule, first))
    order, last = [], (0, 0)
    for place in found:
        # Operators and keywords of a comprehension have no place of their own.
        last = (getattr(place.node, "lineno", last[0]), getattr(place.node, "col_offset", last[1]))
        order.append(last)
    return [found[at] for at in sorted(range(len(found)), key=order.__getitem__)]


def _below(parent: ast.AST, first: int = 0) -> Iterator[_Place]:
    fields = ("body",) if isinstance(parent, ast.FunctionDef) else parent._fields
    for field in fields:
        value = getattr(parent, field, None)
        if field == "annotation":
            continue
        some = enumerate(value) if isinstance(value, list) else [(None, value)]
        for at, node in some:
            if isinstance(node, ast.AST) and (at or 0) >= first:
                yield _Place(node, parent, field, at)
                yield from _below(node)


def _is_condition(place: _Place) -> bool:
    if place.field == "test":
        return isinstance(place.parent, ast.If | ast.IfExp)
    return place.field in {"ifs", "guard"}


_BY_WORD: dict[str, type[ast.AST]] = {
    "and": ast.And, "or": ast.Or, "not": ast.Not,
    "is": ast.Is, "is not": ast.IsNot, "in": ast.In, "not in": ast.NotIn,
    "==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
    "+": ast.Add, "-": ast.Sub, "*": ast.Mult, "&": ast.BitAnd, "|": ast.BitOr,
}  # fmt: skip
_BRACKETS = {"{}": ast.Set, "()": ast.Tuple, "[]": ast.List}


def _has_operands(node: ast.AST, word: str) -> bool:
    if word in _BRACKETS:
        return isinstance(node, _BRACKETS[word])
    kind = _BY_WORD[word]
    if isinstance(node, ast.Compare):
        return len(node.ops) > 1 and any(isinstance(op, kind) for op in node.ops)
    return isinstance(node, ast.BoolOp | ast.BinOp) and isinstance(node.op, kind)


def _without(node: ast.AST, but: set[int | None]) -> ast.expr:
    """An expression without some operands; raises NothingThereError where it has them not."""
    if isinstance(node, ast.BinOp):
        return _others([node.left, node.right], but)[0]
    if isinstance(node, ast.Compare):
        left, *more = _others([node.left, *node.comparators], but)
        return ast.Compare(left, _others(node.ops, {at and max(at - 1, 0) for at in but}), more)
    if isinstance(node, ast.BoolOp):
        values = _others(node.values, but)
        return values[0] if len(values) == 1 else ast.BoolOp(node.op, values)
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        node.elts = _others(node.elts, but)
        return node
    raise NothingThereError("no operands")


def _others(nodes: list[T], but: set[int | None]) -> list[T]:
    left = [node for at, node in enumerate(nodes) if at not in but]
    if not left or len(left) + len(but - {None}) != len(nodes):
        raise NothingThereError(f"{len(nodes)} operands, not to be left without {but}")
    return left


def _is_name(node: ast.AST, word: str) -> bool:
    return isinstance(node, ast.Name) and node.id == word


def _written(value: Value) -> ast.expr:
    """A value as source text would have it; a member by the name of its enumeration."""
    if isinstance(value, Enum):
        return ast.Attribute(ast.Name(type(value).__name__, ast.Load()), value.name, ast.Load())
    return ast.Constant(value)
