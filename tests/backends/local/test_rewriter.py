"""A follow-up is answered as what it means after the turns before it."""

import pytest

from service.backends.local.rewriter import rewrite
from service.domain.chat import Turn

MINISTER = Turn(
    question="Who is Japan's foreign minister?", answer="Foreign Minister Fumio Kishida plans to visit Russia. [1]"
)
MET = Turn(question="How many times has Abe met Putin?", answer="Abe and Putin have met five times. [1]")


@pytest.mark.parametrize(
    ("turns", "question", "meant"),
    [
        ([MINISTER], "When does he plan to visit Russia?", "When does Fumio Kishida plan to visit Russia?"),
        ([MINISTER], "What is his plan?", "What is Fumio Kishida's plan?"),
        ([MINISTER], "And China's?", "Who is China's foreign minister?"),
        ([MINISTER], "What about China?", "Who is China's foreign minister?"),
        ([MET], "When did he return to power?", "When did Abe return to power?"),
        ([MET], "Where have they met?", "Where have Abe and Putin met?"),
        ([MINISTER, MET], "How large is it?", "How large is Japan?"),
    ],
)
def test_a_pronoun_or_a_bare_name_is_resolved(turns: list[Turn], question: str, meant: str) -> None:
    assert rewrite(question, turns) == meant


@pytest.mark.parametrize("question", ["Who is the mayor of Osaka?", "What about oil imports from Russia?", "Why?"])
def test_what_stands_alone_or_cannot_be_resolved_is_left(question: str) -> None:
    assert rewrite(question, [MINISTER, MET]) == question


def test_without_earlier_turns_nothing_changes() -> None:
    assert rewrite("When did he return?", []) == "When did he return?"
