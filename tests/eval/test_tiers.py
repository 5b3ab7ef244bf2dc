"""What the exact tiers take away from a judge, family by family."""

from eval.labelled import Gold, as_samples
from eval.tasks.tiers import WAYS, ReadTwice, TierScorer, swap
from service.check.windows import as_judgement
from service.domain.claim import DifferenceKind
from service.domain.verdict import Relation
from tests.eval_rows import as_rows

FOOLED = ReadTwice(
    blind=as_judgement(0.9, 0.05), shown=as_judgement(0.2, 0.7), kinds=frozenset({DifferenceKind.NUMBER})
)


def test_only_a_difference_of_its_family_takes_support_away() -> None:
    by = {way: FOOLED.by(way).relation for way in WAYS}
    supporting = {way for way, relation in by.items() if relation is Relation.SUPPORTS}
    assert supporting == {"judge", *DifferenceKind} - {DifferenceKind.NUMBER}
    assert by["number"] is by["all"] is by["shown"] is by["product"] is Relation.REFUTES


def test_a_swapped_claim_is_contradicted_by_the_premise_that_entails_the_first() -> None:
    rows = as_rows(("The firm sold 40 cars in 2014.", "The firm sold 40 cars in 2014.", "entail"))
    kept, changed = swap(rows)
    assert kept == rows[0]
    assert changed.hypothesis != kept.hypothesis
    assert (changed.premise, changed.label) == (kept.premise, Gold.CONTRADICT)


def test_each_way_has_its_own_figures() -> None:
    samples = as_samples(as_rows(("A.", "A.", "entail"), ("B.", "C.", "contradict")))
    right = ReadTwice(blind=as_judgement(0.9, 0.05), shown=as_judgement(0.9, 0.05), kinds=frozenset())
    figures = TierScorer().score(samples, [(right,), (FOOLED,)])
    assert figures["judge_balanced_accuracy"] == figures["date_balanced_accuracy"] == 0.5
    assert figures["number_balanced_accuracy"] == figures["product_balanced_accuracy"] == 1.0
