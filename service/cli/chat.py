"""`claimdesk chat`: questions that may lean on the ones before them, answered with citations."""

import sys

from service.cli.options import AsOf, LlmOnly, desk_of_settings


def chat(as_of: AsOf = None, llm_only: LlmOnly = False) -> None:
    """Ask one question after another; each may lean on those before it. An empty line ends the chat."""
    from service.ask.chat import MEMORY
    from service.domain.chat import Turn
    from service.errors import BudgetExceeded, InputError, Unavailable, UpstreamFailed
    from service.requests import parse_day
    from service.run import Run
    from service.terminal import print_answer

    day = parse_day(as_of) if as_of else None
    turns: list[Turn] = []
    with desk_of_settings() as desk:
        while question := _read_question():
            try:
                answer = desk.chat(turns[-MEMORY:], question, day, run=Run(llm_only=llm_only))
            except (InputError, Unavailable, UpstreamFailed, BudgetExceeded) as error:
                sys.stderr.write(f"claimdesk: {error} [{error.code}]\n")
                continue
            print_answer(answer)
            turns.append(Turn(question=answer.rewritten or question, answer=answer.answer))


def _read_question() -> str:
    """The next line without white space at its ends; empty at the end of the input."""
    if sys.stdin.isatty():
        sys.stdout.write("\n> ")
        sys.stdout.flush()
    return sys.stdin.readline().strip()
