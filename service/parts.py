"""Each part of a desk, made when it is first asked for, and all of them ended together."""

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from service.errors import LlmMisconfigured
from service.ingest.originals import Originals
from service.ingest.reader import Reader
from service.ledgers import Books
from service.ports import Answerer, Detector, Embedder, Index, Judge, Record
from service.retrieve.guard import IndexGuard
from service.run import Run
from service.settings import Settings
from service.wiring import Parts

if TYPE_CHECKING:
    from service.backends.llm.embedder import Embeddings
    from service.backends.llm.model import Model


class OpenParts:
    """What the verbs of a desk work with. Use it in a `with` block, or close it: it may start an index server."""

    def __init__(self, settings: Settings, parts: Parts, *, rebuild_inline: bool = True) -> None:
        self.settings = settings
        self._parts = parts
        self._rebuild_inline = rebuild_inline

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.settings)

    @cached_property
    def books(self) -> Books:
        return self._parts.books()

    @property
    def record(self) -> Record:
        return self.books.record

    @property
    def originals(self) -> Originals:
        """What the articles were made from, where that cannot be fetched again."""
        return self._parts.originals

    @cached_property
    def index(self) -> Index:
        return self._parts.index()

    @cached_property
    def embedder(self) -> Embedder:
        """On the local user's account, where it costs anything."""
        return self.embeddings.on_account(Run()) if self.embeddings else self._parts.embedder()

    @cached_property
    def embeddings(self) -> "Embeddings | None":
        """The remote embedding model, where one takes the local one's place."""
        return self._parts.embeddings(self.books) if self._parts.embeddings else None

    def embedder_of(self, run: Run) -> Embedder:
        """The embedder on that run's account. Raises BadSettings where a budget is to be kept without a price."""
        return self.embeddings.on_account(run) if self.embeddings else self.embedder

    @cached_property
    def judge(self) -> Judge:
        return self._parts.judge()

    @cached_property
    def answerer(self) -> Answerer:
        return self._parts.answerer()

    @cached_property
    def detector(self) -> Detector:
        return self._parts.detector()

    @cached_property
    def model(self) -> "Model | None":
        """The remote model of the llm backend; its `breaker.problem` is why it does not answer now, if it does not."""
        return self._parts.model(self.books) if self._parts.model else None

    @property
    def model_misconfigured(self) -> str | None:
        """What somebody must mend before the remote model answers again: its key, its name or its address."""
        problem = self.model.breaker.problem if self.model else None
        return str(problem) if isinstance(problem, LlmMisconfigured) else None

    @cached_property
    def guard(self) -> IndexGuard:
        return IndexGuard(self.record, self.index, rebuild_inline=self._rebuild_inline)

    def prepare(self) -> None:
        """Makes every part now; after that the desk is safe to use from many threads."""
        _ = (self.guard, self.embedder, self.judge, self.answerer, self.detector, self.model)

    def close(self) -> None:
        """Ends what was started: the index server, the readers of files, the connections."""
        if (model := self.__dict__.get("model")) is not None:  # a cached part that was made
            model.streamer.close()
        if (embeddings := self.__dict__.get("embeddings")) is not None:
            embeddings.close()
        if "index" in self.__dict__:
            self.index.close()
        if "books" in self.__dict__:
            self.record.close()
        if "reader" in self.__dict__:
            self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
