"""A watched request tells its stages, then what is final; a cancelled one stops."""

import pytest

from service.desk import Desk
from service.domain.chat import Turn
from service.domain.event import Event, PartEvent, SentenceEvent, StageEvent
from service.errors import Cancelled
from service.run import Run


def test_ask_tells_its_stages_and_then_its_sentences(sample_desk: Desk) -> None:
    heard: list[Event] = []
    answer = sample_desk.ask("How many times has Abe met Putin?", run=Run(listen=heard.append))
    stages = [event.stage for event in heard if isinstance(event, StageEvent)]
    assert stages == ["searching", "reading", "drafting", "verifying"]
    sentences = [event for event in heard if isinstance(event, SentenceEvent)]
    assert " ".join(sentence.text for sentence in sentences) == answer.answer
    assert tuple(c for sentence in sentences for c in sentence.citations) == answer.citations
    assert heard[len(stages) :] == sentences


def test_check_tells_its_stages_and_each_part_as_it_is_decided(sample_desk: Desk) -> None:
    heard: list[Event] = []
    report = sample_desk.check("Abe has met Putin seven times, and Obama lives in Oslo.", run=Run(listen=heard.append))
    stages = [event.stage for event in heard if isinstance(event, StageEvent)]
    assert stages == ["decomposing", "searching", "reading", "judging"]
    parts = [part.model_copy(update={"nearest": ()}) for part in report.parts]  # which comes with the report
    assert [event.part for event in heard if isinstance(event, PartEvent)] == parts


def test_a_follow_up_is_answered_as_it_is_understood(sample_desk: Desk) -> None:
    first = sample_desk.ask("Who is Japan's foreign minister?")
    turn = Turn(question=first.question, answer=first.answer)
    answer = sample_desk.chat([turn], "Does he plan to visit Russia?")
    assert answer.question == "Does he plan to visit Russia?"
    assert answer.rewritten == "Does Fumio Kishida plan to visit Russia?"


def test_a_cancelled_request_goes_no_further(sample_desk: Desk) -> None:
    run = Run(listen=lambda _: run.cancellation.cancel())
    with pytest.raises(Cancelled):
        sample_desk.ask("How many times has Abe met Putin?", run=run)
