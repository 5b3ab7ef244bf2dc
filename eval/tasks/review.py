"""Real articles, clean and with one seeded error, become the review's recall, precision, false findings and speed.

    python -m eval.tasks.review [--data FILE] [--json OUT] [--limit N] [--split dev|held-out|all]

An article is in the tuning half or the held-out half by the hash of its id, and so is every template by its place.
False findings are counted over all clean articles: a rule that was tuned to be silent must be silent everywhere.
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from eval.news import Copy, read_article, read_copies, read_sample
from eval.seeds.names import People, near_pair, read_people, seed_names
from eval.seeds.numbers import seed_numbers
from eval.seeds.quotes import seed_quotes
from eval.seeds.repetitions import seed_repetitions
from eval.seeds.seed import Seed
from eval.seeds.templates import Template, from_template, read_templates
from service.domain.base import Frozen
from service.domain.finding import Finding, Severity
from service.review.pipeline import review

SHARED = Path(__file__).parents[3] / "shared" / "data"
ARTICLES = SHARED / "news" / "bbc_dev.jsonl.gz"
NEWSROOM = Path(__file__).parents[1] / "data" / "newsroom_errors.jsonl"
FAMILIES = {"NAM": "name", "NUM": "number", "DAT": "date", "ROL": "role", "QUO": "quotation", "DUP": "repetition"}
TEMPLATES_PER_ARTICLE = 4
# The people of the sample, whom the lists of American names do not hold; each draw seeds other errors.
SAMPLE_PEOPLE = ("Fumio Kishida", "Barack Obama", "Vladimir Putin", "Yoshihide Suga", "David Cameron")
DRAWS = 30
_ROOM = 15  # characters; "million" is wrong within "$8.6 million"
RANDOM_SEED = 20261124
RESAMPLES = 2_000


class Trial(Frozen):
    """A seed and what the rules said of it: only findings that the copy without the error does not raise count."""

    article: str
    seed: Seed
    findings: tuple[Finding, ...]
    on_control: int  # findings of its family on the copy without the error that the clean article does not raise

    @property
    def own(self) -> list[Finding]:
        """The findings of the seed's family that mark its words, or a part of them."""
        return [f for f in self.findings if f.code[:3] == self.seed.code[:3] and self._marks(f)]

    @property
    def is_exact(self) -> bool:
        """Whether a finding marks the wrong words: a name to the letter, else a quantity or date that holds them."""
        return any(self._is_exact(p.start, p.end) for f in self.own for p in f.passages)

    def _is_exact(self, start: int, end: int) -> bool:
        seed = self.seed
        if seed.code == "QUO001":  # the line of a missing mark: any mark of it may be the one that is left over
            return seed.start <= start and end <= start + 1 and end <= seed.end
        if seed.code == "DUP002":  # a paragraph is marked by its first sentence
            return start == seed.start and end <= seed.end
        room = 0 if seed.code.startswith("NAM") else _ROOM
        return start <= seed.start and seed.end <= end and end - start <= seed.end - seed.start + room

    def _marks(self, finding: Finding) -> bool:
        return any(p.start < self.seed.end and self.seed.start < p.end for p in finding.passages)


class Clean(Frozen):
    """What the rules say of an article as it was published."""

    copy_id: str
    words: int
    seconds: float
    findings: tuple[Finding, ...]


def find(text: str, dated: date | None) -> tuple[Finding, ...]:
    return review(read_article(text, dated)).findings


def review_clean(copies: Iterable[Copy]) -> list[Clean]:
    cleans = []
    for copy in copies:
        article = read_article(copy.text, copy.published)
        started = time.process_time()
        findings = review(article).findings
        seconds = time.process_time() - started
        cleans.append(Clean(copy_id=copy.id, words=len(copy.text.split()), seconds=seconds, findings=findings))
    return cleans


def run_trials(copies: Iterable[Copy], people: People, templates: Sequence[Template]) -> Iterator[Trial]:
    """Every seed of every article, each alone in it."""
    for copy in copies:
        rng = random.Random(f"{RANDOM_SEED} {copy.id}")  # noqa: S311 - a repeatable draw, not a secret
        seeds = [*seed_names(copy.text, people, rng), *seed_numbers(copy.text, rng)]
        seeds += [
            rng.choice(kinds) for kinds in (seed_quotes(copy.text, rng), seed_repetitions(copy.text, rng)) if kinds
        ]
        seeds += [from_template(copy.text, t, rng) for t in rng.sample(templates, TEMPLATES_PER_ARTICLE)]
        for seed in seeds:
            yield _trial(copy, seed)


def _trial(copy: Copy, seed: Seed) -> Trial:
    dated = seed.dated or copy.published
    control = find(seed.control, dated)
    known = _messages(control)
    found = tuple(f for f in find(seed.text, dated) if f.message not in known)
    clean = known if seed.control == copy.text else _messages(find(copy.text, dated))
    wrong = sum(f.code[:3] == seed.code[:3] and f.message not in clean for f in control)
    return Trial(article=copy.id, seed=seed, findings=found, on_control=wrong)


def _messages(findings: Iterable[Finding]) -> set[str]:
    return {finding.message for finding in findings}


def count_near_pairs(copies: Iterable[Copy], people: People) -> list[Finding]:
    """The name findings on articles to which two real people with near surnames were added: each is false."""
    found: list[Finding] = []
    for copy in copies:
        rng = random.Random(f"{RANDOM_SEED} pair {copy.id}")  # noqa: S311
        known = _messages(find(copy.text, copy.published))
        raised = find(near_pair(copy.text, people, rng), copy.published)
        found += [f for f in raised if f.message not in known and f.code.startswith("NAM")]
    return found


