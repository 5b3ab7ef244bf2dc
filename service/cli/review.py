"""`claimdesk review`: copy read against itself, and what came of it handed out or written back."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from service.cli.options import desk_of_settings
from service.errors import UnreadableFile

if TYPE_CHECKING:
    from service.desk import Desk
    from service.review.formats.places import Reviewed
    from service.review.options import ReviewOptions

Codes = Annotated[
    list[str] | None, typer.Option(help="Rules by the beginning of their code: NAM or NAM001. Repeat it for more.")
]


class Format(StrEnum):
    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"
    html = "html"


def review(
    targets: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, addresses (https://...), - or ids of stored articles.")
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="How to hand out the findings.")] = Format.text,
    select: Codes = None,
    ignore: Codes = None,
    config: Annotated[Path | None, typer.Option(help="The options to follow, not the nearest .claimdesk.toml.")] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Also check claims and quotations against the stored articles.")
    ] = False,
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="Say what a rule means, and end.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Show what the safe suggestions change, as a diff.")] = False,
    in_place: Annotated[bool, typer.Option("--in-place", help="With --fix: write the corrected text back.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write the report there; with --fix, the corrected copy.")] = None,
) -> None:
    """Read copy against itself. Exit status 1 when there are findings, 2 when something could not be read."""
    if explain:
        _explain(explain)
        raise typer.Exit
    if not targets:
        raise typer.BadParameter("Name what to review: a file, a folder, an address, - or the id of a stored article.")
    if fix and output_format is not Format.text:
        raise typer.BadParameter("--fix shows a diff and makes no report. Leave out --fix or --format.")
    if in_place and not fix:
        raise typer.BadParameter("--in-place goes with --fix.")
    with desk_of_settings() as desk:
        copy = Copy(desk, targets, Choices(config, select, ignore), against_archive=archive)
        if fix:
            from service.cli.fixing import write_fixes

            write_fixes(copy, output, in_place)
        else:
            with _open(output) as out:
                _hand_out(copy, output_format, out)
    raise typer.Exit(copy.status)


class Choices:
    """The options that the command line and the nearest config ask for."""

    def __init__(self, config: Path | None, select: Sequence[str] | None, ignore: Sequence[str] | None) -> None:
        """Raises UnknownRule, BadConfig."""
        from service.review.catalogue import require_prefixes
        from service.review.config import read_config

        self._select, self._ignore = ([prefix.upper() for prefix in each or ()] for each in (select, ignore))
        require_prefixes([*self._select, *self._ignore])
        self._config = read_config(config) if config else None

    def of(self, source: str) -> "ReviewOptions":
        """The options for an article: --select replaces what the config selects and ignores, --ignore adds to it."""
        from service.review.config import options_near

        folder = Path(source).parent
        options = self._config or options_near(folder if folder.is_absolute() else Path.cwd())
        if self._select:
            options = options.model_copy(update={"select": tuple(self._select), "ignore": ()})
        return options.model_copy(update={"ignore": (*options.ignore, *self._ignore)})


class Copy:
    """The articles of the targets, reviewed one after another; `status` is known when all were read."""

    def __init__(self, desk: "Desk", targets: Sequence[str], choices: Choices, *, against_archive: bool) -> None:
        self.targets = targets
        self.status = 0
        self._desk = desk
        self._choices = choices
        self._against_archive = against_archive

    def __iter__(self) -> "Iterator[Reviewed]":
        from service.domain.report import Failure
        from service.review.formats.places import Reviewed

        for article in self._desk.open_articles(self.targets, stdin=sys.stdin.buffer):
            if isinstance(article, Failure):
                self.status = 2
                said = article.message if article.source in article.message else f"{article.source}: {article.message}"
                typer.echo(f"claimdesk: {said} [{article.code}]", err=True)
                continue
            options = self._choices.of(article.source)
            result = self._desk.review(article, options, against_archive=self._against_archive)
            self.status = max(self.status, int(bool(result.findings)))
            yield Reviewed(result, article)


def _explain(code: str) -> None:
    from rich.console import Console

    from service.review.catalogue import explain
    from service.review.formats.text import print_rule

    print_rule(explain(code), Console(highlight=False))


def _hand_out(copy: Copy, output_format: Format, out: TextIO) -> None:
    """Text, JSON and annotations come as each article is read, one after another."""
    match output_format:
        case Format.text:
            from rich.console import Console

            from service.review.formats.text import print_reviews

            print_reviews(copy, Console(file=out, highlight=False))
        case Format.json:
            out.writelines(reviewed.review.model_dump_json() + "\n" for reviewed in copy)
        case Format.github:
            from service.review.formats.github import annotate

            out.writelines(line + "\n" for line in annotate(copy))
        case Format.sarif:
            from service.review.formats.sarif import build_log

            out.write(json.dumps(build_log(copy), indent=1) + "\n")
        case Format.html:
            from service.review.formats.html import build_page

            out.write(build_page(copy))


@contextmanager
def _open(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        raise UnreadableFile(f"{output} cannot be written: {error.strerror}. Name another file.") from error
