"""A CSS selector becomes a test of the elements of one page.

Read are types, classes, ids, attributes, the four combinators, :is, :where, :not, :has, :root, :empty and the :nth
family (Selectors Level 4). A state that only a visitor brings about (:hover), a pseudo-element and whatever is unknown select
nothing; so ":not(:focus)" holds.
"""

import re
from collections.abc import Iterator
from functools import partial

from lxml.etree import _Element

from service.ingest.tree import Selector, Test, Tree, Weight

LONGEST = 600  # characters of one selector; longer ones are an attack
_MOST_BRACKETS = 16  # nested ones are read by recursion
_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\.)+"
_TOKEN = re.compile(
    rf"(?P<name>\*|[.#]?{_NAME})"
    rf"|\[\s*(?P<attribute>{_NAME})\s*(?:(?P<operator>[~|^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*"
    r"(?P<flag>[iIsS])?\s*)?\]"
    r"|::?(?P<pseudo>[\w-]+)(?P<open>\()?"
    r"|\s*(?P<combinator>[>+~])\s*|(?P<descent>\s+)"
)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_NTH = re.compile(r"([+-]?\d*)n\s*(?:([+-])\s*(\d+))?|([+-]?\d+)")


def parse_selectors(text: str) -> Iterator[Selector]:
    """The selectors of a list; one that cannot be read is left out, and the others stand."""
    for part in split_list(text):
        if len(part) <= LONGEST and part.count("(") <= _MOST_BRACKETS:
            try:
                yield _parse(part.strip())
            except ValueError:
                continue


def split_list(text: str) -> Iterator[str]:
    """The parts between the commas that stand in no brackets."""
    depth, begun = 0, 0
    for match in re.finditer(r"[(\[]|[)\]]|,", text):
        if match[0] != ",":
            depth += 1 if match[0] in "([" else -1
        elif depth == 0:
            yield text[begun : match.start()]
            begun = match.end()
    yield text[begun:]


def unescape(text: str) -> str:
    """The text with CSS's escapes resolved: "\\69 d" is "id"."""
    return _ESCAPE.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return str(match[2] or (chr(code) if 0 < code < 0xD800 else ""))


def _parse(text: str) -> Selector:
    """Raises ValueError for what is no selector."""
    left: Selector | None = None
    combinator, at = "", 0
    names, tests, weights = set[str](), list[Test](), list[Weight]()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError("no selector")
        at = match.end()
        if match["combinator"] or match["descent"]:
            left = _compound(names, tests, weights, combinator, left)
            combinator = match["combinator"] or " "
            names, tests, weights = set(), [], []
        elif match["name"]:
            names.add(_read_name(match["name"]))
            weights.append((match["name"][0] == "#", match["name"][0] == ".", match["name"][0] not in "#.*"))
        elif match["attribute"]:
            weights.append((0, 1, 0))
            _read_attribute(match, names, tests)
        else:
            arguments, at = _read_arguments(text, at) if match["open"] else ("", at)
            test, weight = _read_pseudo(match["pseudo"].lower(), arguments)
            tests.append(test)
            weights.append(weight)
    return _compound(names, tests, weights, combinator, left)


def _compound(
    names: set[str], tests: list[Test], weights: list[Weight], combinator: str, left: Selector | None
) -> Selector:
    if not names and not tests:
        raise ValueError("nothing stands beside a combinator")
    ids, classes, types = map(sum, zip(*weights, left.weight if left else (0, 0, 0), strict=True))
    return Selector(frozenset(names or {"*"}), tuple(tests), (ids, classes, types), combinator, left)


def _read_name(token: str) -> str:
    return unescape(token) if token[0] in "#." else token.lower()


def _read_attribute(match: re.Match[str], names: set[str], tests: list[Test]) -> None:
    name, operator = unescape(match["attribute"]).lower(), match["operator"]
    value = unescape((match["value"] or "").strip("\"'"))
    fold = (match["flag"] or "").lower() == "i"
    if operator is None:
        names.add(f"[{name}]")
    elif operator == "=" and not fold:
        names.add(f"[{name}={value}]")
    else:
        tests.append(partial(_has_attribute, name, operator, value.casefold() if fold else value, fold))


