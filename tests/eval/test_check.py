"""The check task: which sentences it takes for claims, and what it counts of the desk's verdicts."""

import json
from pathlib import Path

from eval.task import Options
from eval.tasks.check import CheckScorer, ClaimSample, Kind, read, solve
from service.domain.verdict import Label
from tests.reports import make_report

STORIES = [
    "Mayor Ada Kern opened the new bridge over the river Dale on Friday.",
    "The council of Ghent raised the price of parking to 12 euros in March.",
    "Striker Hugo Blom scored three goals for Malmo in the final on Sunday.",
    "Some 40 firefighters fought the blaze in the port of Turin for nine hours.",
]


def articles(path: Path) -> Path:
    rows = [{"id": str(n), "title": f"Story {n}", "text": text} for n, text in enumerate(STORIES)]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_half_of_the_articles_are_strangers_and_an_altered_claim_says_something_else(tmp_path: Path) -> None:
    (data,) = read(Options(data=articles(tmp_path / "own.jsonl")))
    claims = {kind: [s.claim for s in data.samples if s.kind is kind] for kind in Kind}
    assert claims[Kind.STORED] == [STORIES[0], STORIES[2]]
    assert claims[Kind.STRANGER] == [STORIES[1], STORIES[3]]
    assert len(claims[Kind.ALTERED]) == 2
    assert not set(claims[Kind.ALTERED]) & set(STORIES)
    assert [part.name for part in data.slices] == ["own, stored", "own, altered", "own, stranger"]


def test_the_desk_cites_the_stored_sentence_and_knows_no_stranger(tmp_path: Path) -> None:
    options = Options(data=articles(tmp_path / "own.jsonl"))
    (data,) = read(options)
    solved = solve(data.samples, options)
    figures = {
        part.name: CheckScorer().score([data.samples[i] for i in part.rows], [solved.outputs[i] for i in part.rows])
        for part in data.slices
    }
    assert figures["own, stored"]["supported"] == figures["own, stored"]["cites_its_sentence"] == 1.0
    assert figures["own, altered"]["supported"] == 0.0
    assert figures["own, stranger"]["not_enough_evidence"] == 1.0


def test_labels_are_shares_of_the_claims() -> None:
    sample = ClaimSample(group="g", claim="A claim.", kind=Kind.STORED, sentence_id="s")
    figures = CheckScorer().score([sample] * 2, [make_report("A claim."), make_report("A claim.", Label.SUPPORTED)])
    assert (figures["refuted"], figures["supported"], figures["cites_its_sentence"]) == (0.5, 0.5, 0.0)
