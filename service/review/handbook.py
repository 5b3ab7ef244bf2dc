"""The catalogue of rules becomes docs/rules.md: `python -m service.review.handbook > docs/rules.md`."""

import sys
from itertools import groupby

from service.domain.finding import FindingKind
from service.review.catalogue import ARCHIVE, SPECS
from service.review.fix import SURE
from service.review.rules.spec import RuleSpec

_HEAD = f"""# The rules of `claimdesk review`

<!-- Written by `python -m service.review.handbook > docs/rules.md` out of service/review/rules/; a test keeps it true. -->

Each finding has a stable code. An **error** is most probably wrong, a **warning** should be looked at, a **note** is
worth knowing. The severity below is the most that a rule gives: where it is less sure, it says less.
`claimdesk review --explain CODE` prints the same in a terminal.

**What is read.** Headline, captions and body; subheads and summaries for names and spellings only. Teasers of other stories,
readers' comments and hidden text are not copy, and are counted.

**Choosing rules.** `--select` and `--ignore` take the beginning of a code (`NAM`, `NAM001`), as often as needed. The most
specific one decides, and of two alike `--ignore` does. `--select` replaces what the config selects and ignores.

**Fixing.** `--fix` shows what the safe suggestions would change, as a diff; it writes with `--output FILE` (a corrected
copy) or `--in-place`. Safe are the rules marked *fixable*, where a finding's confidence is {SURE:.0%} or more.

**The archive.** {", ".join(f"[{spec.code}](#{spec.code.lower()})" for spec in ARCHIVE)} ask the stored articles, which takes
seconds, so they run with `--archive` only. The article under review, its versions and its copies are never asked.

## The desk's own options: `.claimdesk.toml`

The nearest one at or above the copy is followed, or the one that `--config` names. An unknown key is an error.

```toml
ignore = ["DUP001"]                       # rules by the beginning of their codes; select = [...] too
known_people = ["Fumio Kishida"]          # STY002 finds "Fumio Kushida"

[severity]
QUO001 = "error"                          # error, warning or note; by the beginning of the code too

[[style]]                                 # STY001
write = "Kyiv"
instead_of = ["Kiev", "Kiew"]
allow = ["chicken Kiev"]                  # phrases that stay as they are

[[suppress]]
code = "NAM001"
words = "Kushida"                         # in the words that the finding marks; without it every finding of the code
reason = "Kushida is the member for Chiba; both are real."
```

## In the copy itself

An editor can suppress a finding in the article, on a line of its own:

    [desk: ignore NAM001 Kushida: both are real]

The words may be left out; the reason may not. Notes of the desk are never part of the article: they are not evidence,
not cited and not read as copy. What they suppress is counted and listed with its reason, a note that suppresses nothing
is reported ([DSK001](#dsk001)), and a page fetched from the web cannot suppress what is found in it
([DSK002](#dsk002)).

## In a repository of copy

With [pre-commit](https://pre-commit.com), in `.pre-commit-config.yaml`. The first run sets up an environment of its own, which
takes some minutes:

```yaml
repos:
  - repo: CLAIMDESK                 # the address or path that you cloned it from
    rev: COMMIT                     # a tag or a commit of it
    hooks:
      - id: claimdesk-review        # a commit with findings stops
      - id: claimdesk-review-fix    # writes the safe corrections, for you to look at and add:
        stages: [manual]            # pre-commit run --hook-stage manual claimdesk-review-fix --all-files
```

In a workflow, `claimdesk review --format github FOLDER` marks the lines in the change, and `--format sarif --output FILE` writes
what code scanning and editors read (SARIF 2.1.0). `--format html --output FILE` is one page for people, which loads nothing;
`--format json` prints a review a line, with every offset.
"""  # noqa: S608 - English, not SQL

_FAMILIES = {
    FindingKind.NAME: "NAM: names",
    FindingKind.NUMBER: "NUM: numbers",
    FindingKind.DATE: "DAT: dates",
    FindingKind.ROLE: "ROL: roles",
    FindingKind.QUOTE: "QUO: quotations",
    FindingKind.DUPLICATE: "DUP: repetitions",
    FindingKind.CLAIM: "CLM: claims",
    FindingKind.STYLE: "STY: the house's spellings and people",
    FindingKind.DESK: "DSK: the desk's notes",
}


def write_handbook() -> str:
    """The page, family by family, in the order of the codes."""
    order = list(_FAMILIES)
    specs = sorted(SPECS.values(), key=lambda spec: (order.index(spec.kind), spec.code))
    sections = [_HEAD]
    for kind, family in groupby(specs, key=lambda spec: spec.kind):
        sections += [f"## {_FAMILIES[kind]}\n", *(_describe(spec) for spec in family)]
    return "\n".join(sections)


def _describe(spec: RuleSpec) -> str:
    marks = [str(spec.severity), *(["fixable"] if spec.is_safe_to_fix else [])]
    return (
        f'<a id="{spec.code.lower()}"></a>\n### {spec.code}: {spec.name}\n\n*{", ".join(marks)}.* {spec.explanation}\n\n'
        f"Raises it:\n\n{_quote(spec.wrong)}\n\nDoes not:\n\n{_quote(spec.right)}\n"
    )


def _quote(example: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in example.splitlines())


if __name__ == "__main__":
    sys.stdout.write(write_handbook())
