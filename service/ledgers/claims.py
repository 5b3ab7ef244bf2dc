"""The tasks of keeping what people ask, claim and decide: the queue, its log, others' fact-checks and the chat."""

from collections.abc import Callable, Sequence
from typing import Protocol

from service.domain.audit import AuditEntry, AuditFault
from service.domain.conversation import Conversation, ConversationSummary, SaidTurn
from service.domain.desk_claim import ClaimState, Decision, DeskClaim, MachineVerdict, NewClaim, Step
from service.domain.fact_check import FactCheck, Imported, StoredFactCheck
from service.ports import Vectors


class Claims(Protocol):
    """The desk's queue of claims. Each step is a row of the audit log, in the same transaction."""

    def receive(self, claim: NewClaim, actor: str) -> DeskClaim: ...

    def claim(self, claim_id: str) -> DeskClaim:
        """Raises ClaimNotFound."""

    def claims(
        self,
        *,
        state: ClaimState | None = None,
        assignee: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[DeskClaim]:
        """Those in that state, and with somebody whose name holds `assignee`, in capitals or not."""

    def take_step(self, claim_id: str, step: Step, actor: str) -> DeskClaim:
        """The claim after the step. Raises ClaimNotFound, WrongStep, SamePerson."""

    def verdicts(self, claim_id: str) -> list[MachineVerdict]:
        """Every machine verdict, oldest first. Raises ClaimNotFound."""

    def decisions(self, claim_id: str) -> list[Decision]:
        """Every decision of a person as it was made, oldest first. Raises ClaimNotFound."""

    def history(self, claim_id: str) -> list[AuditEntry]:
        """Every step, oldest first. Raises ClaimNotFound."""


class AuditLog(Protocol):
    """What was done, in a chain that shows any change."""

    def note(self, action: str, subject: str, payload: dict[str, str | int | bool | None]) -> None:
        """Adds a row."""

    def entries(self, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]: ...

    def head(self) -> AuditEntry | None:
        """The newest row: keep its seq and hash elsewhere, and a cut at the end shows too."""

    def faults(self, known_seq: int | None = None, known_hash: str | None = None) -> list[AuditFault]:
        """What does not fit, oldest first; none means that the log proves itself and what it vouches for."""


class FactChecks(Protocol):
    """Fact-checks that others, or this desk, published."""

    def add(self, fact_checks: Sequence[FactCheck], vectors: Vectors, embedder_id: str, source: str) -> Imported:
        """Stores those that are new. Raises BadSettings when the stored vectors are another embedder's."""

    def fact_checks(self, *, before: int | None = None, limit: int = 50) -> list[StoredFactCheck]: ...

    def near(
        self, vector: Vectors, embedder_id: str, limit: int, at_least: float
    ) -> list[tuple[StoredFactCheck, float]]:
        """Those whose claim is near `vector` (shape (1, dimension)), nearest first, with the cosine."""


class Conversations(Protocol):
    """The chat, kept. Every method but `begin` and `conversations` raises ConversationNotFound."""

    def begin(self, title: str, created_by: str) -> ConversationSummary:
        """A new conversation; white space in the title becomes single spaces, and a long one is cut. Raises EmptyText."""

    def add_turn(self, conversation_id: str, make: Callable[[int], SaidTurn]) -> SaidTurn:
        """Keeps the turn that `make` gives for the next free number."""

    def conversation(self, conversation_id: str) -> Conversation: ...

    def conversations(
        self, created_by: str, *, before: int | None = None, limit: int = 50
    ) -> list[ConversationSummary]:
        """Those of one person, the last begun first; `before` is the seq of the last one seen."""

    def rename(self, conversation_id: str, title: str) -> ConversationSummary: ...

    def delete(self, conversation_id: str) -> None: ...
