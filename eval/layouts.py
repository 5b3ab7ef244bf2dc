"""A plain article becomes a text, laid out in the ways that reporters paste one."""

import re
import textwrap
from collections.abc import Callable

from service.domain.base import Frozen


class PlainArticle(Frozen):
    """An article with no page around it; its paragraphs stand on lines of their own."""

    title: str
    body: str


def _paragraphs(article: PlainArticle) -> list[str]:
    return re.split(r"\n+", article.body)


def _titled(article: PlainArticle) -> str:
    return f"{article.title}\n\n" + "\n\n".join(_paragraphs(article))


def _untitled(article: PlainArticle) -> str:
    return "\n\n".join(_paragraphs(article))


def _packed(article: PlainArticle) -> str:
    return "\n".join([article.title, *_paragraphs(article)])


def _sentence_a_paragraph(article: PlainArticle) -> str:
    return re.sub(r"(?<=[a-z][.!?]) (?=[A-Z\"“])", "\n\n", _titled(article))


def _wrapped(article: PlainArticle) -> str:
    return "\n\n".join([article.title, *(textwrap.fill(paragraph, 72) for paragraph in _paragraphs(article))])


def _headed(article: PlainArticle) -> str:
    return "\n".join([article.title.upper(), "By Jane Roe", "Published March 3, 2014", "", *_paragraphs(article)])


def _furnished(article: PlainArticle) -> str:
    first, *rest = _paragraphs(article)
    return "\n\n".join([article.title, first, "ADVERTISEMENT", *rest, "Read more: The other story of the day"])


LAYOUTS: dict[str, Callable[[PlainArticle], str]] = {
    "headline and body": _titled,
    "body alone": _untitled,
    "no empty lines": _packed,
    "a sentence a paragraph": _sentence_a_paragraph,
    "wrapped at 72": _wrapped,
    "byline and date": _headed,
    "with an advertisement": _furnished,
}
