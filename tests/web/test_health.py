"""Health tells the process from the desk, and the description of the API holds together."""

from fastapi.testclient import TestClient

from service.desk import Desk
from tests.index.fake import MemoryIndex


def test_a_desk_that_works_is_ready(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {"status": "ok", "degraded": False, "problem": None, "waiting": 0}


def test_without_its_index_it_is_ready_and_says_degraded(client: TestClient, desk: Desk, story_id: str) -> None:
    assert isinstance(desk.index, MemoryIndex)
    desk.index.down = True
    assert client.post("/v1/check", json={"claim": "The talks lasted three hours."}).json()["degraded"]
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["degraded"]) == (200, True)


def test_info_names_models_and_limits(client: TestClient, story_id: str) -> None:
    info = client.get("/v1/info").json()
    assert info["models"] == {
        "embedder": "hashed-stems", "judge": "rules-1", "answerer": "extractive-1", "remote": None,
    }  # fmt: skip
    assert (info["backend"], info["thresholds"]["fact_check_confirmed"]["value"]) == ("local", 0.85)
    assert info["sentences"] > 0


def test_every_reference_in_the_description_leads_somewhere(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    wanted = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert wanted <= schemas.keys()
