"""A desk on the real parts: SQLite, Chroma in its own process, the embedder that travels with the package."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.desk import Desk, open_desk
from service.settings import Settings

SAMPLE = Path(__file__).parents[2] / "service" / "sample" / "voa-japan-russia-ukraine.txt"


@pytest.fixture(scope="session")
def sample_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk with the sample article taken in."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("desk"), threads=1, _env_file=None)
    with open_desk(settings) as desk:
        result = desk.ingest([str(SAMPLE)])
        assert not result.failed
        assert result.indexed
        yield desk
