"""The names of an article become findings where one was probably misspelt (NAM001)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from service.compare.known_names import ORGANISATION_WORDS, is_given_name, is_known_word
from service.compare.mentions import Name, find_names, in_small_letters, is_roll, with_capitals
from service.compare.spelling import Spelling, compare_spelling, fold, is_acronym, is_plural, near_spellings
from service.compare.titles import is_honorific
from service.domain.article import Article, Sentence
from service.domain.finding import Finding, FindingKind, FindingPassage, Severity
from service.review.rules.spec import RuleSpec, passage

_SMALL_WORD = re.compile(r"\b[a-z]+\b")
NAM001 = RuleSpec(
    code="NAM001",
    name="misspelt name",
    kind=FindingKind.NAME,
    severity=Severity.ERROR,
    explanation=(
        "A name stands in the article in two spellings that differ as slips of the hand do, and only one of them is "
        "introduced. The rarer one is probably a slip. Two people who share a near surname stay silent where the "
        "article presents both, by a given name, a title or an age; relatives, plurals, short forms, accents and "
        "accepted transliterations are no slips."
    ),
    wrong="Foreign Minister Fumio Kishida spoke. Reporters asked about Kushida's comments.",
    right="Foreign Minister Fumio Kishida spoke. Reporters asked about Kishida's comments.",
    is_safe_to_fix=True,
)
WITHOUT_CAPITALS = 0.6  # of its confidence is left to a finding in copy without capitals: below what --fix writes
_EXPLAINED = re.compile(r", (?:\d{1,3}\b|an? )")


class _Mention(NamedTuple):
    """A word of a name where it stands in the article; `article.text[start:end] == word`."""

    word: str
    start: int
    end: int
    name: Name
    sentence: Sentence

    @property
    def is_surname(self) -> bool:
        return self.end == self.sentence.start + self.name.end

    @property
    def partner(self) -> str | None:
        """The word that this one makes a full name with: Fumio for Kishida, Kishida for Fumio."""
        if self.name.given is None:
            return None
        return fold(self.name.given.split()[0] if self.is_surname else self.name.surname.split()[-1])

    @property
    def role(self) -> str | None:
        """The title, if it presents its bearer: "President" and "singer" do, "Mr" does not."""
        title = self.name.title
        return title.casefold() if title and not is_honorific(title) else None

    @property
    def is_explained(self) -> bool:
        """True where an age or a calling follows: "Kushida, 45, said", "Kushida, a farmer"."""
        return bool(_EXPLAINED.match(self.sentence.text, self.end - self.sentence.start))

    @property
    def is_of_family(self) -> bool:
        """True behind "the": the Bidens are no slip of Joe Biden's."""
        return self.sentence.text[: self.start - self.sentence.start].lower().endswith("the ")

    @property
    def is_mr(self) -> bool:
        return self.name.title is not None and is_honorific(self.name.title)


Form = list[_Mention]  # the mentions of one spelling, in order


def find_name_variants(article: Article) -> list[Finding]:
    """NAM001: a rarer spelling of a name that the article establishes otherwise, and never introduces.

    String distance only proposes; the article decides. A spelling that is presented in its own right (by
    another given name, or a role) is another person's name, and one that the word lists know is a name
    or word of its own. Only evidence sentences are read.
    """
    is_small = in_small_letters([s.text for s in article.evidence])
    forms = _forms(article.evidence, with_capitals if is_small else str)
    written_small = set() if is_small else {word for s in article.evidence for word in _SMALL_WORD.findall(s.text)}
    findings: list[Finding] = []
    spellings = list(forms)
    for spelling, suspect in forms.items():
        if (is_known_word(spelling) or spelling in written_small) and not _is_person(suspect):
            continue
        rivals = [
            (confidence, forms[other])
            for other in near_spellings(spelling, spellings)
            if compare_spelling(spelling, other) is Spelling.MISSPELT
            and (confidence := _confidence(suspect, forms[other])) > 0
        ]
        if rivals:
            confidence, established = max(rivals, key=lambda rival: (rival[0], len(rival[1])))
            findings.extend(_finding(mention, established, confidence, is_small) for mention in suspect)
    return sorted(findings, key=lambda finding: finding.passages[0].start)


def _forms(sentences: Iterable[Sentence], read: Callable[[str], str]) -> dict[str, Form]:
    """Every word of every name by its spelling, without accents and capitals; `read` gives copy the capitals it lacks."""
    forms: defaultdict[str, Form] = defaultdict(list)
    for sentence in sentences:
        names = find_names(read(sentence.text))
        in_roll = is_roll(sentence.text, names)
        for name in names:
            if name.given is not None or not in_roll:
                for mention in _mentions(name, sentence):
                    forms[fold(mention.word)].append(mention)
    return dict(forms)


