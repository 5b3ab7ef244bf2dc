"""The app gets the pages and their assets, each with the headers that let nothing foreign run."""

from http import HTTPStatus

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse, Response

from service.domain.key import MAIN_DESK
from service.web.page.assets import address, read_assets, scripts_of
from service.web.page.figures import draw_figures
from service.web.page.reference import build_reference
from service.web.page.shell import PAGES, QUALITY, render
from service.web.page.strings import LANGUAGE, strings_of
from service.web.quality import measured_of
from service.web.serving import Shared

# Trusted Types without a policy: a string can reach the document as text only, or the browser refuses.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
GUARDS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}  # the address changes with the content


def mount(app: FastAPI) -> None:
    """Adds a route for each page and one for the assets; none stands in the API's description."""
    assets = read_assets()
    root = address(assets)
    t = strings_of(LANGUAGE)

    def add(path: str, name: str, html: str) -> None:
        app.get(path, include_in_schema=False, name=name)(lambda: _send(html))

    for page in PAGES:
        if page is not QUALITY:
            html = render(page, root, scripts_of(page.name, assets))
            for path in page.paths:
                add(path, page.name, html)

    @app.get(QUALITY.paths[0], include_in_schema=False)
    def quality(serving: Shared) -> HTMLResponse:
        figures = draw_figures(measured_of(serving.desks.desk(MAIN_DESK)), t)
        return _send(render(QUALITY, root, scripts_of(QUALITY.name, assets), figures))

    @app.get("/docs", include_in_schema=False)
    def reference() -> HTMLResponse:
        return _send(build_reference(app.openapi(), root))

    @app.get(f"{root}/{{path:path}}", include_in_schema=False)
    async def asset(path: str) -> Response:  # it waits for nothing: a thread of its own would take longer than it does
        if path not in assets:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        found = assets[path]
        return Response(found.content, media_type=found.media_type, headers=GUARDS | FOR_A_YEAR)


def _send(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers=GUARDS | {"Cache-Control": "no-cache"})
