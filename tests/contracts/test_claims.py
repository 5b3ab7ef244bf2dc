"""The contract of the port `Claims`, and of the audit log that vouches for it."""

import pytest
from sqlalchemy import text

from service.domain.audit import Fault
from service.domain.desk_claim import (
    Assign,
    ClaimOrigin,
    ClaimState,
    Decide,
    Dismiss,
    NewClaim,
    Note,
    Publish,
    RecordCheck,
    Reopen,
    Second,
    Step,
)
from service.domain.verdict import Label
from service.domain.webhook import Event
from service.errors import ClaimNotFound, InputError, SamePerson, WrongStep
from service.ledgers import Books
from service.record.articles import SqlRecord
from service.record.books import open_books
from tests.reports import make_report

pytest_plugins = ["tests.record.databases"]

CLAIM = NewClaim(text="Crimea has 7 million people.", origin=ClaimOrigin.API, claimant="A senator")
DECISION = Decide(label=Label.REFUTED, note="It has 2 million.", corrected_text="Crimea has 2 million people.")


def test_a_claim_goes_its_way_and_every_step_is_in_the_log(books: Books) -> None:
    claim = books.claims.receive(CLAIM, "key_1")
    assert (claim.state, claim.received_by, claim.claimant) == (ClaimState.QUEUED, "key_1", "A senator")
    steps: list[tuple[Step, str, ClaimState]] = [
        (Assign(to="anna"), "bob", ClaimState.ASSIGNED),
        (RecordCheck(report=make_report(claim.text, Label.NOT_ENOUGH)), "machine", ClaimState.CHECKED),
        (DECISION, "anna", ClaimState.DECIDED),
        (Publish(), "anna", ClaimState.PUBLISHED),
        (Note(note="The senator was told."), "anna", ClaimState.PUBLISHED),
        (Reopen(reason="A reader wrote."), "bob", ClaimState.CHECKED),
        (RecordCheck(report=make_report(claim.text)), "machine", ClaimState.CHECKED),
        (Decide(label=Label.NOT_ENOUGH, note="Sources differ."), "bob", ClaimState.DECIDED),
    ]
    for step, actor, state in steps:
        claim = books.claims.take_step(claim.id, step, actor)
        assert claim.state is state
        assert books.claims.claim(claim.id) == claim
    assert claim.decision is not None
    assert (claim.decision.label, claim.machine_label) == (Label.NOT_ENOUGH, Label.REFUTED)
    # Both machine verdicts and both of people are kept as they were.
    assert [v.report.label for v in books.claims.verdicts(claim.id)] == [Label.NOT_ENOUGH, Label.REFUTED]
    assert [d.note for d in books.claims.decisions(claim.id)] == ["It has 2 million.", "Sources differ."]
    actions = [entry.action.removeprefix("claim.") for entry in books.claims.history(claim.id)]
    assert actions == [
        "received",
        "assigned",
        "checked",
        "decided",
        "published",
        "noted",
        "reopened",
        "checked",
        "decided",
    ]
    assert books.audit.faults() == []


def test_a_step_that_the_state_does_not_allow_changes_nothing_and_says_what_does(books: Books) -> None:
    claim = books.claims.receive(CLAIM, "key_1")
    with pytest.raises(WrongStep, match=r"queued: publish is not possible\. Possible now: assign, check, decide, dis"):
        books.claims.take_step(claim.id, Publish(), "anna")
    books.claims.take_step(claim.id, Dismiss(reason="An opinion."), "anna")
    with pytest.raises(WrongStep, match="reopen"):
        books.claims.take_step(claim.id, DECISION, "anna")
    assert len(books.claims.history(claim.id)) == 2
    with pytest.raises(ClaimNotFound):
        books.claims.take_step("0", Publish(), "anna")


def test_a_second_person_must_be_another_one_and_can_send_it_back(address: str) -> None:
    books = open_books(address, second_person=True)
    claim = books.claims.receive(CLAIM, "key_1")
    claim = books.claims.take_step(claim.id, DECISION, "anna")
    assert claim.state is ClaimState.AWAITING_SECOND
    with pytest.raises(WrongStep):
        books.claims.take_step(claim.id, Publish(), "anna")
    with pytest.raises(SamePerson):
        books.claims.take_step(claim.id, Second(agrees=True), "anna")
    claim = books.claims.take_step(claim.id, Second(agrees=False, note="Which census?"), "bob")
    assert (claim.state, claim.decision) == (ClaimState.QUEUED, None)
    books.claims.take_step(claim.id, DECISION, "anna")
    claim = books.claims.take_step(claim.id, Second(agrees=True), "bob")
    assert claim.state is ClaimState.DECIDED
    assert claim.decision is not None
    assert (claim.decision.number, claim.decision.seconded_by) == (2, "bob")
    books.record.close()


def test_lists_are_by_state_and_person_newest_first(books: Books) -> None:
    first, second, third = (books.claims.receive(CLAIM, "k") for _ in range(3))
    second = books.claims.take_step(second.id, Assign(to="Anna Berg"), "bob")
    assert [claim.id for claim in books.claims.claims(limit=2)] == [third.id, second.id]
    assert [claim.id for claim in books.claims.claims(before=second.seq)] == [first.id]
    assert books.claims.claims(assignee="anna") == books.claims.claims(state=ClaimState.ASSIGNED) == [second]
    assert books.claims.claims(assignee="a%g") == []


def test_a_claim_without_words_is_refused(books: Books) -> None:
    for words in ("...", "a\0b"):
        with pytest.raises(InputError):
            books.claims.receive(NewClaim(text=words, origin=ClaimOrigin.API), "k")


def test_a_message_is_queued_for_a_webhook_with_what_happened_and_not_without(books: Books) -> None:
    books.webhooks.subscribe("https://example.org/hook", [Event.CLAIM_DECIDED], "key_1")
    claim = books.claims.receive(CLAIM, "key_1")
    with pytest.raises(WrongStep):
        books.claims.take_step(claim.id, Publish(), "anna")
    assert books.webhooks.take_due(10, 0) == []
    books.claims.take_step(claim.id, DECISION, "anna")
    (message,) = books.webhooks.take_due(10, 0)
    assert message.event is Event.CLAIM_DECIDED
    assert claim.id in message.body


@pytest.mark.parametrize(
    ("forgery", "fault"),
    [
        ("UPDATE claims SET value = replace(value, '2 million', '7 million')", "The claim"),
        ("UPDATE claim_reports SET report = replace(report, 'refuted', 'supported')", "The machine verdict 1"),
        ("UPDATE claim_decisions SET decision = replace(decision, 'refuted', 'supported')", "The decision 1"),
        ("DELETE FROM claim_decisions", "The decision 1"),
        ("INSERT INTO claim_decisions VALUES ('x', 1, '', '{}')", "The decision 1"),
    ],
)
def test_what_is_changed_beside_the_log_is_named(books: Books, forgery: str, fault: str) -> None:
    claim = books.claims.receive(CLAIM, "key_1")
    books.claims.take_step(claim.id, RecordCheck(report=make_report(claim.text)), "machine")
    books.claims.take_step(claim.id, DECISION, "anna")
    assert books.audit.faults() == []
    assert isinstance(books.record, SqlRecord)
    with books.record.database.writing() as connection:
        connection.execute(text(forgery))
    (found,) = books.audit.faults()
    assert found.fault is Fault.UNLIKE
    assert found.message.startswith(fault)
