"""A page's template and the strings of its language become its HTML."""

import re
from collections.abc import Iterable
from string import Template

from service import __version__
from service.domain.base import Frozen
from service.web.page.assets import HERE
from service.web.page.strings import LANGUAGE, read_plain_strings


class Page(Frozen):
    """One page: its name is also that of its template, style and script."""

    name: str
    paths: tuple[str, ...]


QUALITY = Page(name="quality", paths=("/quality",))
PAGES = (
    Page(name="chat", paths=("/", "/c/{conversation}")),
    Page(name="review", paths=("/review",)),
    Page(name="archive", paths=("/archive",)),
    Page(name="desk", paths=("/desk",)),
    QUALITY,
)


_ASK = re.compile(r'<ask id="(?P<id>[^"]+)" title="(?P<title>[^"]+)">\n(?P<fields>.*?)</ask>', re.DOTALL)


class _Dotted(Template):
    """`${chat.send}` names a string; nothing else is filled in."""

    braceidpattern = r"[a-z_]+(?:\.[a-z_]+)?"


def render(page: Page, assets: str, scripts: Iterable[str], content: str = "") -> str:
    """The whole document. `scripts` are those below `assets` that it needs, `content` is HTML that the server made.

    A placeholder without a string is an error, so that no page shows a gap.
    """
    strings = read_plain_strings(LANGUAGE)
    body = _Dotted(_frame_asks(_template(f"{page.name}.html"))).substitute(strings, content=content)
    return _Dotted(_template("shell.html")).substitute(
        strings,
        language=LANGUAGE,
        page=page.name,
        title=strings[f"nav.{page.name}"],
        assets=assets,
        preloads="\n".join(f'<link rel="modulepreload" href="{assets}/{script}">' for script in scripts),
        icons=_template("icons.svg"),
        nav="\n".join(_link(each, strings, current=each is page) for each in PAGES),
        version=__version__,
        body=body,
    )


def _frame_asks(template: str) -> str:
    """The template with each `<ask id title>` fields `</ask>` of it as the dialog that `ask(id)` of dialog.js shows."""
    frame = _Dotted(_template("ask.html"))
    return _ASK.sub(lambda found: frame.safe_substitute(found.groupdict()), template)


def _link(page: Page, strings: dict[str, str], *, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    icon = f'<svg class="icon" aria-hidden="true"><use href="#i-{page.name}"/></svg>'
    return f'<li><a href="{page.paths[0]}"{mark}>{icon}{strings[f"nav.{page.name}"]}</a></li>'


def _template(name: str) -> str:
    return (HERE / "templates" / name).read_text(encoding="utf-8")
