"""The page of the API's description is whole, leads only to itself, and runs nothing."""

import re

from fastapi.testclient import TestClient

from service.web.page.reference import build_reference


def test_every_route_and_schema_is_there_and_every_link_leads_somewhere(client: TestClient) -> None:
    description, done = client.get("/openapi.json").json(), client.get("/docs")
    assert (done.status_code, done.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = done.text
    for path, methods in description["paths"].items():
        for method in methods:
            assert f"<strong>{method.upper()}</strong> <code>{path}</code>" in page
    for name in description["components"]["schemas"]:
        assert f'id="schema-{name}"' in page
    places = set(re.findall(r'id="([^"]+)"', page))
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert {link[1:] for link in links if link.startswith("#")} <= places
    outside = [link for link in links if not link.startswith("#")]
    style, icon, whole = outside
    assert client.get(style).headers["content-type"].startswith("text/css")
    assert client.get(icon).headers["content-type"] == "image/svg+xml"
    assert whole == "/openapi.json"
    assert "<script" not in page
    assert "default-src 'none'" in done.headers["content-security-policy"]


def test_what_a_description_says_is_text() -> None:
    said = {"tags": ["<b>"], "summary": "x", "description": "<script>alert(1)</script>", "responses": {}}
    description = {
        "openapi": "3.1.0",
        "info": {"title": "<i>", "version": "1", "description": "&"},
        "paths": {"/<p>": {"get": said}},
        "components": {"schemas": {}},
    }
    page = build_reference(description, "/assets")
    assert "<script" not in page
    assert "<i>" not in page


def test_no_other_page_of_the_framework_is_served(client: TestClient) -> None:
    assert client.get("/redoc").status_code == 404
    assert client.get("/docs/oauth2-redirect").status_code == 404
