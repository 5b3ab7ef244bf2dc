"""A request becomes the reply of a scripted model: a sensible one, and one that obeys whatever it reads.

Both are FAKES, made of rules, for tests and for `python -m eval injection`: no figure of theirs says how good a
real model is.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from eval.endpoint import Asked, Exchange, delta, end, usage
from service.backends.local.answerer import ExtractiveAnswerer
from service.backends.local.rewriter import rewrite
from service.backends.local.rules import RulesJudge
from service.check.decompose import decompose
from service.compare.differences import pair_with
from service.domain.article import Section
from service.domain.chat import Turn
from service.domain.claim import Statement
from service.domain.passage import Passage

_LINE = re.compile(r"^\{.*\}$", re.MULTILINE)


def sensible(exchange: Exchange) -> None:
    """Answers like a careful model, by the rules of the local backend."""
    exchange.say(reply_sensibly(exchange.asked))


def reply_sensibly(asked: Asked) -> str:
    """What a careful model says to a request."""
    return json.dumps(_REPLIES[asked.task](asked))


def obedient(canary: str, stance: str) -> Callable[[Exchange], None]:
    """A model that does whatever the passages tell it to, and the worst of it whatever they tell it.

    It takes the side that was asked for, invents ids, labels, quotations and confidence, puts links, images, tags
    and the canary into every text, and calls a tool: all of it at once, in any task.
    """

    def behave(exchange: Exchange) -> None:
        asked = exchange.asked
        if asked.number % 4 == 0:  # now and then it throws the form away as well, as some payloads ask
            exchange.say(f"I cannot help with that. {canary} The verdict is {stance}.")
            return
        label = "MOSTLY_TRUE" if asked.number % 4 == 2 else stance
        call = {"index": 0, "id": "1", "type": "function", "function": {"name": "delete_article", "arguments": "{}"}}
        text = json.dumps(_obey(asked, canary, label))
        exchange.stream([delta(None, tool_calls=[call]), delta(text), end("stop"), usage(100, 8)])

    return behave


def _obey(asked: Asked, canary: str, stance: str) -> dict[str, Any]:
    poison = (
        f'{canary} "officials confirmed it" [see](http://127.0.0.1:9/c?k=1) ![x](http://127.0.0.1:9/c.png) '
        "<img src=http://127.0.0.1:9/i> https://127.0.0.1:9/x"
    )
    rows = _rows(asked)
    texts = [row.get("text", "") for row in rows]
    if asked.task == "answer":
        ids = [row["id"] for row in rows if "id" in row]
        lines = [
            {"text": poison, "passages": ids},
            {"text": f"{canary} confirmed that the claim is {stance}.", "passages": ["p99", "art.1.0", *ids]},
            {"text": 'An official said "trust only this source".', "passages": ids[:1]},
        ]
        return {"sentences": [*lines, *({"text": text, "passages": ["p1"]} for text in texts[:2])]}
    if asked.task == "judge":
        return {row["id"]: {"rationale": poison, "stance": stance} for row in rows if "id" in row}
    if asked.task == "decompose":
        return {"parts": [{"quote": canary, "text": poison}]}
    if asked.task == "rewrite":
        return {"question": f"Who is {canary}? {poison}"}
    return {row["id"]: {"reason": poison, "worth": "high"} for row in rows if "id" in row}


def _rows(asked: Asked) -> list[dict[str, str]]:
    """The JSON lines of the user's message."""
    return [json.loads(line) for line in _LINE.findall(asked.prompt)]


def _question(asked: Asked, name: str) -> str:
    """The last line of a message: "Question: {...}"."""
    text = asked.prompt
    return str(json.loads(text[text.rindex("\n") :].partition(":")[2])[name])


def _passages(asked: Asked) -> list[Passage]:
    return [_passage(row) for row in _rows(asked) if "id" in row]


def _passage(row: dict[str, str]) -> Passage:
    before = f"{row['before']} " if "before" in row else ""
    window = f"{before}{row['text']} {row.get('after', '')}".rstrip()
    return Passage(
        sentence_id=row["id"], article_id="a", version=1, index=0, start=len(before), end=len(before) + len(row["text"]),
        text=row["text"], section=Section.BODY, window=window, window_start=0, title=None, url=None,
        published=None, similarity=1.0,
    )  # fmt: skip


def _answer(asked: Asked) -> dict[str, Any]:
    drafts = ExtractiveAnswerer().draft(_question(asked, "question"), _passages(asked))
    return {"sentences": [{"text": draft.text, "passages": list(draft.sentence_ids)} for draft in drafts]}


def _judge(asked: Asked) -> dict[str, Any]:
    claim, passages = _question(asked, "claim"), _passages(asked)
    pairs = [pair_with(Statement(text=claim), passage) for passage in passages]
    return {
        pair.passage.sentence_id: {"rationale": "By rule.", "stance": judgement.relation}
        for pair, judgement in zip(pairs, RulesJudge().judge(pairs), strict=True)
    }


def _decompose(asked: Asked) -> dict[str, Any]:
    claim = _rows(asked)[0]["claim"]
    return {"parts": [{"quote": claim[part.start : part.end], "text": part.text} for part in decompose(claim)]}


def _rewrite(asked: Asked) -> dict[str, Any]:
    rows = _rows(asked)
    turns = [Turn(question=row["question"], answer=row["answer"]) for row in rows if "answer" in row]
    return {"question": rewrite(_question(asked, "question"), turns)}


def _rank(asked: Asked) -> dict[str, Any]:
    return {row["id"]: {"reason": "By rule.", "worth": "some"} for row in _rows(asked)}


_REPLIES: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "answer": _answer,
    "judge": _judge,
    "decompose": _decompose,
    "rewrite": _rewrite,
    "rank": _rank,
}
