"""Sources with weights become an endless, seeded stream of batches of like length."""

import random
from collections.abc import Iterator, Mapping, Sequence

from tokenizers import Tokenizer

from eval.train.generate import generate
from eval.train.pairs import TrainingPair

# The share of each source in the stream, times 1,000. VitaminC teaches what the task asks (one word of the evidence
# decides); templated sources are capped at about 3,000 pairs of a run of 150,000, feverous is weighed down because
# overlap of words alone solves most of it.
WEIGHTS = {
    "vitaminc_train60": 380,
    "generated": 200,
    "newprotocols_base": 48,
    "newprotocols_edit_premise": 48,
    "newprotocols_edit_other": 48,
    "newprotocols_contrast": 40,
    "infotabs": 60,
    "cad_nli": 48,
    "semiauto_base_wiki": 18,
    "mnli_train_taxinli": 16,
    "conjnli_adv": 20,
    "help_conj_disj": 15,
    "scone": 15,
    "fm2_dev": 15,
    "fever_symmetric_dev": 9,
    "feverous_s_dev": 14,
    "scifact_rte": 4,
    "wice_partial": 2,
}
MAX_TOKENS = 160
BATCH = 32
BUCKET = 64  # batches whose pairs are sorted by length together

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


def batches(pairs: Iterator[TrainingPair], tokenizer: Tokenizer, seed: int) -> Iterator[Batch]:
    """Batches of BATCH pairs, alike in length within a batch and shuffled between batches."""
    rng = random.Random(seed)  # noqa: S311
    while True:
        chunk = [next(pairs) for _ in range(BATCH * BUCKET)]
        encoded = tokenizer.encode_batch([(pair.premise, pair.hypothesis) for pair in chunk])
        order = sorted(range(len(chunk)), key=lambda at: len(encoded[at].ids))
        starts = list(range(0, len(chunk), BATCH))
        rng.shuffle(starts)
        for start in starts:
            rows = order[start : start + BATCH]
            yield (
                [encoded[at].ids for at in rows],
                [encoded[at].type_ids for at in rows],
                [chunk[at].label for at in rows],
            )
