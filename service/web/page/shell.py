"""A page's template and the strings of its language become its HTML."""

import json
from html import escape
from string import Template

from service import __version__
from service.domain.base import Frozen
from service.web.page.assets import HERE

LANGUAGE = "en"


class Page(Frozen):
    """One page: its name is also that of its template, style and script."""

    name: str
    paths: tuple[str, ...]


PAGES = (
    Page(name="chat", paths=("/", "/c/{conversation}")),
    Page(name="review", paths=("/review",)),
    Page(name="archive", paths=("/archive",)),
    Page(name="desk", paths=("/desk",)),
    Page(name="quality", paths=("/quality",)),
)


class _Dotted(Template):
    """`${chat.send}` names a string; nothing else is filled in."""

    braceidpattern = r"[a-z_]+(?:\.[a-z_]+)?"


def render(page: Page, assets: str) -> str:
    """The whole document. A placeholder without a string is an error, so that no page shows a gap."""
    strings = read_strings(LANGUAGE)
    body = _Dotted(_template(f"{page.name}.html")).substitute(strings)
    return _Dotted(_template("shell.html")).substitute(
        strings,
        language=LANGUAGE,
        page=page.name,
        title=strings[f"nav.{page.name}"],
        assets=assets,
        icons=_template("icons.svg"),
        nav="\n".join(_link(each, strings, current=each is page) for each in PAGES),
        version=escape(__version__),
        body=body,
    )


def read_strings(language: str) -> dict[str, str]:
    """The plain strings of a language, as "group.name", escaped for HTML."""
    groups: dict[str, dict[str, str | dict[str, str]]] = json.loads(_read(f"strings/{language}.json"))
    return {
        f"{group}.{name}": escape(text)
        for group, texts in groups.items()
        for name, text in texts.items()
        if isinstance(text, str)
    }


def _link(page: Page, strings: dict[str, str], *, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    icon = f'<svg class="icon" aria-hidden="true"><use href="#i-{page.name}"/></svg>'
    return f'<li><a href="{page.paths[0]}"{mark}>{icon}{strings[f"nav.{page.name}"]}</a></li>'


def _template(name: str) -> str:
    return _read(f"templates/{name}")


def _read(path: str) -> str:
    return (HERE / path).read_text(encoding="utf-8")
