"""Files of labelled pairs become samples."""

import gzip
import json
from pathlib import Path

import pytest

from eval.labelled import Gold, Row, as_grouped_samples, as_samples, read_rows
from service.errors import UnreadableFile


def row(premise: str, claim: str, label: str = "entail", group: str | None = None) -> Row:
    return Row(premise=premise, hypothesis=claim, label=Gold(label), group=group)


def test_rows_are_read_from_plain_and_gzipped_files(tmp_path: Path) -> None:
    line = json.dumps({"premise": "It rose.", "hypothesis": "It fell.", "label": "contradict", "note": "unused"})
    (tmp_path / "a.jsonl").write_text(line + "\n")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    assert read_rows(tmp_path / "a.jsonl") == read_rows(tmp_path / "a.jsonl.gz")


@pytest.mark.parametrize(
    "content, says",
    [
        ('{"premise": "a", "hypothesis": "b"}', "line 1"),
        ('{"premise": "a", "hypothesis": "b", "label": "maybe"}', "line 1"),
        ("not json", "line 1"),
        ("", "no row"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=says):
        read_rows(path)


def test_a_missing_and_a_broken_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl.gz").write_bytes(b"no gzip")
    for name in ("absent.jsonl", "broken.jsonl.gz"):
        with pytest.raises(UnreadableFile, match=name):
            read_rows(tmp_path / name)


def test_rows_linked_by_premise_or_claim_are_of_one_group() -> None:
    first, second, third, other = as_samples([row("P1", "C1"), row("P1", "C2"), row("P2", "C2"), row("P3", "C3")])
    assert first.group == second.group == third.group != other.group


def test_a_set_with_not_entail_is_two_way_throughout() -> None:
    samples = as_samples([row("P", "A"), row("Q", "B", "not_entail"), row("R", "C", "neutral")])
    assert [sample.gold for sample in samples] == [Gold.ENTAIL, Gold.NOT_ENTAIL, Gold.NOT_ENTAIL]
    assert all(sample.binary for sample in samples)


def test_evidence_is_cut_as_the_desk_cuts_articles() -> None:
    (sample,) = as_samples([row("Mr. Abe left at 3 p.m. on Monday. He came back.", "He left.")])
    assert sample.evidence == (("Mr. Abe left at 3 p.m. on Monday.", "He came back."),)


def test_rows_of_one_group_are_pieces_of_evidence_for_one_claim() -> None:
    samples = as_grouped_samples(
        [row("P1", "C", group="g"), row("P2", "C", group="g"), row("P3", "D", "not_entail", "h")]
    )
    assert [sample.evidence for sample in samples] == [(("P1",), ("P2",)), (("P3",),)]
    assert all(sample.binary for sample in samples)
