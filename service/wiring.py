"""The settings become the parts of a desk: which implementation stands behind each port."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr

from service.backends.local.answerer import ExtractiveAnswerer
from service.backends.local.backend import LocalBackend
from service.backends.local.detector import RulesDetector
from service.backends.local.embedder import LocalEmbedder
from service.backends.local.judge import LocalJudge
from service.backends.local.rewriter import rewrite
from service.books import open_books_of
from service.check.decompose import decompose
from service.domain.usage import Account
from service.errors import BadSettings, NoRemoteModel
from service.index.chroma import open_index
from service.ingest.originals import Originals
from service.ledgers import Books
from service.ports import Answerer, Backend, Detector, Embedder, Index, Judge, PaidEmbedder
from service.run import Run
from service.settings import Settings
from service.tenancy import Place

if TYPE_CHECKING:
    from service.backends.llm.embedder import Embeddings
    from service.backends.llm.model import Model
    from service.backends.llm.wire import Endpoint


@dataclass(frozen=True)
class Parts:
    """How to make each part; none is made before it is used, so that a review of a file opens no database."""

    books: Callable[[], Books]
    index: Callable[[], Index]
    embedder: Callable[[], Embedder]
    judge: Callable[[], Judge]
    answerer: Callable[[], Answerer]
    originals: Originals
    detector: Callable[[], Detector] = RulesDetector
    model: "Callable[[Books], Model] | None" = None  # of the llm backend; None: the local parts do everything
    embeddings: "Callable[[Books], Embeddings] | None" = None  # of a remote model, in the place of `embedder`


def choose_parts(settings: Settings, place: Place) -> Parts:
    """The parts that the settings ask for. Raises BadSettings where they are incomplete."""
    remote = settings.backend == "llm"
    if remote:
        _require_endpoint(settings)  # now, rather than with the first question
    return Parts(
        books=partial(open_books_of, settings, place),
        index=partial(open_index, place.folder, settings.chroma_url, place.collection),
        embedder=partial(LocalEmbedder, settings.threads),
        judge=partial(LocalJudge, settings.threads, settings.judge),
        answerer=ExtractiveAnswerer,
        originals=Originals(place.originals),
        model=partial(open_model, settings) if remote else None,
        embeddings=partial(open_embeddings, settings) if settings.llm_embedding_model else None,
    )


def choose_backend(
    judge: Judge, answerer: Answerer, detector: Detector, embedder: Embedder, model: "Model | None", run: Run
) -> Backend:
    """The tasks of one run.

    Raises BadSettings where a budget is to be kept and the model has no price, NoRemoteModel where the run wants one
    and the desk asks none.
    """
    local = LocalBackend(
        id=f"local: {embedder.id}, {answerer.id}, {judge.id}",
        judge=judge,
        answerer=answerer,
        detector=detector,
        decompose=decompose,
        rewrite=rewrite,
        account=embedder.account if isinstance(embedder, PaidEmbedder) else Account,
    )
    if model is None:
        if run.llm_only:
            raise NoRemoteModel(
                "This desk asks no remote model. Set CLAIMDESK_BACKEND=llm, or do not ask for llm_only."
            )
        return local
    from service.backends.llm.backend import for_run

    return for_run(model, local, run)


def open_model(settings: Settings, books: Books) -> "Model":
    """The remote model of the settings, paid through those books. Close its streamer. Raises BadSettings."""
    # Imported here because LangChain and openai take seconds, which the local backend need not spend.
    from service.backends.llm.model import Model
    from service.backends.llm.stream import Streamer

    endpoint = _endpoint(settings, _require_endpoint(settings))
    return Model(
        endpoint,
        Streamer(endpoint),
        books.costs,
        books.answers,
        price=settings.llm_prices.get(endpoint.model),
        budget_microusd=_budget(settings),
        remember=timedelta(days=settings.llm_cache_days),
    )


def open_embeddings(settings: Settings, books: Books) -> "Embeddings":
    """The remote embedding model of the settings, paid through those books. Close it."""
    from service.backends.llm.embedder import Embeddings

    endpoint = _endpoint(settings, settings.llm_embedding_model or "")
    return Embeddings(endpoint, books.costs, settings.llm_prices.get(endpoint.model), _budget(settings))


def _budget(settings: Settings) -> int | None:
    """The day's budget of a key without one, in millionths of a dollar."""
    budget = settings.llm_daily_budget_usd
    return None if budget is None else int(budget * 1_000_000)


def _require_endpoint(settings: Settings) -> str:
    """The name of the model. Raises BadSettings."""
    if not settings.llm_model:
        raise BadSettings("The llm backend needs a model: set CLAIMDESK_LLM_MODEL to its name.")
    if not settings.openai_base_url.startswith(("http://", "https://")):
        raise BadSettings("OPENAI_BASE_URL is no address: it begins with http:// or https:// and usually ends in /v1.")
    if not settings.openai_api_key and "api.openai.com" in settings.openai_base_url:
        raise BadSettings("OpenAI needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL to a server of your own.")
    return settings.llm_model


def _endpoint(settings: Settings, model: str) -> "Endpoint":
    from service.backends.llm.wire import Endpoint

    return Endpoint(
        base_url=settings.openai_base_url.rstrip("/"),
        # A server of one's own asks for no key, but its clients must send one.
        api_key=settings.openai_api_key or SecretStr("none"),
        model=model,
        connect_s=settings.llm_connect_timeout_s,
        idle_s=settings.llm_idle_timeout_s,
        deadline_s=settings.llm_deadline_s,
        most_tokens=settings.llm_most_tokens,
    )
