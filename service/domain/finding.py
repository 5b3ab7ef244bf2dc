"""What the review found in an article, with the passages that show it to its editor."""

from enum import StrEnum

from service.domain.base import Frozen
from service.domain.passage import Citation


class FindingKind(StrEnum):
    """The rule family that made a finding; its codes begin with the same three letters."""

    NAME = "name"  # NAM
    NUMBER = "number"  # NUM
    DATE = "date"  # DAT
    QUOTE = "quote"  # QUO
    ROLE = "role"  # ROL
    DUPLICATE = "duplicate"  # DUP
    CLAIM = "claim"  # CLM
    STYLE = "style"  # STY
    DESK = "desk"  # DSK: the desk's notes in the article


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FindingPassage(Frozen):
    """A place in the article: `quote` is the sentence, `article.text[start:end]` the words in question."""

    sentence_id: str
    quote: str
    start: int
    end: int


class Finding(Frozen):
    """One finding. `code` is stable; `suggestion` is what the first passage's words should read, if known."""

    code: str
    kind: FindingKind
    severity: Severity
    confidence: float
    message: str
    suggestion: str | None
    passages: tuple[FindingPassage, ...]
    citations: tuple[Citation, ...] = ()  # the stored sentences that say otherwise


class SuppressedFinding(Frozen):
    """A finding that the desk decided to live with: why, and where that is written."""

    finding: Finding
    reason: str
    origin: str
