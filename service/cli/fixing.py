"""`claimdesk review --fix`: what the safe suggestions change is shown as a diff, and written only where asked."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from service.errors import NotFixable, UnreadableFile
from service.marks import printable
from service.review.fix import Fixed, diff, fix, write_back
from service.review.formats.places import path_of

if TYPE_CHECKING:
    from service.cli.review import Copy


def write_fixes(copy: "Copy", output: Path | None, in_place: bool) -> None:
    """Shows every diff before anything is written. Raises NotFixable for what is no file of the user's own."""
    _require_files(copy, output, in_place)
    fixed = [(each, fix(each.review, each.article)) for each in copy]
    for reviewed, result in fixed:
        for line in diff(path_of(reviewed.article), reviewed.article.text, result.text):
            typer.echo(line)
    edits = sum(len(result.edits) for _, result in fixed)
    left = 0
    for reviewed, result in fixed:
        left += len(result.left)
        for finding in result.left:
            said = f"left to you: {path_of(reviewed.article)}: {finding.code} {finding.message}"
            typer.echo(printable(said), err=True)
    if output and fixed:
        _replace(output, fixed[0][1].text.encode("utf-8", "surrogatepass"))
    elif in_place:
        for reviewed, result in fixed:
            _write_in_place(Path(reviewed.article.source), reviewed.article.text, result)
    written = (
        f"written to {output}" if output else "written" if in_place else "nothing written: add --output or --in-place"
    )
    typer.echo(f"{edits} fix{'' if edits == 1 else 'es'}, {written}; {left} left to you.", err=True)
    if (output or in_place) and not left:
        copy.status = 2 if copy.status == 2 else 0


def _require_files(copy: "Copy", output: Path | None, in_place: bool) -> None:
    for target in copy.targets:
        if target != "-" and not Path(target).exists():
            raise NotFixable(f"{target} is no file, and only files of your own are fixed. Save its text and fix that.")
    if output and in_place:
        raise NotFixable("Give either --output or --in-place.")
    if output and (len(copy.targets) > 1 or Path(copy.targets[0]).is_dir()):
        raise NotFixable("--output takes the corrected copy of one file. Fix several with --in-place.")
    if in_place and "-" in copy.targets:
        raise NotFixable("Standard input cannot be written back. Use --output FILE.")


def _write_in_place(path: Path, before: str, fixed: Fixed) -> None:
    if not fixed.edits:
        return
    if not path.is_file():
        raise NotFixable(f"{path} is one article among others in its file. Write it out and fix it there.")
    _replace(path, write_back(path.read_bytes(), before, fixed.text, str(path)))


def _replace(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, with the rights of the one it replaces."""
    place = path.resolve()  # a link goes on leading to the file that it led to
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if place.exists():
            part.chmod(place.stat().st_mode)
        part.replace(place)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UnreadableFile(f"{path} cannot be written: {error.strerror}. Check who may write there.") from error
