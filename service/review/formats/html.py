"""Reviews become one HTML file that needs nothing else: the article with its findings marked, and beside it why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby, pairwise
from typing import NamedTuple

from lxml import etree

from service.domain.article import Article, Section, Sentence
from service.domain.finding import Finding, FindingPassage, Severity, SuppressedFinding
from service.domain.report import Report
from service.review.catalogue import SPECS
from service.review.formats.letters import odd_letters
from service.review.formats.markup import Content, Node, make, make_classed
from service.review.formats.places import Reviewed, path_of

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_OWN = {Section.HEADLINE, Section.SUBHEAD, Section.CAPTION, Section.BODY}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class _Mark(NamedTuple):
    """A passage of a finding, and the name of its place in the page."""

    name: str
    finding: str  # the name of the finding's own place
    passage: FindingPassage
    severity: Severity


def build_page(reviewed: Iterable[Reviewed]) -> str:
    """The whole file, with no script and no address that a browser would load."""
    reviewed = list(reviewed)
    style = (files("service.review.formats") / "review.css").read_text(encoding="utf-8")
    head = make(
        "head",
        make("meta", attributes={"charset": "utf-8"}),
        make("meta", attributes={"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        make("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        make("title", _title(reviewed)),
        make("style", style),
    )
    body = make(
        "body",
        make("main", *(_review(each, f"r{number}") for number, each in enumerate(reviewed, start=1))),
        make("footer", "Reviewed by Claimdesk. A finding is a question to the editor, not a verdict."),
    )
    language = (reviewed[0].article.language if reviewed else None) or "en"
    page = make("html", head, body, attributes={"lang": language})
    return etree.tostring(page, encoding="unicode", method="html", doctype="<!doctype html>") + "\n"


def _title(reviewed: Sequence[Reviewed]) -> str:
    if len(reviewed) == 1:
        return f"Review: {reviewed[0].article.title or path_of(reviewed[0].article)}"
    return f"Review of {len(reviewed)} articles"


def _review(reviewed: Reviewed, key: str) -> Node:
    review, article = reviewed
    count = len(review.findings)
    beside = [make("h2", f"{count} finding{'' if count == 1 else 's'}" if count else "No finding")]
    if count:
        found = (_finding(finding, article, f"{key}-{n}") for n, finding in enumerate(review.findings, start=1))
        beside.append(make_classed("ol", "findings", *found))
    if review.suppressed:
        beside.append(_suppressed(review.suppressed))
    if review.reports:
        beside.append(_checked(review.reports))
    return make_classed(
        "section",
        "review",
        make("h1", article.title or path_of(article)),
        make_classed("p", "place", f"{path_of(article)}, version {article.version}"),
        make_classed("div", "columns", _article(reviewed, key), make("aside", *beside)),
    )


def _finding(finding: Finding, article: Article, key: str) -> Node:
    head = make("a", f"{finding.code} {finding.severity}: {SPECS[finding.code].name}", attributes={"href": f"#{key}-1"})
    sure = make_classed("span", "dim", f" {finding.confidence:.0%} sure")
    content = [make_classed("p", "code", head, sure), make("p", finding.message)]
    for _, passages in groupby(finding.passages, key=lambda passage: passage.sentence_id):
        content.append(make("blockquote", *_quote(list(passages), finding, article)))
    for citation in finding.citations:
        source = ", ".join(str(part) for part in (citation.title, citation.published, citation.sentence_id) if part)
        content.append(
            make("blockquote", "The archive: ", make("q", citation.quote), make_classed("span", "dim", f" {source}"))
        )
    if finding.suggestion:
        content.append(make("p", "Suggestion: ", make("strong", finding.suggestion)))
    return make("li", *content, attributes={"class": f"finding {finding.severity}", "id": key})


def _quote(passages: Sequence[FindingPassage], finding: Finding, article: Article) -> Iterator[Content]:
    """The sentence of the passages with the words in question marked, and in them the letters that differ."""
    sentence = next(s for s in article.sentences if s.id == passages[0].sentence_id)
    odd = [(p.start + start, p.start + end) for p in passages for start, end in odd_letters(finding, p, article.text)]
    marked = [(p.start, p.end) for p in passages]
    for start, end in pairwise(
        sorted({sentence.start, sentence.end, *(edge for span in odd + marked for edge in span)})
    ):
        piece: Content = article.text[start:end]
        if any(first <= start and end <= last for first, last in odd):
            piece = make("b", piece)
        is_marked = any(first <= start and end <= last for first, last in marked)
        yield make_classed("mark", finding.severity, piece) if is_marked else piece


def _suppressed(suppressed: Sequence[SuppressedFinding]) -> Node:
    items = (
        make("li", f"{s.finding.code}: {s.finding.message} ", make("em", f"{s.reason} ({s.origin})"))
        for s in suppressed
    )
    return make_classed("details", "dim", make("summary", f"{len(suppressed)} suppressed"), make("ul", *items))


def _checked(reports: Sequence[Report]) -> Node:
    """Every claim that was checked against the archive, whatever came of it."""
    rows = (
        make(
            "li",
            make("strong", str(report.label).replace("_", " ")),
            f" {report.confidence:.0%} ",
            make("q", report.claim),
        )
        for report in reports
    )
    return make_classed("details", "dim", make("summary", f"{len(reports)} claims checked"), make("ul", *rows))


def _article(reviewed: Reviewed, key: str) -> Node:
    """The article's own paragraphs; what stands around them is folded away, unless a finding marks it."""
    marks = _marks(reviewed.review.findings, key)
    own: list[Node] = []
    around: list[Node] = []
    for (_, section), group in groupby(reviewed.article.sentences, key=lambda s: (s.paragraph, s.section)):
        sentences = list(group)
        pieces = [piece for s in sentences for piece in (*_pieces(s, reviewed.article, marks[s.id]), " ")]
        is_own = section in _OWN or any(marks[s.id] for s in sentences)
        (own if is_own else around).append(make_classed("p", section, *pieces))
    if around:
        own.append(make_classed("details", "dim", make("summary", "Not read as copy"), *around))
    return make_classed("article", "article", *own)


def _marks(findings: Sequence[Finding], key: str) -> defaultdict[str, list[_Mark]]:
    """The marks by the sentence that they stand in."""
    marks: defaultdict[str, list[_Mark]] = defaultdict(list)
    for number, finding in enumerate(findings, start=1):
        name = f"{key}-{number}"
        for place, passage in enumerate(finding.passages, start=1):
            marks[passage.sentence_id].append(_Mark(f"{name}-{place}", name, passage, finding.severity))
    return marks


def _pieces(sentence: Sentence, article: Article, marks: Sequence[_Mark]) -> Iterator[Content]:
    """The sentence cut where a mark begins or ends; marks that overlap lie within each other, the worst innermost."""
    edges = {sentence.start, sentence.end, *(e for m in marks for e in (m.passage.start, m.passage.end))}
    begun: set[str] = set()
    for start, end in pairwise(sorted(edges)):
        over = [mark for mark in marks if mark.passage.start <= start and end <= mark.passage.end]
        piece: Content = article.text[start:end]
        for mark in sorted(over, key=lambda mark: _RANK[mark.severity]):
            if isinstance(piece, str):
                piece = make("a", piece, attributes={"href": f"#{mark.finding}"})
            place = {} if mark.name in begun else {"id": mark.name}
            piece = make("mark", piece, attributes={"class": mark.severity, **place})
            begun.add(mark.name)
        yield piece
