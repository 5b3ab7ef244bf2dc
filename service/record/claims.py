"""Claims and the steps that people and the machine take with them become rows, each step with its row of the log."""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from service.domain.audit import AuditEntry
from service.domain.desk_claim import (
    ClaimState,
    Decide,
    Decision,
    DeskClaim,
    MachineVerdict,
    NewClaim,
    RecordCheck,
    Reopen,
    Step,
)
from service.domain.report import Report
from service.domain.webhook import Event
from service.domain.workflow import take_step
from service.errors import ClaimNotFound, InputError
from service.record import audit, deliveries
from service.record.connect import Database
from service.record.desk_tables import CLAIM_DECISIONS, CLAIM_REPORTS, CLAIMS
from service.record.moments import now, to_text
from service.record.newest import newest_rows

_PAST = {
    "assign": "assigned",
    "note": "noted",
    "check": "checked",
    "decide": "decided",
    "second": "seconded",
    "publish": "published",
    "dismiss": "dismissed",
    "reopen": "reopened",
}


class SqlClaims:
    """The port `Claims`. With `second_person`, a decision stands only after somebody else agreed."""

    def __init__(self, database: Database, *, second_person: bool = False) -> None:
        self._database = database
        self._second_person = second_person

    def receive(self, claim: NewClaim, actor: str) -> DeskClaim:
        """Queues a claim. Raises InputError for one without words."""
        if not any(character.isalnum() for character in claim.text) or "\0" in claim.text:
            raise InputError("The claim is empty or holds a NUL character. Write it as a full sentence.")
        moment = now()
        with self._database.writing() as connection:
            claim_id = secrets.token_hex(6)
            seq = connection.execute(
                insert(CLAIMS).values(id=claim_id, state=ClaimState.QUEUED.value, value="").returning(CLAIMS.c.seq)
            ).scalar_one()
            received = DeskClaim(
                **claim.model_dump(),
                seq=seq,
                id=claim_id,
                state=ClaimState.QUEUED,
                received=moment,
                received_by=actor,
                updated=moment,
            )
            told = {"origin": claim.origin.value, "text": claim.text}
            _save(connection, received, "claim.received", actor, told)
            deliveries.enqueue(connection, Event.CLAIM_RECEIVED, received.model_dump_json())
        return received

    def claim(self, claim_id: str) -> DeskClaim:
        """Raises ClaimNotFound."""
        with self._database.reading() as connection:
            return _require(connection, claim_id)

    def claims(
        self,
        *,
        state: ClaimState | None = None,
        assignee: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[DeskClaim]:
        query = newest_rows(CLAIMS, before, limit, state=state)
        if assignee is not None:
            query = query.where(CLAIMS.c.assignee.icontains(assignee, autoescape=True))
        with self._database.reading() as connection:
            return [DeskClaim.model_validate_json(row.value) for row in connection.execute(query)]

    def take_step(self, claim_id: str, step: Step, actor: str) -> DeskClaim:
        """The claim after the step. Raises ClaimNotFound, WrongStep, SamePerson."""
        with self._database.writing() as connection:
            before = _require(connection, claim_id)
            after = take_step(before, step, actor, now(), second_person=self._second_person)
            told: dict[str, str | int | bool | None] = step.model_dump(mode="json", exclude={"step", "report"})
            match step:
                case RecordCheck():
                    told |= _keep_report(connection, after, step)
                case Decide():
                    told |= _keep_decision(connection, after)
                case Reopen():
                    told["from"] = before.state.value
            _save(connection, after, f"claim.{_PAST[step.step]}", actor, told)
            event = _event(step, after)
            if event is not None:
                deliveries.enqueue(connection, event, after.model_dump_json())
        return after

    def verdicts(self, claim_id: str) -> list[MachineVerdict]:
        """Every machine verdict, oldest first. Raises ClaimNotFound."""
        with self._database.reading() as connection:
            _require(connection, claim_id)
            rows = connection.execute(
                select(CLAIM_REPORTS).where(CLAIM_REPORTS.c.claim_id == claim_id).order_by(CLAIM_REPORTS.c.number)
            ).all()
        return [_verdict(row) for row in rows]

    def decisions(self, claim_id: str) -> list[Decision]:
        """Every decision of a person as it was made, oldest first. Raises ClaimNotFound."""
        with self._database.reading() as connection:
            _require(connection, claim_id)
            values = connection.scalars(
                select(CLAIM_DECISIONS.c.decision)
                .where(CLAIM_DECISIONS.c.claim_id == claim_id)
                .order_by(CLAIM_DECISIONS.c.number)
            ).all()
        return [Decision.model_validate_json(value) for value in values]

    def history(self, claim_id: str) -> list[AuditEntry]:
        """Every step, oldest first. Raises ClaimNotFound."""
        with self._database.reading() as connection:
            _require(connection, claim_id)
            return audit.of_subject(connection, claim_id)


def _save(connection: Connection, claim: DeskClaim, action: str, actor: str, told: audit.Payload) -> None:
    value = claim.model_dump_json()
    connection.execute(
        update(CLAIMS)
        .where(CLAIMS.c.id == claim.id)
        .values(state=claim.state.value, assignee=claim.assignee, value=value)
    )
    audit.append(connection, action, claim.id, {**told, "by": actor, "claim": audit.digest(value)})


def _keep_report(connection: Connection, claim: DeskClaim, step: RecordCheck) -> audit.Payload:
    report = step.report.model_dump_json()
    values: audit.Payload = {"number": claim.machine_verdicts, "digest": audit.digest(report)}
    checked = to_text(claim.updated)
    connection.execute(insert(CLAIM_REPORTS).values(claim_id=claim.id, checked=checked, report=report, **values))
    return {**values, "label": step.report.label.value}


def _keep_decision(connection: Connection, claim: DeskClaim) -> audit.Payload:
    if claim.decision is None:
        raise ValueError(f"claim {claim.id} was decided without a decision")
    decision = claim.decision.model_dump_json()
    values: audit.Payload = {"number": claim.decisions, "digest": audit.digest(decision)}
    connection.execute(insert(CLAIM_DECISIONS).values(claim_id=claim.id, decision=decision, **values))
    return values


def _event(step: Step, after: DeskClaim) -> Event | None:
    if step.step in ("decide", "second"):
        return Event.CLAIM_DECIDED if after.state is ClaimState.DECIDED else None
    events = {"check": Event.CLAIM_CHECKED, "publish": Event.CLAIM_PUBLISHED, "reopen": Event.CLAIM_REOPENED}
    return events.get(step.step)


def _require(connection: Connection, claim_id: str) -> DeskClaim:
    value = connection.scalar(select(CLAIMS.c.value).where(CLAIMS.c.id == claim_id))
    if value is None:
        raise ClaimNotFound(f"There is no claim {claim_id!r} on this desk. List the claims to see their ids.")
    return DeskClaim.model_validate_json(value)


def _verdict(row: Row[Any]) -> MachineVerdict:
    return MachineVerdict(
        number=row.number,
        checked=row.checked,
        digest=row.digest,
        report=Report.model_validate_json(row.report),
    )
