"""The contract of the port `Conversations`, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from service.domain.conversation import LONGEST_TITLE, SaidTurn, TurnKind
from service.domain.report import Answer
from service.errors import ConversationNotFound, EmptyText
from service.ledgers import Books
from tests.record.samples import in_parallel

pytest_plugins = ["tests.record.databases"]

ANSWER = Answer(
    question="Who?", answer="Ana.", abstained=False, citations=(), unsupported=(), degraded=False, backend="none", timings_ms={}
)  # fmt: skip


def turn(number: int) -> SaidTurn:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return SaidTurn(number=number, at=at, kind=TurnKind.QUESTION, said="Who?", as_of=None, answer=ANSWER)


def test_turns_are_kept_in_order_as_they_were_shown(books: Books) -> None:
    begun = books.conversations.begin("  Who\nis it? ", "ana")
    assert begun.title == "Who is it?"
    for _ in range(3):
        books.conversations.add_turn(begun.id, turn)
    kept = books.conversations.conversation(begun.id)
    assert [each.number for each in kept.turns] == [1, 2, 3]
    assert kept.turns[0].answer == ANSWER


def test_turns_that_come_at_once_have_numbers_of_their_own(books: Books) -> None:
    begun = books.conversations.begin("Busy", "ana")
    assert not in_parallel([lambda: books.conversations.add_turn(begun.id, turn)] * 8)
    assert [each.number for each in books.conversations.conversation(begun.id).turns] == list(range(1, 9))


def test_a_list_holds_ones_own_newest_first_in_pages(books: Books) -> None:
    mine = [books.conversations.begin(f"Talk {number}", "ana").id for number in range(3)]
    books.conversations.begin("Another's", "ben")
    first = books.conversations.conversations("ana", limit=2)
    rest = books.conversations.conversations("ana", before=first[-1].seq)
    assert [each.id for each in (*first, *rest)] == mine[::-1]


def test_a_conversation_is_renamed_and_deleted_with_its_turns(books: Books) -> None:
    begun = books.conversations.begin("x" * 500, "ana")
    assert len(begun.title) == LONGEST_TITLE
    books.conversations.add_turn(begun.id, turn)
    assert books.conversations.rename(begun.id, "Shorter").title == "Shorter"
    books.conversations.delete(begun.id)
    for refused in (books.conversations.conversation, books.conversations.delete):
        with pytest.raises(ConversationNotFound):
            refused(begun.id)


def test_a_title_that_nobody_can_see_is_refused(books: Books) -> None:
    with pytest.raises(EmptyText):
        books.conversations.begin("\x1e\x85", "ana")


def test_a_turn_has_the_result_of_its_kind() -> None:
    with pytest.raises(ValidationError, match="own kind of result"):
        SaidTurn.model_validate(turn(1).model_dump() | {"kind": "claim"})
