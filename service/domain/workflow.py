"""A claim and a step become the claim after that step, or an error that says which steps are open to it.

Whatever its state          note
QUEUED, ASSIGNED, CHECKED   assign, check, decide, dismiss
AWAITING_SECOND             second (by someone else): yes -> DECIDED, no -> back to CHECKED or ASSIGNED
DECIDED                     publish, reopen
PUBLISHED, DISMISSED        reopen
"""

from collections.abc import Mapping
from datetime import datetime

from service.domain.desk_claim import (
    Assign,
    ClaimState,
    Decide,
    Decision,
    DeskClaim,
    Dismiss,
    Note,
    Publish,
    RecordCheck,
    Reopen,
    Second,
    Step,
)
from service.errors import SamePerson, WrongStep

_OPEN = frozenset({ClaimState.QUEUED, ClaimState.ASSIGNED, ClaimState.CHECKED})

STEPS: Mapping[str, frozenset[ClaimState]] = {
    "assign": _OPEN,
    "check": _OPEN,
    "decide": _OPEN,
    "dismiss": _OPEN,
    "second": frozenset({ClaimState.AWAITING_SECOND}),
    "publish": frozenset({ClaimState.DECIDED}),
    "reopen": frozenset({ClaimState.DECIDED, ClaimState.PUBLISHED, ClaimState.DISMISSED}),
    "note": frozenset(ClaimState),
}
"""The states that each step may be taken from."""


def steps_from(state: ClaimState) -> tuple[str, ...]:
    """The names of the steps that a claim in that state is open to."""
    return tuple(name for name, states in STEPS.items() if state in states)


def take_step(claim: DeskClaim, step: Step, actor: str, at: datetime, *, second_person: bool) -> DeskClaim:
    """The claim after `actor` took the step at `at`. With `second_person`, a decision needs another's yes.

    Raises WrongStep when the claim's state does not allow it, SamePerson when someone seconds their own decision.
    """
    if claim.state not in STEPS[step.step]:
        able = ", ".join(steps_from(claim.state))
        raise WrongStep(f"The claim {claim.id} is {claim.state}: {step.step} is not possible. Possible now: {able}.")
    return claim.model_copy(update={"updated": at, **_changes(claim, step, actor, at, second_person)})


def _changes(claim: DeskClaim, step: Step, actor: str, at: datetime, second_person: bool) -> dict[str, object]:
    match step:
        case Assign():
            checked = claim.state is ClaimState.CHECKED
            return {"assignee": step.to, "state": ClaimState.CHECKED if checked else ClaimState.ASSIGNED}
        case Note():
            return {}
        case RecordCheck():
            return {
                "machine_label": step.report.label,
                "machine_verdicts": claim.machine_verdicts + 1,
                "state": ClaimState.CHECKED,
            }
        case Decide():
            return _decide(claim, step, actor, at, second_person)
        case Second():
            return _second(claim, step, actor)
        case Publish():
            return {"state": ClaimState.PUBLISHED, "published": at}
        case Dismiss():
            return {"state": ClaimState.DISMISSED}
        case Reopen():
            return {"state": _at_work(claim), "decision": None, "published": None}


def _decide(claim: DeskClaim, step: Decide, actor: str, at: datetime, second_person: bool) -> dict[str, object]:
    decision = Decision(
        number=claim.decisions + 1,
        label=step.label,
        note=step.note,
        corrected_text=step.corrected_text,
        decided_by=actor,
        decided=at,
    )
    state = ClaimState.AWAITING_SECOND if second_person else ClaimState.DECIDED
    return {"decision": decision, "decisions": decision.number, "state": state}


def _second(claim: DeskClaim, step: Second, actor: str) -> dict[str, object]:
    decision = claim.decision
    if decision is None:
        raise ValueError(f"claim {claim.id} awaits a second person without a decision: its row was damaged")
    if decision.decided_by == actor:
        raise SamePerson(f"{actor} decided on the claim {claim.id}, so somebody else must second it.")
    if step.agrees:
        return {"decision": decision.model_copy(update={"seconded_by": actor}), "state": ClaimState.DECIDED}
    return {"decision": None, "state": _at_work(claim)}


def _at_work(claim: DeskClaim) -> ClaimState:
    if claim.machine_verdicts:
        return ClaimState.CHECKED
    return ClaimState.ASSIGNED if claim.assignee else ClaimState.QUEUED
