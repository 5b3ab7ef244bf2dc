"""Sources with weights become an endless, seeded stream of batches of like length."""

import random
from collections.abc import Iterator, Mapping, Sequence

from tokenizers import Tokenizer

from eval.train.generate import generate
from eval.train.pairs import TrainingPair

# The share of each source in the stream, times 1,000. VitaminC teaches what the task asks (one word of the evidence
# decides); templated sources stay under 3,000 pairs of a run of 150,000, feverous is weighed down because overlap of
# words alone solves most of it, and infotabs because its tables are long and no desk asks about tables.
WEIGHTS = {
    "vitaminc_train60": 340,
    "generated": 170,
    "newprotocols_base": 75,
    "newprotocols_edit_premise": 70,
    "newprotocols_edit_other": 70,
    "newprotocols_contrast": 45,
    "infotabs": 25,
    "cad_nli": 70,
    "semiauto_base_wiki": 28,
    "mnli_train_taxinli": 30,
    "conjnli_adv": 15,
    "help_conj_disj": 8,
    "scone": 8,
    "fm2_dev": 20,
    "fever_symmetric_dev": 12,
    "feverous_s_dev": 14,
    "scifact_rte": 4,
    "wice_partial": 2,
}
BUCKET = 2048  # pairs that are sorted by length together

Batch = tuple[list[list[int]], list[list[int]], list[str]]  # ids, types, labels


def pairs_forever(train: Mapping[str, Sequence[TrainingPair]], seed: int) -> Iterator[TrainingPair]:
    """Draws a source by its weight, and its next pair; each source goes round in a new order every time."""
    rng = random.Random(seed)  # noqa: S311
    everything = [pair for pairs in train.values() for pair in pairs]
    streams = {name: _rounds(pairs, random.Random(f"{seed}:{name}")) for name, pairs in train.items()}  # noqa: S311
    streams["generated"] = generate(everything, seed)
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    while True:
        yield next(streams[rng.choices(names, weights)[0]])


def _rounds(pairs: Sequence[TrainingPair], rng: random.Random) -> Iterator[TrainingPair]:
    while True:
        yield from rng.sample(pairs, len(pairs))


def batches(pairs: Iterator[TrainingPair], tokenizer: Tokenizer, size: int, seed: int) -> Iterator[Batch]:
    """Batches of `size` pairs, alike in length within a batch and shuffled between batches."""
    rng = random.Random(seed)  # noqa: S311
    while True:
        chunk = [next(pairs) for _ in range(BUCKET)]
        encoded = tokenizer.encode_batch([(pair.premise, pair.hypothesis) for pair in chunk])
        order = sorted(range(len(chunk)), key=lambda at: len(encoded[at].ids))
        starts = list(range(0, len(chunk), size))
        rng.shuffle(starts)
        for start in starts:
            rows = order[start : start + size]
            yield (
                [encoded[at].ids for at in rows],
                [encoded[at].type_ids for at in rows],
                [chunk[at].label for at in rows],
            )
