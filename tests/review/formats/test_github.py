"""Annotations follow the grammar of workflow commands, whatever the article holds."""

import re

from service.review.formats.github import annotate
from tests.review.formats.hostile import hostile

# From "Workflow commands for GitHub Actions": properties escape %, CR, LF, colon and comma; the message the first three.
COMMAND = re.compile(r"::(?:error|warning|notice) (?:\w+=[^,:\r\n]*)(?:,\w+=[^,:\r\n]*)*::[^\r\n]*")


def test_each_finding_is_one_command_at_its_line() -> None:
    (line,) = annotate([hostile()])
    assert COMMAND.fullmatch(line)
    assert line.startswith("::error file=/desk/copy one.txt,line=3,endLine=3,col=6,endColumn=13,title=NAM001 ")
    assert "\x1b" not in line


def test_a_page_has_no_lines_so_the_sentence_is_told() -> None:
    lines = list(annotate([hostile("https://news.example/a,b?c=%3A")]))
    assert all(COMMAND.fullmatch(line) for line in lines)
    line = next(line for line in lines if "NAM001" in line)
    assert "line=" not in line
    assert "file=https%3A//news.example/a%2Cb?c=%253A," in line
    assert "In: Then Peetars'" in line
