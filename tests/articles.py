"""Plain text becomes an article for a test, without the real pipeline."""

import re
from collections.abc import Sequence
from datetime import date

from service.domain.article import Article, Section, Sentence

_SENTENCE = re.compile(r"[^\n]+?(?:[.?!][\"'”’)]*(?=\s|$)|(?=\n|$))")


def make_article(
    text: str,
    title: str | None = None,
    published: date | None = None,
    sections: Sequence[Section] | None = None,
) -> Article:
    """An article of the text's sentences, "art.1.0" and on; they end at full stops and line ends.

    `sections` gives the section of each line that is not empty, in order; without it the first line is the
    headline if it equals `title`, and everything else is body. Abbreviations ("Mr. Abe") are not known here.
    """
    lines = [line for line in re.finditer(r"[^\n]+", text) if line.group().strip()]
    if sections is None:
        sections = [
            Section.HEADLINE if i == 0 and line.group().strip() == title else Section.BODY
            for i, line in enumerate(lines)
        ]
    sentences: list[Sentence] = []
    for paragraph, (line, section) in enumerate(zip(lines, sections, strict=True)):
        for match in _SENTENCE.finditer(text, line.start(), line.end()):
            start = match.end() - len(match.group().lstrip())
            index = len(sentences)
            sentences.append(
                Sentence(
                    id=f"art.1.{index}",
                    index=index,
                    paragraph=paragraph,
                    start=start,
                    end=match.end(),
                    text=text[start : match.end()],
                    section=section,
                )
            )
    return Article(
        id="art",
        version=1,
        source="test",
        content_hash="",
        text=text,
        sentences=tuple(s for s in sentences if s.text.strip()),
        title=title,
        published=published,
    )
