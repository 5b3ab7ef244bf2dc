"""Conversations become rows: one each, and one for every turn with its result as it was shown."""

from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from service.domain.conversation import LONGEST_TITLE, Conversation, ConversationSummary, SaidTurn
from service.errors import ConversationNotFound, EmptyText
from service.record.connect import Database
from service.record.desk_tables import CONVERSATIONS, TURNS
from service.record.moments import now, to_text
from service.record.newest import newest_rows


class SqlConversations:
    """The port `Conversations`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, title: str, created_by: str) -> ConversationSummary:
        values = {"id": uuid4().hex[:16], "title": _cut(title), "created_by": created_by, "created": to_text(now())}
        with self._database.writing() as connection:
            connection.execute(insert(CONVERSATIONS).values(values))
            return _summary(_require(connection, values["id"]))

    def add_turn(self, conversation_id: str, make: Callable[[int], SaidTurn]) -> SaidTurn:
        with self._database.writing() as connection:
            seq = _require(connection, conversation_id).seq
            last = connection.scalar(select(func.max(TURNS.c.number)).where(TURNS.c.conversation_seq == seq)) or 0
            turn = make(last + 1)
            value = turn.model_dump_json()
            connection.execute(insert(TURNS).values(conversation_seq=seq, number=turn.number, value=value))
        return turn

    def conversation(self, conversation_id: str) -> Conversation:
        with self._database.reading() as connection:
            row = _require(connection, conversation_id)
            query = select(TURNS.c.value).where(TURNS.c.conversation_seq == row.seq).order_by(TURNS.c.number)
            turns = tuple(SaidTurn.model_validate_json(value) for value in connection.scalars(query))
        return Conversation(**_summary(row).model_dump(), turns=turns)

    def conversations(
        self, created_by: str, *, before: int | None = None, limit: int = 50
    ) -> list[ConversationSummary]:
        query = newest_rows(CONVERSATIONS, before, limit, created_by=created_by)
        with self._database.reading() as connection:
            return [_summary(row) for row in connection.execute(query)]

    def rename(self, conversation_id: str, title: str) -> ConversationSummary:
        with self._database.writing() as connection:
            seq = _require(connection, conversation_id).seq
            connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.seq == seq).values(title=_cut(title)))
            return _summary(_require(connection, conversation_id))

    def delete(self, conversation_id: str) -> None:
        with self._database.writing() as connection:
            seq = _require(connection, conversation_id).seq
            connection.execute(delete(TURNS).where(TURNS.c.conversation_seq == seq))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.seq == seq))


def _cut(title: str) -> str:
    """One line that fits. Raises EmptyText where nothing is left: control characters are white space to Python too."""
    line = " ".join(title.split())[:LONGEST_TITLE]
    if not line:
        raise EmptyText("The title has no visible character. Write one, such as the first question.")
    return line


def _require(connection: Connection, conversation_id: str) -> "Row[tuple[int, str, str, str, str]]":
    row = connection.execute(select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)).first()
    if row is None:
        raise ConversationNotFound(f"There is no conversation {conversation_id!r}; it may have been deleted.")
    return row


def _summary(row: "Row[tuple[int, str, str, str, str]]") -> ConversationSummary:
    return ConversationSummary.model_validate(dict(row._mapping))
