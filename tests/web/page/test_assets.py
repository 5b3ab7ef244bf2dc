"""What a page is made of: its policy, its weight, and strings for everything that it says."""

import json
import re

import httpx2

from service.web.page.assets import HERE, read_assets, scripts_of
from service.web.page.shell import PAGES

SCRIPTS = HERE / "assets" / "js"
MOST_BYTES = 100_000  # of script and style, as they stand in their files


def test_all_pages_together_weigh_at_most_100_kb_of_our_own_script_and_style() -> None:
    """A vendored library, which has its licence beside it, is not ours."""
    assert (
        sum(file.stat().st_size for folder in ("js", "css") for file in (HERE / "assets" / folder).iterdir())
        <= MOST_BYTES
    )
    assert all((library / "LICENSE").is_file() for library in (HERE / "assets" / "vendor").iterdir())


def test_a_page_names_every_script_that_its_own_imports() -> None:
    assets = read_assets()
    for page in PAGES:
        scripts = scripts_of(page.name, assets)
        assert set(scripts) <= set(assets)
        assert len(scripts) == len(set(scripts))
    assert {"js/chat.js", "js/verdict.js", "vendor/diff-9.0.0/base.js"} <= set(scripts_of("chat", assets))


def test_a_page_has_one_sheet_that_holds_the_style_of_every_page() -> None:
    assets = read_assets()
    for page in PAGES:
        sheet = assets[f"css/{page.name}.css"].content
        assert sheet.index(b"@font-face") < sheet.index(b".shell {") < sheet.index(b".verdict {")
        assert sheet.endswith((HERE / "assets" / "css" / f"{page.name}.css").read_bytes())


def test_every_string_that_a_script_asks_for_is_there_and_every_other_is_gone() -> None:
    strings = json.loads((HERE / "strings" / "en.json").read_text())
    known = {f"{group}.{name}" for group, names in strings.items() for name in names}
    scripts = "\n".join(path.read_text() for path in [*SCRIPTS.glob("*.js"), *HERE.glob("*.py")])
    templates = "\n".join(path.read_text() for path in (HERE / "templates").glob("*.html"))
    asked = set(re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', scripts)) & known
    called = set(re.findall(r'\bt\("([a-z_]+\.[a-z_0-9]+)"', scripts))
    assert called <= known
    chosen = set(re.findall(r"\bt\(`([a-z_]+)\.", scripts))  # by a value, as `labels.${label}`
    assert chosen <= set(strings)
    groups = chosen | {"nav", "quality"}
    prefixes = tuple(re.findall(r"`([a-z_]+\.[a-z_]+)\$\{", scripts))
    unused = {
        name for name in known - asked
        if f"${{{name}}}" not in templates and name.split(".")[0] not in groups and not name.startswith(prefixes)
    }  # fmt: skip
    assert not unused


def test_the_policy_lets_nothing_foreign_run(site: str) -> None:
    home = httpx2.get(site)
    policy = home.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "trusted-types 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?://(?!www\.w3\.org)", home.text)
    assert httpx2.get(f"{site}/assets/0/js/none.js").status_code == 404