def _has_attribute(name: str, operator: str, value: str, fold: bool, _: Tree, element: _Element) -> bool:
    held = element.get(name)
    if held is None or not value:
        return False
    held = held.casefold() if fold else held
    return {
        "=": held == value,
        "~=": value in held.split(),
        "|=": held == value or held.startswith(f"{value}-"),
        "^=": held.startswith(value),
        "$=": held.endswith(value),
        "*=": value in held,
    }[operator]


def _read_arguments(text: str, at: int) -> tuple[str, int]:
    depth = 1
    for match in re.finditer(r"[()]", text[at:]):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return text[at : at + match.start()].strip(), at + match.end()
    raise ValueError("a bracket does not close")


def _read_pseudo(name: str, arguments: str) -> tuple[Test, Weight]:
    if name in ("is", "where", "not", "matches", "-webkit-any", "-moz-any"):
        inner = tuple(parse_selectors(arguments))
        weight = (0, 0, 0) if name == "where" else max((each.weight for each in inner), default=(0, 0, 0))
        return partial(_is_any_of, inner, name != "not"), weight
    if name == "has":
        return partial(_has_within, tuple(parse_selectors(arguments))), (0, 1, 0)
    if name.startswith("nth-"):
        step, first = _read_nth(arguments.lower())
        return partial(_is_nth, _END[name.removeprefix("nth-")], step, first), (0, 1, 0)
    return _PLAIN.get(name, _is_never), (0, 1, 0)


def _read_nth(text: str) -> tuple[int, int]:
    """The step and the first of "2n + 1", "odd" or "3". Raises ValueError for anything else."""
    match = _NTH.fullmatch({"odd": "2n+1", "even": "2n"}.get(text, text))
    if match is None:
        raise ValueError("no place")
    if match[4]:
        return 0, int(match[4])
    step = {"": 1, "+": 1, "-": -1}.get(match[1]) or int(match[1])
    return step, int(f"{match[2]}{match[3]}") if match[3] else 0


def _is_any_of(selectors: tuple[Selector, ...], wanted: bool, tree: Tree, element: _Element) -> bool:
    return any(tree.selects(selector, element) for selector in selectors) is wanted


def _has_within(selectors: tuple[Selector, ...], tree: Tree, element: _Element) -> bool:
    return any(tree.selects(selector, inner) for inner in element.iterdescendants("*") for selector in selectors)


def _is_nth(end: str, step: int, first: int, tree: Tree, element: _Element) -> bool:
    after = int(getattr(tree.place(element), end)) - first
    return after == 0 if step == 0 else after % step == 0 and after // step >= 0


def _is_only(one: str, other: str, tree: Tree, element: _Element) -> bool:
    place = tree.place(element)
    return bool(getattr(place, one) == getattr(place, other) == 1)


def _is_root(_: Tree, element: _Element) -> bool:
    return element.getparent() is None


def _is_empty(_: Tree, element: _Element) -> bool:
    return not element.text and not any(isinstance(child.tag, str) or child.tail for child in element)


def _is_never(_: Tree, __: _Element) -> bool:
    return False


_END = {"child": "first", "last-child": "last", "of-type": "first_of_type", "last-of-type": "last_of_type"}
_PLAIN: dict[str, Test] = {
    "root": _is_root,
    "scope": _is_root,
    "empty": _is_empty,
    "first-child": partial(_is_nth, "first", 0, 1),
    "last-child": partial(_is_nth, "last", 0, 1),
    "first-of-type": partial(_is_nth, "first_of_type", 0, 1),
    "last-of-type": partial(_is_nth, "last_of_type", 0, 1),
    "only-child": partial(_is_only, "first", "last"),
    "only-of-type": partial(_is_only, "first_of_type", "last_of_type"),
}
