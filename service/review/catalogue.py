"""The rule families become one catalogue: every rule by its code, and the codes that a prefix stands for."""

from collections.abc import Iterable

from service.errors import UnknownRule
from service.review.rules.ages import AGES
from service.review.rules.changes import CHANGES
from service.review.rules.claims import CLM001, CLM002
from service.review.rules.conversions import CONVERSIONS
from service.review.rules.dates import DATES
from service.review.rules.duplicates import REPETITIONS
from service.review.rules.events import EVENTS
from service.review.rules.given_names import GIVEN_NAMES
from service.review.rules.intervals import INTERVALS
from service.review.rules.notes import DSK001, DSK002
from service.review.rules.numbers import NUMBERS
from service.review.rules.orders import ORDERS
from service.review.rules.people import NAM007
from service.review.rules.proper_words import NAMES
from service.review.rules.quotes import QUOTES
from service.review.rules.record import QUO004
from service.review.rules.roles import ROLES
from service.review.rules.scripts import SCRIPTS
from service.review.rules.spec import RuleFamily, RuleSpec
from service.review.rules.style import STY001, STY002
from service.review.rules.sums import SUMS

FAMILIES: tuple[RuleFamily, ...] = (
    NAMES,
    GIVEN_NAMES,
    SCRIPTS,
    NUMBERS,
    SUMS,
    CHANGES,
    CONVERSIONS,
    DATES,
    INTERVALS,
    ORDERS,
    AGES,
    EVENTS,
    ROLES,
    QUOTES,
    REPETITIONS,
)
"""The rules that need nothing but the article."""

ARCHIVE: tuple[RuleSpec, ...] = (NAM007, QUO004, CLM001, CLM002)
"""The rules that ask the archive."""

HOUSE: tuple[RuleSpec, ...] = (STY001, STY002, DSK001, DSK002)
"""The rules that follow the desk's own options and notes."""

SPECS: dict[str, RuleSpec] = {
    spec.code: spec for spec in (*(spec for family in FAMILIES for spec in family.specs), *ARCHIVE, *HOUSE)
}
"""Every rule by its code."""


def explain(code: str) -> RuleSpec:
    """The rule of a code. Raises UnknownRule."""
    try:
        return SPECS[code.strip().upper()]
    except KeyError as error:
        raise UnknownRule(f"There is no rule {code!r}. The rules are {', '.join(sorted(SPECS))}.") from error


def require_prefixes(prefixes: Iterable[str]) -> None:
    """Raises UnknownRule for a prefix that no code begins with."""
    for prefix in prefixes:
        if not any(code.startswith(prefix) for code in SPECS):
            raise UnknownRule(f"No rule's code begins with {prefix!r}. The rules are {', '.join(sorted(SPECS))}.")
