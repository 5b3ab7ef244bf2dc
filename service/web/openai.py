"""The desk as a model of OpenAI's chat API: a conversation becomes an answer whose notes are its citations.

Two models: `claimdesk` answers the last message out of the archive, `claimdesk-check` judges it as a claim. Each
statement ends in its [number]; notes below quote the sentences, and `url_citation` annotations mark the numbers for
clients that show them. Settings of sampling have no meaning here, and system messages change nothing: an answer is
made of stored sentences.
"""

import re
import time
import uuid
from collections.abc import Sequence

from service.domain.passage import Citation
from service.domain.report import Answer, Report
from service.web.openai_wire import (
    Annotation,
    Choice,
    Completion,
    Delta,
    ModelName,
    OpenAiError,
    OpenAiProblem,
    Piece,
    PieceChoice,
    Said,
    TokenUsage,
    UrlCitation,
    without_notes,
)
from service.web.problems import Problem

_NUMBER = re.compile(r"\[(\d+)]")


def with_error(problem: Problem) -> OpenAiProblem:
    error = OpenAiError(
        message=problem.detail,
        type="invalid_request_error" if problem.status < 500 else "server_error",
        code=problem.code,
    )
    return OpenAiProblem(**problem.model_dump(), error=error)


def new_id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"


def make_piece(
    completion_id: str, model: ModelName, delta: Delta | None, *, ends: bool = False, usage: TokenUsage | None = None
) -> Piece:
    choices = () if delta is None else (PieceChoice(index=0, delta=delta, finish_reason="stop" if ends else None),)
    return Piece(
        id=completion_id,
        object="chat.completion.chunk",
        created=int(time.time()),
        model=model,
        choices=choices,
        usage=usage,
    )


def complete(result: Answer | Report, model: ModelName, completion_id: str, base_url: str) -> Completion:
    """The completion that a result becomes. Citations without an address of their own open their article here."""
    content = write(result)
    said = Said(content=content, annotations=annotate(content, result.citations, base_url))
    return Completion(
        id=completion_id, created=int(time.time()), model=model, choices=(Choice(message=said),), usage=count(result)
    )


def write(result: Answer | Report) -> str:
    """The result in words, and its notes."""
    return (result.answer if isinstance(result, Answer) else _write_verdict(result)) + write_notes(result)


def write_notes(result: Answer | Report) -> str:
    """The quoted sentences by number, and what the reader should know besides; empty when there is nothing."""
    notes = [_note(citation) for citation in result.citations]
    if result.degraded:
        notes.append("Part of the search did not answer, so something may be missing here.")
    return "\n\n" + "\n".join(notes) if notes else ""


def annotate(content: str, citations: Sequence[Citation], base_url: str) -> tuple[Annotation, ...]:
    """An annotation for every [number] in the words, up to the notes."""
    by_number = {citation.number: citation for citation in citations}
    return tuple(
        Annotation(
            type="url_citation",
            url_citation=UrlCitation(
                start_index=match.start(),
                end_index=match.end(),
                title=by_number[int(match[1])].title or "Untitled",
                url=_address(by_number[int(match[1])], base_url),
            ),
        )
        for match in _NUMBER.finditer(without_notes(content))
        if int(match[1]) in by_number
    )


def count(result: Answer | Report) -> TokenUsage:
    used = result.usage
    prompt, written = (used.input_tokens, used.output_tokens) if used else (0, 0)
    return TokenUsage(prompt_tokens=prompt, completion_tokens=written, total_tokens=prompt + written)


def _write_verdict(report: Report) -> str:
    numbers = " ".join(f"[{citation.number}]" for citation in report.citations)
    verdict = report.label.value.replace("_", " ").capitalize()
    lines = [f"{verdict} (confidence {report.confidence:.2f}). {numbers}".rstrip()]
    lines += [
        f"It says “{each.claim_text}”; the source says “{each.evidence_text}” [{each.citation.number}]."
        for each in report.differences
    ]
    if report.corrected_claim:
        lines.append(f"Corrected: {report.corrected_claim}")
    return "\n\n".join(lines)


def _note(citation: Citation) -> str:
    place = ", ".join(str(part) for part in (citation.title, citation.published, citation.url) if part)
    return f"[{citation.number}]: “{' '.join(citation.quote.split())}”" + (f" ({place})" if place else "")


def _address(citation: Citation, base_url: str) -> str:
    return citation.url or f"{base_url}/v1/articles/{citation.article_id}/text?version={citation.version}"
