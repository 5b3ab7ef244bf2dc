"""Articles come in as files or JSON, are listed in pages, read with an ETag, and withdrawn."""

import json

import pytest
from fastapi.testclient import TestClient

from service.domain.key import MAIN_DESK
from service.ingest.reader import Reader
from service.settings import Settings
from service.tenancy import place_of
from tests.web.conftest import STORY


def lines(*stories: dict[str, str]) -> bytes:
    return b"\n".join(json.dumps(story).encode() for story in stories)


class TestTakingIn:
    def test_several_files_come_in_at_once_and_the_unreadable_one_is_named(self, client: TestClient) -> None:
        files = [("file", ("a.txt", STORY)), ("file", ("b.pdf", "no pdf")), ("file", ("c.md", "# Port\n\nIt opened."))]
        done = client.post("/v1/articles", files=files)
        assert done.status_code == 201
        assert [article["status"] for article in done.json()["articles"]] == ["added", "added"]
        assert [(each["source"], each["code"]) for each in done.json()["failed"]] == [("b.pdf", "unreadable_file")]

    def test_the_same_file_again_is_unchanged_and_another_one_of_its_name_is_another_article(
        self, client: TestClient
    ) -> None:
        first = client.post("/v1/articles", files={"file": ("article.txt", STORY)})
        again = client.post("/v1/articles", files={"file": ("article.txt", STORY)})
        other = client.post("/v1/articles", files={"file": ("article.txt", "The port opened. It was late.")})
        assert (again.status_code, again.json()["articles"][0]["status"]) == (200, "unchanged")
        assert other.json()["articles"][0]["id"] != first.json()["articles"][0]["id"]

    def test_an_archive_of_lines_is_one_article_a_line(self, client: TestClient) -> None:
        archive = lines(
            {"text": "One opened.", "url": "https://a.example/1"}, {"text": ""}, {"text": "Two.", "id": "2"}
        )
        done = client.post("/v1/articles", files={"file": ("archive.jsonl", archive)})
        assert len(done.json()["articles"]) == 2
        assert [each["code"] for each in done.json()["failed"]] == ["empty_page"]

    def test_the_same_address_with_other_text_is_the_next_version(self, client: TestClient, story_id: str) -> None:
        done = client.post("/v1/articles", json={"text": STORY + "\nIt ended.", "url": "https://news.example/kyiv"})
        assert [(a["id"], a["version"], a["status"]) for a in done.json()["articles"]] == [(story_id, 2, "updated")]
        versions = client.get(f"/v1/articles/{story_id}/versions").json()["versions"]
        assert [(each["version"], each["current"]) for each in versions] == [(1, False), (2, True)]

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ({"url": "http://127.0.0.1:80/"}, 422, "fetch_refused"),
            ({"url": "javascript:alert(1)"}, 422, "invalid_request"),
            ({"text": "a", "html": "b"}, 422, "invalid_request"),
            ({"url": "https://a.example", "title": "no text"}, 422, "invalid_request"),
            ({"text": "   "}, 422, "empty_page"),
            ({"text": "Half a \ud800 pair."}, 400, "malformed_request"),
            ({"text": "A \0 byte."}, 400, "malformed_request"),
            ({"texts": "x"}, 422, "invalid_request"),
            ({"text": "It opened.", "published": 0}, 422, "invalid_request"),  # no second of 1970
            ({"text": "It opened.", "published": "1700000000"}, 422, "invalid_request"),
            ([], 422, "invalid_request"),
        ],
    )
    def test_what_is_no_article_is_a_problem(self, client: TestClient, body: object, status: int, code: str) -> None:
        done = client.post("/v1/articles", content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert (done.status_code, done.json()["code"]) == (status, code)

    @pytest.mark.parametrize(
        ("files", "status", "code"),
        [
            ({"file": ("a.exe", b"MZ\0\0")}, 415, "unsupported_type"),
            ({"file": ("big.txt", b"x" * 100_001)}, 413, "input_too_large"),
            ({"file": ("a.jsonl", b"")}, 422, "nothing_taken_in"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_a_problem(
        self, client: TestClient, files: dict[str, tuple[str, bytes]], status: int, code: str
    ) -> None:
        done = client.post("/v1/articles", files=files)
        assert (done.status_code, done.json()["code"]) == (status, code)

    def test_another_media_type_is_refused(self, client: TestClient) -> None:
        done = client.post("/v1/articles", content=b"hello", headers={"Content-Type": "text/plain"})
        assert (done.status_code, done.json()["code"]) == (415, "unsupported_type")

    @pytest.mark.parametrize(
        "body", [b"--x\r\n", b"", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--']
    )
    def test_a_form_without_a_file_is_a_problem(self, client: TestClient, body: bytes) -> None:
        done = client.post("/v1/articles", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
        assert done.status_code in (400, 422)
        assert done.headers["content-type"] == "application/problem+json"

    def test_a_file_name_cannot_leave_its_folder_or_drive_a_terminal(self, client: TestClient) -> None:
        client.post("/v1/articles", files={"file": ("../../etc/\x1b[2Jpasswd.txt", STORY)})
        (article,) = client.get("/v1/articles").json()["articles"]
        assert article["source"].partition("/")[2] == "[2Jpasswd.txt"


class TestReading:
    def test_pages_of_the_list_hold_every_article_once(self, client: TestClient) -> None:
        archive = lines(*({"text": f"Story {n} opened.", "id": str(n)} for n in range(5)))
        client.post("/v1/articles", files={"file": ("archive.jsonl", archive)})
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while cursor is not None:
            page = client.get("/v1/articles", params={"limit": 2, **cursor}).json()
            seen += [article["id"] for article in page["articles"]]
            cursor = {"cursor": page["next"]} if page["next"] else None  # type: ignore[assignment]
        assert len(seen) == len(set(seen)) == 5

    @pytest.mark.parametrize("cursor", ["x", "djE6", "djE6OTk5OTk5OTk5OTk5", "é", "djE6LTE"])
    def test_a_cursor_that_was_never_handed_out_is_a_problem(self, client: TestClient, cursor: str) -> None:
        done = client.get("/v1/articles", params={"cursor": cursor})
        assert (done.status_code, done.json()["code"]) == (422, "bad_cursor")

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ({"q": "minister kishida"}, True),
            ({"q": "minister putin berlin"}, False),
            ({"source": "news.example"}, True),
            ({"section": "comment"}, False),
            ({"published_from": "2023-03-22"}, False),
        ],
    )
    def test_filters_narrow_the_list(
        self, client: TestClient, story_id: str, filters: dict[str, str], found: bool
    ) -> None:
        articles = client.get("/v1/articles", params=filters).json()["articles"]
        assert [article["id"] for article in articles] == ([story_id] if found else [])

    def test_every_sentence_is_the_text_at_its_offsets(self, client: TestClient, story_id: str) -> None:
        text = client.get(f"/v1/articles/{story_id}/text").text
        sentences = client.get(f"/v1/articles/{story_id}/sentences").json()["sentences"]
        assert sentences
        assert all(text[each["start"] : each["end"]] == each["text"] for each in sentences)

    def test_sentences_come_in_pages_of_one_section(self, client: TestClient, story_id: str) -> None:
        url = f"/v1/articles/{story_id}/sentences"
        first = client.get(url, params={"section": "body", "limit": 1}).json()
        rest = client.get(url, params={"section": "body", "cursor": first["next"]}).json()
        assert [each["text"] for each in first["sentences"] + rest["sentences"]][-1] == "The talks lasted three hours."
        assert rest["next"] is None

    @pytest.mark.parametrize("given", ["{tag}", "W/{tag}", 'W/"x", {tag}', "*"])
    def test_an_article_that_did_not_change_is_not_sent_again(
        self, client: TestClient, story_id: str, given: str
    ) -> None:
        tag = client.get(f"/v1/articles/{story_id}").headers["ETag"]
        again = client.get(f"/v1/articles/{story_id}", headers={"If-None-Match": given.format(tag=tag)})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)

    def test_an_unknown_article_is_not_found(self, client: TestClient) -> None:
        for path in ("", "/text", "/versions", "/sentences"):
            done = client.get(f"/v1/articles/nobody{path}")
            assert (done.status_code, done.json()["code"]) == (404, "article_not_found")


class TestWithdrawing:
    def test_a_withdrawn_article_is_gone_from_lists_and_answers(self, client: TestClient, story_id: str) -> None:
        question = {"question": "How many times has Kishida met Putin?"}
        assert client.post("/v1/ask", json=question).json()["citations"]
        done = client.delete(f"/v1/articles/{story_id}")
        assert "citations still open" in done.json()["effect"]
        assert client.get("/v1/articles").json()["articles"] == []
        assert client.get(f"/v1/articles/{story_id}").status_code == 404
        assert client.post("/v1/ask", json=question).json()["abstained"]
        assert client.delete(f"/v1/articles/{story_id}").status_code == 404

    def test_an_old_citation_still_opens_the_words_that_it_cited(self, client: TestClient, story_id: str) -> None:
        (citation,) = client.post("/v1/check", json={"claim": "The talks lasted three hours."}).json()["citations"]
        client.delete(f"/v1/articles/{story_id}")
        article = client.get(f"/v1/articles/{story_id}", params={"version": citation["version"]}).json()
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]

    def test_it_can_be_taken_in_again(self, client: TestClient, story_id: str) -> None:
        client.delete(f"/v1/articles/{story_id}")
        done = client.post("/v1/articles", json={"text": STORY, "url": "https://news.example/kyiv"})
        assert [(each["id"], each["version"]) for each in done.json()["articles"]] == [(story_id, 2)]


class TestReadingAnew:
    def test_a_file_is_read_as_it_came(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        taken = client.post("/v1/articles", files={"file": ("kyiv.txt", STORY)}).json()["articles"][0]
        path = f"/v1/articles/{taken['id']}/reprocess"
        assert client.post(path).json()["articles"][0]["status"] == "unchanged"
        extract = Reader.extract
        better = {"byline": "By Ana"}  # what a later Claimdesk would find in the same file
        monkeypatch.setattr(Reader, "extract", lambda *given: extract(*given).model_copy(update=better))
        again = client.post(path).json()["articles"][0]
        assert (again["status"], again["version"]) == ("updated", 2)

    def test_what_it_was_made_from_goes_with_the_article(self, client: TestClient, settings: Settings) -> None:
        taken = client.post("/v1/articles", files={"file": ("kyiv.txt", STORY)}).json()["articles"][0]
        folder = place_of(settings, MAIN_DESK).originals
        assert [path.stem for path in folder.iterdir()] == [taken["id"]]
        client.delete(f"/v1/articles/{taken['id']}")
        assert list(folder.iterdir()) == []

    def test_an_article_that_is_not_there_is_a_404(self, client: TestClient) -> None:
        assert client.post("/v1/articles/nobody/reprocess").json()["code"] == "article_not_found"