def _mentions(name: Name, sentence: Sentence) -> Iterator[_Mention]:
    """The first given name and the surname, behind one without its particles: elsewhere it may stand without them."""
    start = sentence.start + name.start
    if name.given is not None:
        given = name.given.split()[0]
        yield _Mention(given, start, start + len(given), name, sentence)
    end = sentence.start + name.end
    surname = name.surname if name.given is None else name.surname.split()[-1]
    yield _Mention(surname, end - len(surname), end, name, sentence)


def _confidence(suspect: Form, established: Form) -> float:
    """How surely the first form is a slip for the second; 0 where the article gives it a right of its own."""
    if len(suspect) > min(2, len(established)) or _are_other_words(suspect, established):
        return 0.0
    partners = [m.partner for m in established if m.partner]
    roles = {None, *(m.role for m in established)}
    shared = [m.partner is not None and _has_partner(m.partner, partners) for m in suspect]
    if _is_only_introduction(suspect, established):
        return 0.6  # the rest of the copy may be wrong as well
    for mention, is_shared in zip(suspect, shared, strict=True):
        if not is_shared and (mention.partner or mention.role not in roles or mention.is_explained):
            return 0.0
    if all(shared) and len(suspect) == len(established):
        return 0.6 if suspect[0].start > established[0].start else 0.0  # one against one: the first stands
    if all(shared):
        return 0.9
    if any(m.partner and m.is_surname for m in established):
        return 0.9 if len(suspect) < len(established) else 0.8
    both_mr = all(m.is_mr for m in suspect) and any(m.is_mr for m in established)
    return 0.5 if len(suspect) == 1 and len(established) >= (2 if both_mr else 3) else 0.0


def _is_only_introduction(suspect: Form, established: Form) -> bool:
    """True where the rarer spelling presents someone once, and the other, which nothing presents, is who is spoken of."""
    if len(suspect) > 1 or len(established) < 2 or any(m.partner or m.role or m.is_explained for m in established):
        return False
    only, word = suspect[0], established[0].word
    return only.is_surname and only.name.given is not None and not is_known_word(word)


def _are_other_words(suspect: Form, established: Form) -> bool:
    """True for an acronym, an organisation's word, or a plural: the Blairs, or a Lib Dem among the Lib Dems."""
    wrong, right = suspect[0].word, established[0].word
    if any(m.partner == fold(right) for m in suspect):
        return True  # side by side in one name: Nighty Night
    if is_acronym(wrong) or is_acronym(right) or fold(right) in ORGANISATION_WORDS:
        return True
    return is_plural(wrong, right) or (
        is_plural(right, wrong) and (not _is_person(suspect) or all(m.is_of_family for m in established))
    )


def _is_person(form: Form) -> bool:
    """True where every mention has a title, or a listed given name before it."""
    return all(m.name.title or (m.name.given and is_given_name(m.name.given.split()[0])) for m in form)


def _has_partner(partner: str, partners: Iterable[str]) -> bool:
    """True where the other half of the name is among them, or its initial, or what the initial stands for."""
    return any(p.startswith(partner) or partner.startswith(p) for p in partners)


def _finding(mention: _Mention, established: Form, confidence: float, is_small: bool) -> Finding:
    """Shows the established form where it is introduced, if it is; without capitals it is less sure, and says so."""
    shown = next((m for m in established if m.name.is_introduced), established[0])
    count = f"{len(established)} times" if len(established) > 1 else "once"
    wrong, right = (_written(one, one.name.start, one.name.end) for one in (mention, shown))
    word = _written(shown, shown.start - shown.sentence.start, shown.end - shown.sentence.start)
    doubt = " The copy has no capitals: names are told by titles and repetition." if is_small else ""
    confidence *= WITHOUT_CAPITALS if is_small else 1.0
    return NAM001.finding(
        f"“{wrong}” looks like a slip for “{right}”, which the article names {count}. Check which is right.{doubt}",
        _passage(mention),
        _passage(shown),
        confidence=confidence,
        suggestion=word.upper() if mention.word.isupper() else word,
        severity=Severity.ERROR if confidence >= 0.8 else Severity.WARNING,
    )


def _written(one: _Mention, start: int, end: int) -> str:
    return one.sentence.text[start:end]


def _passage(mention: _Mention) -> FindingPassage:
    offset = mention.sentence.start
    return passage(mention.sentence, mention.start - offset, mention.end - offset)
