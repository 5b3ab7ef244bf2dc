"""Which sentences are read at all."""

from eval.tasks.evidence import EvidenceSample, EvidenceScorer


def test_a_claim_is_served_once_one_whole_set_of_its_sentences_is_read() -> None:
    sample = EvidenceSample(group="g", claim="c", sentences=("s",) * 9, enough=(frozenset({4, 7}), frozenset({2, 3})))
    figures = EvidenceScorer().score([sample], [(2, 4, 0, 7, 1, 5, 6, 8)])
    assert [figures[f"served@{cut}"] for cut in (1, 3, 5, 8)] == [0.0, 0.0, 1.0, 1.0]
