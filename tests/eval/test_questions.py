"""The retrieval and answers tasks, on figures that can be worked out by hand."""

import json
from pathlib import Path

import pytest

from eval.task import Options
from eval.tasks import answers, retrieval
from eval.tasks.answers import AnswerScorer, token_f1, tokens
from eval.tasks.retrieval import Ranks, RankScorer
from eval.xquad import QuestionSample, as_article, read_quiz
from service.domain.report import Answer
from service.errors import UnreadableFile

TEXT = "Abe met Putin in Sochi. The talks lasted three hours."


def quiz(path: Path) -> Path:
    entry = {"id": "1", "question": "How long?", "answers": [{"text": "three hours", "answer_start": 41}]}
    paragraphs = [{"context": TEXT, "qas": [entry]}, {"context": f"Later. {TEXT}", "qas": [entry]}]
    path.write_text(json.dumps({"data": [{"title": "t", "paragraphs": paragraphs}]}))
    return path


def test_the_gold_sentence_holds_the_start_of_the_answer(tmp_path: Path) -> None:
    first = read_quiz(quiz(tmp_path / "own.json")).samples[0]
    gold = next(sentence for sentence in as_article(TEXT).sentences if sentence.id == first.gold)
    assert gold.text == "The talks lasted three hours."


def test_every_other_paragraph_can_be_withheld(tmp_path: Path) -> None:
    found = read_quiz(quiz(tmp_path / "own.json"), store_every=2)
    assert found.paragraphs == (TEXT,)
    assert [sample.stored for sample in found.samples] == [True, False]


@pytest.mark.parametrize("content", ["[]", "{}", "no json", '{"data": [{"paragraphs": [{}]}]}'])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content)
    for task in (answers, retrieval):
        with pytest.raises(UnreadableFile, match=r"bad\.json"):
            list(task.read(Options(data=tmp_path / "bad.json")))


def test_hits_and_reciprocal_ranks_are_counted_from_the_first_place() -> None:
    sample = QuestionSample(group="g", question="q", answer="a", gold="s", stored=True)
    outputs = [Ranks(dense=1, lexical=None, fused=2), Ranks(dense=10, lexical=6, fused=1)]
    figures = RankScorer().score([sample] * 2, outputs)
    assert (figures["dense_hit@1"], figures["dense_hit@5"], figures["dense_hit@10"]) == (0.5, 0.5, 1.0)
    assert figures["lexical_mrr"] == pytest.approx((0 + 1 / 6) / 2)
    assert figures["fused_mrr"] == 0.75


def test_answers_are_compared_as_squad_does() -> None:
    assert tokens("The  U.S. Army, a friend") == ["us", "army", "friend"]
    assert token_f1(["three", "hours"], ["three", "long", "hours"]) == pytest.approx(0.8)
    assert token_f1([], ["three"]) == 0.0


def answer(text: str, sentence_id: str | None) -> Answer:
    return Answer(
        question="q", answer=text, abstained=sentence_id is None, citations=(), unsupported=(), degraded=False,
        backend="b", timings_ms={},
    )  # fmt: skip


def test_an_abstention_scores_nothing_where_the_paragraph_is_stored_and_is_right_where_it_is_withheld() -> None:
    stored = QuestionSample(group="g", question="q", answer="three hours", gold="s", stored=True)
    outputs = [answer("The talks lasted three hours. [1]", "s"), answer("The archive does not answer this.", None)]
    figures = AnswerScorer().score([stored] * 2, outputs)
    assert (figures["abstained"], figures["contains"], figures["exact_match"]) == (0.5, 0.5, 0.0)
    withheld = stored.model_copy(update={"stored": False})
    assert AnswerScorer().score([withheld] * 2, outputs) == {"abstained": 0.5}
