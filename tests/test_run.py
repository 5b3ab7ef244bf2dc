"""A run can be stopped from another thread, and says what it is at."""

import threading

import pytest

from service.domain.event import Event, Stage, StageEvent
from service.errors import Cancelled
from service.run import Cancellation, Run


def test_a_stage_is_heard_by_the_listener() -> None:
    heard: list[Event] = []
    Run(listen=heard.append).begin(Stage.READING, 3)
    assert heard == [StageEvent(stage=Stage.READING, count=3)]


def test_no_stage_begins_once_the_run_is_cancelled() -> None:
    heard: list[Event] = []
    run = Run(listen=heard.append)
    run.cancellation.cancel()
    with pytest.raises(Cancelled):
        run.begin(Stage.SEARCHING)
    assert not heard


def test_a_cancellation_wakes_what_waits() -> None:
    cancellation, woken = Cancellation(), threading.Event()
    with cancellation.stopping(woken.set):
        threading.Thread(target=cancellation.cancel).start()
        assert woken.wait(5)


def test_what_has_ended_is_not_stopped() -> None:
    cancellation, stopped = Cancellation(), threading.Event()
    with cancellation.stopping(stopped.set):
        pass
    cancellation.cancel()
    assert not stopped.is_set()


def test_nothing_that_can_be_stopped_begins_after_the_cancellation() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled), cancellation.stopping(lambda: None):
        pytest.fail("the block began")
