"""Real pages, stripped of their markup, become scores of how well the article is told from the rest."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import islice
from pathlib import Path

import trafilatura

from eval.dumps import DUMPS
from eval.layouts import LAYOUTS, PlainArticle
from service.domain.article import Page, Section
from service.domain.base import Frozen
from service.ingest.blocks import read_dump

DATA = Path(__file__).parents[3] / "shared" / "data"
PAGES = DATA / "html" / "scrapinghub"
PLAIN = DATA / "news" / "bbc_dev.jsonl.gz"
WIRE = DATA / "news" / "reuters21578.jsonl.gz"

# The gold bodies hold subheads and pull quotes; only the body itself may be cited, so it is scored alone too.
ARTICLE = frozenset({Section.BODY, Section.SUBHEAD, Section.QUOTE})
CITABLE = frozenset({Section.BODY})


class GoldPage(Frozen):
    """A real page with the body that a person marked in it; `number` is its place by sorted id."""

    number: int
    html: str
    body: str


class Score(Frozen):
    """Token precision, recall and F1, each a mean over pages."""

    precision: float
    recall: float
    f1: float


class PlainScore(Frozen):
    """How plain articles are read: shares of body words kept as body, and of headlines found."""

    articles: int
    words_kept: float
    headlines: float


def gold_pages(folder: Path = PAGES) -> list[GoldPage]:
    """The 90 pages, by sorted id."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        GoldPage(
            number=number,
            html=gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace"),
            body=truth[key]["articleBody"],
        )
        for number, key in enumerate(sorted(truth))
    ]


def score_tokens(found: str, gold: str) -> Score:
    """Precision, recall and F1 of the words of `found` as a multiset; nothing found scores 0."""
    ours, theirs = (Counter(re.findall(r"\w+", text)) for text in (found, gold))
    shared = (ours & theirs).total()
    precision = shared / ours.total() if ours else 0.0
    recall = shared / theirs.total() if theirs else 0.0
    f1 = 2 * precision * recall / (precision + recall) if shared else 0.0
    return Score(precision=precision, recall=recall, f1=f1)


def mean(scores: Sequence[Score]) -> Score:
    total = reduce(
        lambda sums, s: [a + b for a, b in zip(sums, (s.precision, s.recall, s.f1), strict=True)], scores, [0.0] * 3
    )
    return Score(**dict(zip(("precision", "recall", "f1"), (value / len(scores) for value in total), strict=True)))


def text_of(page: Page, sections: frozenset[Section]) -> str:
    return "\n".join(page.text[b.start : b.end] for b in page.blocks if b.section in sections)


def measure(pages: Iterable[GoldPage], extract: Callable[[GoldPage], str]) -> Score:
    """The mean score of an extractor."""
    return mean([score_tokens(extract(page), page.body) for page in pages])


def measure_plain(articles: Sequence[PlainArticle], layout: Callable[[PlainArticle], str]) -> PlainScore:
    """Articles in plain text hold no furniture, so every word of their bodies should stay."""
    kept = words = headlines = 0
    for article in articles:
        page = read_dump(layout(article))
        headlines += page.title == article.title
        body = Counter(re.findall(r"\w+", article.body))
        kept += (body & Counter(re.findall(r"\w+", text_of(page, CITABLE)))).total()
        words += body.total()
    return PlainScore(articles=len(articles), words_kept=kept / words, headlines=headlines / len(articles))


def plain_articles(path: Path, step: int = 1) -> list[PlainArticle]:
    """Every `step`th article of an archive; one with no text is left out."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        articles = [json.loads(row) for row in islice(rows, 0, None, step)]
    return [
        PlainArticle(title=article["title"], body=article["text"].removeprefix(article["title"]).strip())
        for article in articles
        if article["text"].strip()
    ]


# How clean the pages are: the rules were written on the even ones as `innerText` gives them. The odd ones then scored
# F1 .82 unread, and were read later. The other ways of stripping were first tried on 2026-11-24, unread: lynx .91,
# a newline a tag .90, no separator .86; Reuters' copy had kept 88.9% of its words.
def main() -> None:
    """Prints one line a way to strip the pages, then one a layout of plain copy. Takes about a minute."""
    pages = gold_pages()
    print(f"{len(pages)} pages{'':22}{'precision':>10}{'recall':>8}{'F1':>8}   citable body alone")
    for name, dump in DUMPS.items():
        read = [(read_dump(dump(page.html)), page.body) for page in pages]
        article, body = (
            mean([score_tokens(text_of(page, sections), gold) for page, gold in read])
            for sections in (ARTICLE, CITABLE)
        )
        print(f"{name:30}{_row(article)}{_row(body)}")
    score = measure(pages, lambda page: trafilatura.extract(page.html, include_comments=False) or "")
    print(f"{'trafilatura on the HTML':30}{_row(score)}")
    for path, step in ((PLAIN, 5), (WIRE, 40)):
        articles = plain_articles(path, step)
        for name, layout in LAYOUTS.items():
            plain = measure_plain(articles, layout)
            print(
                f"{path.name[:7]} {name:22}{plain.articles:5} articles: {plain.words_kept:.2%} of the body's words kept"
            )


def _row(score: Score) -> str:
    return f"{score.precision:10.3f}{score.recall:8.3f}{score.f1:8.3f}"


if __name__ == "__main__":
    main()
