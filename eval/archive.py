"""Articles become the archive of a desk that lives as long as a measurement."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.remote import open_remembering
from service.desk import Desk
from service.domain.article import Article
from service.settings import Settings


@contextmanager
def open_archive(articles: Iterable[Article], settings: Settings) -> Iterator[Desk]:
    """A desk whose archive they are, in a folder of its own that is removed again."""
    with TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "database_url": None, "chroma_url": None})
        with open_remembering(own, settings) as desk:
            for article in articles:
                vectors = desk.embedder.embed([sentence.text for sentence in article.evidence])
                desk.record.add(article, vectors, desk.embedder.id)
            desk.reindex()
            yield desk
