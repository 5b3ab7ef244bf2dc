"""`/v1/conversations` over a real record: turns are kept with their results, and a follow-up leans on them."""

from fastapi.testclient import TestClient


def begin(client: TestClient, title: str = "Kyiv") -> str:
    done = client.post("/v1/conversations", json={"title": title})
    assert done.status_code == 201, done.text
    return f"/v1/conversations/{done.json()['id']}"


def test_a_question_and_a_claim_are_kept_with_what_was_shown(client: TestClient, story_id: str) -> None:
    path = begin(client)
    asked = client.post(f"{path}/turns", json={"kind": "question", "said": "Who met Volodymyr Zelenskyy in Kyiv?"})
    checked = client.post(f"{path}/turns", json={"kind": "claim", "said": "Kishida has met Putin seven times."})
    assert story_id in checked.text
    assert checked.json()["report"]["label"] == "refuted"
    assert client.get(path).json()["turns"] == [asked.json(), checked.json()]


def test_a_follow_up_is_understood_by_the_turns_before(client: TestClient, story_id: str) -> None:
    path = begin(client)
    client.post(f"{path}/turns", json={"kind": "question", "said": "How often has Fumio Kishida met Putin?"})
    followed = client.post(f"{path}/turns", json={"kind": "question", "said": "And where did he meet Zelenskyy?"})
    assert "Kishida" in followed.json()["answer"]["rewritten"]


def test_a_turn_streams_its_stages_and_ends_in_what_was_kept(client: TestClient, story_id: str) -> None:
    path = begin(client)
    body = {"kind": "claim", "said": "Kishida has met Putin five times."}
    events = client.post(f"{path}/turns", json=body, headers={"Accept": "text/event-stream"}).text
    assert "event: stage" in events
    assert '"kind":"claim"' in events.split("event: result")[1]


def test_conversations_are_listed_renamed_and_deleted(client: TestClient) -> None:
    path = begin(client, "First")
    begin(client, "Second")
    listed = client.get("/v1/conversations", params={"limit": 1}).json()
    assert [each["title"] for each in listed["conversations"]] == ["Second"]
    assert client.patch(path, json={"title": "Renamed"}).json()["title"] == "Renamed"
    assert (
        client.get("/v1/conversations", params={"cursor": listed["next"]}).json()["conversations"][0]["title"]
        == "Renamed"
    )
    assert client.delete(path).status_code == 204
    assert client.get(path).json()["code"] == "conversation_not_found"


def test_a_turn_without_words_or_with_another_kind_is_refused(client: TestClient) -> None:
    path = begin(client)
    for body in ({"kind": "question", "said": " "}, {"kind": "riddle", "said": "What?"}, {"kind": "claim", "said": ""}):
        assert client.post(f"{path}/turns", json=body).status_code == 422
    assert client.patch(path, json={"title": "   "}).status_code == 422


def test_a_checked_claim_is_drafted_as_a_claim_review_and_an_answer_is_not(client: TestClient, story_id: str) -> None:
    path = begin(client)
    client.post(f"{path}/turns", json={"kind": "question", "said": "Who met Volodymyr Zelenskyy in Kyiv?"})
    client.post(f"{path}/turns", json={"kind": "claim", "said": "Kishida has met Putin seven times."})
    assert client.get(f"{path}/turns/1/claimreview").status_code == 404
    draft = client.get(f"{path}/turns/2/claimreview")
    assert draft.headers["content-type"] == "application/ld+json"
    review = draft.json()
    assert (review["creativeWorkStatus"], review["reviewRating"]["ratingValue"]) == ("Draft", 1)
    assert "datePublished" not in review
    assert "“Kishida has met Putin five times.” (" in review["reviewBody"]
    client.post(f"{path}/turns", json={"kind": "claim", "said": "</script><script>alert(1)</script> is a claim."})
    assert "<" not in client.get(f"{path}/turns/3/claimreview").text
