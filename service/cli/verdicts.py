"""`claimdesk ask | check`: questions answered and claims judged out of the archive."""

from service.cli.options import AsJson, AsOf, LlmOnly, desk_of_settings


def ask(question: str, as_json: AsJson = False, as_of: AsOf = None, llm_only: LlmOnly = False) -> None:
    """Answer a question with cited sentences, or abstain."""
    from service.requests import parse_day
    from service.run import Run
    from service.terminal import print_answer, print_json

    day = parse_day(as_of) if as_of else None
    with desk_of_settings() as desk:
        result = desk.ask(question, day, run=Run(llm_only=llm_only))
    (print_json if as_json else print_answer)(result)


def check(claim: str, as_json: AsJson = False, as_of: AsOf = None, llm_only: LlmOnly = False) -> None:
    """Judge a claim: supported, refuted, conflicting evidence or not enough evidence."""
    from service.requests import parse_day
    from service.run import Run
    from service.terminal import print_json, print_report

    day = parse_day(as_of) if as_of else None
    with desk_of_settings() as desk:
        result = desk.check(claim, day, run=Run(llm_only=llm_only))
    (print_json if as_json else print_report)(result)
