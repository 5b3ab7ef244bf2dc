"""The files under assets/ and strings/ become what the server hands out, at an address made from their content."""

import hashlib
import re
from pathlib import Path
from posixpath import dirname, join, normpath

from service.domain.base import Frozen

HERE = Path(__file__).parent
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}
COMMON_SHEETS = ("tokens", "base", "shell", "evidence")
"""The style of every page, in its order."""

_IMPORT = re.compile(r"""^import .* from ["'](\.[^"']+)["'];$""", re.MULTILINE)


class Asset(Frozen):
    """One file as it is sent."""

    content: bytes
    media_type: str


def read_assets() -> dict[str, Asset]:
    """Every file that a page may load, by its path below the assets' address; the sample article is one."""
    return _read_files() | _join_sheets()


def _join_sheets() -> dict[str, Asset]:
    """A page's sheet behind those of every page, as one file: each request costs a first load several ms."""
    sheets = {path.stem: path.read_bytes() for path in (HERE / "assets" / "css").glob("*.css")}
    sheets["reference"] = (
        HERE / "reference.css"
    ).read_bytes()  # of the API's description, which is no page of the desk
    common = b"".join(sheets.pop(name) for name in COMMON_SHEETS)
    return {f"css/{name}.css": Asset(content=common + own, media_type=_TYPES[".css"]) for name, own in sheets.items()}


def _read_files() -> dict[str, Asset]:
    files = {path.relative_to(HERE / "assets").as_posix(): path for path in (HERE / "assets").rglob("*")}
    files |= {f"strings/{path.name}": path for path in (HERE / "strings").glob("*.json")}
    files |= {"sample.txt": HERE.parents[1] / "sample" / "voa-japan-russia-ukraine.txt"}
    return {
        name: Asset(content=path.read_bytes(), media_type=_TYPES[path.suffix])
        for name, path in sorted(files.items())
        if path.suffix in _TYPES and path.suffix != ".css"
    }


def address(assets: dict[str, Asset]) -> str:
    """A path that changes when any file does, so that a browser may keep them for good."""
    digest = hashlib.sha256()
    for name, asset in assets.items():
        digest.update(name.encode() + b"\0" + asset.content)
    return f"/assets/{digest.hexdigest()[:12]}"


def scripts_of(page: str, assets: dict[str, Asset]) -> list[str]:
    """The paths of a page's script and of all that it imports: a browser that knows them need not find one through
    the other."""
    found = [f"js/{page}.js"]
    for name in found:  # which grows on the way
        imported = _IMPORT.findall(assets[name].content.decode())
        found += [path for each in imported if (path := normpath(join(dirname(name), each))) not in found]
    return list(dict.fromkeys(found))
