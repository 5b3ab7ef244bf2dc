"""Desks over a real record, with an index and an embedder that need no server and no weights."""

from functools import partial

from service.backends.local.answerer import ExtractiveAnswerer
from service.backends.local.rules import RulesJudge
from service.books import open_books_of
from service.desk import Desk
from service.domain.key import MAIN_DESK
from service.ingest.originals import Originals
from service.record.books import open_books
from service.settings import Settings
from service.tenancy import place_of
from service.wiring import Parts, open_embeddings, open_model
from tests.fakes import HashEmbedder
from tests.index.fake import MemoryIndex


def make_desk(settings: Settings, desk_id: str = MAIN_DESK) -> Desk:
    """The desk with that id in the settings' folder or database."""
    place = place_of(settings, desk_id)
    return Desk(
        settings,
        Parts(
            books=partial(open_books_of, settings, place),
            index=MemoryIndex,
            embedder=HashEmbedder,
            judge=RulesJudge,
            answerer=ExtractiveAnswerer,
            originals=Originals(place.originals),
        ),
        rebuild_inline=False,
    )


def make_llm_desk(settings: Settings) -> Desk:
    """The desk of the settings' record, with the remote models that they name."""
    return Desk(
        settings,
        Parts(
            books=partial(open_books, settings.record_url),
            index=MemoryIndex,
            embedder=HashEmbedder,
            judge=RulesJudge,
            answerer=ExtractiveAnswerer,
            originals=Originals(settings.data_dir / "originals"),
            model=partial(open_model, settings),
            embeddings=partial(open_embeddings, settings) if settings.llm_embedding_model else None,
        ),
    )