def newsroom_errors(path: Path = NEWSROOM) -> set[tuple[str, str, str]]:
    """Errors of the newsroom found by eye among the findings on clean articles: (article, code, words marked)."""
    with path.open(encoding="utf-8") as lines:
        return {(row["id"], row["code"], row["words"]) for row in map(json.loads, lines)}


def false_findings(clean: Clean, text: str, real: set[tuple[str, str, str]]) -> list[Finding]:
    """The findings on a clean article that are no errors of the newsroom's."""
    return [
        f for f in clean.findings if (clean.copy_id, f.code, text[f.passages[0].start : f.passages[0].end]) not in real
    ]


def interval(counts: Sequence[int]) -> tuple[float, float]:
    """The 95% bootstrap interval of the mean count, by the percentile method."""
    drawn = np.random.default_rng(RANDOM_SEED).choice(np.asarray(counts), size=(RESAMPLES, len(counts)))
    low, high = np.percentile(drawn.mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def recalls(trials: Sequence[Trial]) -> dict[str, float]:
    """Recall and exact-span precision a family, and both a code and a way of making the error."""
    metrics: dict[str, float] = {}
    for code, family in FAMILIES.items():
        of_family = [t for t in trials if t.seed.code.startswith(code)]
        if not of_family:
            continue
        found = [t for t in of_family if t.own]
        raised = sum(len(t.findings) for t in of_family)
        metrics[f"{family}_seeds"] = len(of_family)
        metrics[f"{family}_recall"] = len(found) / len(of_family)
        metrics[f"{family}_span_precision"] = sum(t.is_exact for t in found) / max(1, raised)
    groups: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        groups[trial.seed.code].append(trial)
        groups[f"{trial.seed.code}_{trial.seed.how.replace(' ', '_')}"].append(trial)
    for group, members in sorted(groups.items()):
        metrics[f"recall_{group}"] = sum(bool(t.own) for t in members) / len(members)
        metrics[f"seeds_{group}"] = len(members)
        raised = sum(len(trial.findings) for trial in members)
        metrics[f"precision_{group}"] = sum(trial.is_exact for trial in members) / max(1, raised)
    metrics["false_per_control"] = sum(t.on_control for t in trials) / max(1, len(trials))
    return metrics


def silence(copies: Sequence[Copy], cleans: Sequence[Clean]) -> dict[str, float]:
    """False findings per clean article, by family and for all errors and warnings, and the time taken."""
    real = newsroom_errors()
    false = [false_findings(clean, copy.text, real) for copy, clean in zip(copies, cleans, strict=True)]
    metrics: dict[str, float] = {"clean_articles": len(copies)}
    for code, family in FAMILIES.items():
        counts = [sum(f.code.startswith(code) for f in found) for found in false]
        metrics[f"{family}_false_per_clean_article"] = sum(counts) / len(counts)
        metrics[f"{family}_false_low"], metrics[f"{family}_false_high"] = interval(counts)
    counts = [sum(f.severity is not Severity.NOTE for f in found) for found in false]
    metrics["all_false_per_clean_article"] = sum(counts) / len(counts)
    metrics["all_false_low"], metrics["all_false_high"] = interval(counts)
    metrics["findings_per_clean_article"] = sum(len(clean.findings) for clean in cleans) / len(cleans)
    for code, n in sorted(Counter(f.code for found in false for f in found).items()):
        metrics[f"false_in_{code}"] = n / len(counts)
    metrics["seconds_per_1000_words"] = 1_000 * sum(c.seconds for c in cleans) / sum(c.words for c in cleans)
    return metrics


def measure(copies: Sequence[Copy], held_out: bool | None = True) -> dict[str, float]:
    """Every metric; seeds go into the held-out articles, the tuning half, or (None) all."""
    people = read_people(SHARED / "names")
    half = [c for c in copies if held_out is None or c.held_out == held_out]
    templates = [t for t in read_templates() if held_out is None or t.held_out == held_out]
    trials = list(run_trials(half, people, templates))
    pairs = len(count_near_pairs(half, people)) / max(1, len(half))
    return recalls(trials) | {"false_per_pair_of_namesakes": pairs} | silence(copies, review_clean(copies))


def measure_sample(draws: int = DRAWS) -> dict[str, float]:
    """The same of the sample: its own slip mended and others seeded, and its findings as it was published."""
    published = read_sample()
    text = published.text.replace("Kushida", "Kishida")
    given, surnames = zip(*(name.split() for name in SAMPLE_PEOPLE), strict=True)
    listed = read_people(SHARED / "names")
    people = listed._replace(given=(*listed.given, *given), surnames=listed.surnames | set(surnames))
    copies = [Copy(id=f"sample {n}", text=text, published=published.published) for n in range(draws)]
    trials = run_trials(copies, people, [template for template in read_templates() if template.held_out])
    once = {trial.seed: trial for trial in trials}
    return recalls(list(once.values())) | silence([published], review_clean([published]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=ARTICLES)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--split", choices=("dev", "held-out", "all"), default="held-out")
    options = parser.parse_args()
    metrics = measure(
        read_copies(options.data)[: options.limit], {"dev": False, "held-out": True, "all": None}[options.split]
    )
    print("\n".join(f"{name:40}{value:10.4f}" for name, value in metrics.items()))
    if options.json:
        options.json.write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
