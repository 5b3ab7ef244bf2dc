"""The desk: the verbs over one record and one index, wired here and nowhere else.

LangChain and SQLAlchemy take long to import: whoever needs them imports them, so that a review need not wait.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import BinaryIO

from service.domain.article import Article, ArticleSummary
from service.domain.chat import Turn
from service.domain.key import MAIN_DESK
from service.domain.report import Answer, Failure, Ingested, Report, Review
from service.errors import ArticleNotFound, EmptyPage, IndexUnavailable, InputError
from service.ingest.document import Document
from service.ingest.pipeline import require, take
from service.ingest.read import Unread, is_address, is_url
from service.parts import OpenParts
from service.ports import Backend, Embedder
from service.requests import require_text
from service.retrieve.indexing import rebuild, sync
from service.retrieve.search import Found, Scope, Searcher
from service.review.archive import Archive
from service.review.options import ReviewOptions
from service.review.pipeline import review
from service.run import Run
from service.settings import Settings
from service.tenancy import place_of
from service.wiring import choose_backend, choose_parts

LONGEST_QUERY = 2_000  # characters of a search


def open_desk(settings: Settings, desk_id: str = MAIN_DESK, *, serving: bool = False) -> "Desk":
    """That desk, on the backend of the settings. Use it in a `with` block, or close it: it may start an index server.

    Raises InputError for a bad id, BadSettings for an incomplete backend. A desk that is new is made. `serving` is
    for a process that stays: a broken index is rebuilt beside the searches.
    """
    return Desk(settings, choose_parts(settings, place_of(settings, desk_id)), rebuild_inline=not serving)


class Desk(OpenParts):
    """Ingests articles, answers questions, checks claims and reviews copy."""

    def _searcher(self, embedder: Embedder, run: Run) -> Searcher:
        return Searcher(self.record, self.index, embedder, self.guard, llm_only=run.llm_only)

    def ingest(
        self,
        sources: Sequence[str],
        *,
        stdin: BinaryIO | None = None,
        progress: Callable[[str], None] | None = None,
        run: Run | None = None,
    ) -> Ingested:
        """Takes in files, folders, addresses and "-" (stdin). What cannot be read is in `failed`.

        An article in the result is durable. `progress` is told of each source when it is done.
        Raises Unavailable or Misconfigured when the record itself cannot take anything.
        """
        return self.take(self.reader.read(sources, stdin), progress, run)

    def take(
        self,
        documents: Iterable[Document | Unread],
        progress: Callable[[str], None] | None = None,
        run: Run | None = None,
    ) -> Ingested:
        """Takes in documents that were read, like `ingest`."""
        embedder = self.embedder_of(run or Run())
        return take(documents, self.reader.extract, self.record, embedder, self.push, progress, self.originals.keep)

    def reprocess(self, article_id: str, *, run: Run | None = None) -> Ingested:
        """Reads an article anew, out of what it was made from: a web address is fetched again, a file was kept.

        Raises ArticleNotFound for one that is not there, or whose document was taken in before documents were kept.
        """
        source = self.record.article(article_id).source
        kept = self.originals.find(article_id)
        if kept is None and not is_url(source):
            raise ArticleNotFound(f"What {source} was made from was not kept. Hand it in again to have it read anew.")
        return self.take([kept] if kept else self.reader.read([source]), run=run)

    def withdraw(self, article_id: str) -> None:
        """Takes an article out of lists, search and evidence; its text stays for what cited it, its file is deleted.

        Raises ArticleNotFound.
        """
        self.record.withdraw(article_id)
        self.originals.discard(article_id)

    def ask(self, question: str, as_of: date | None = None, *, run: Run | None = None) -> Answer:
        """Answers out of the archive with citations, or abstains. Raises EmptyText, InputTooLarge, Cancelled."""
        return self.chat((), question, as_of, run=run)

    def chat(
        self, history: Sequence[Turn], question: str, as_of: date | None = None, *, run: Run | None = None
    ) -> Answer:
        """Answers a question that may lean on earlier turns, oldest first; `rewritten` tells how it was understood."""
        from service.ask.chain import AskRequest, build_ask_chain
        from service.ask.chat import build_chat_chain

        run = run or Run()
        embedder = self.embedder_of(run)
        backend = self._backend(run, embedder)
        steps = build_ask_chain(self._searcher(embedder, run), backend, self.record, run)
        return build_chat_chain(steps, history, backend, run).invoke(AskRequest(question=question, as_of=as_of))

    def check(
        self,
        claim: str,
        as_of: date | None = None,
        *,
        without_articles: Collection[str] = (),
        run: Run | None = None,
    ) -> Report:
        """Judges a claim by the archive as it stood on `as_of`. Raises EmptyText, InputTooLarge, Cancelled."""
        from service.check.chain import CheckRequest, build_check_chain

        run = run or Run()
        embedder = self.embedder_of(run)
        steps = build_check_chain(self._searcher(embedder, run), self._backend(run, embedder), self.record, run)
        return steps.invoke(CheckRequest(claim=claim, as_of=as_of, without_articles=frozenset(without_articles)))

    def _backend(self, run: Run, embedder: Embedder) -> Backend:
        """The tasks of one run, whose bill holds what the embedder costs."""
        return choose_backend(self.judge, self.answerer, self.detector, embedder, self.model, run)

    def review(
        self,
        article: Article,
        options: ReviewOptions | None = None,
        *,
        against_archive: bool = False,
        run: Run | None = None,
    ) -> Review:
        """Reads an article, stored or not, against itself; and against the archive where that is asked for."""
        if not against_archive:
            return review(article, options)
        return review(article, options, self._archive(run or Run()))

    def own_articles(self, article: Article) -> frozenset[str]:
        """The ids of an article and of its stored copies: none of them is evidence for what it says."""
        return self._archive(Run()).without(article).own

    def _archive(self, run: Run) -> Archive:
        return Archive(self.record, self._backend(run, self.embedder_of(run)).detector, partial(self.check, run=run))

    def open_article(self, target: str, *, stdin: BinaryIO | None = None) -> Article:
        """The article at a path, an address or "-", read but not stored; or the stored one with that id.

        Raises an InputError when it cannot be read, ArticleNotFound when there is no such file or id.
        """
        if not is_address(target):
            try:
                return self.record.article(target)
            except ArticleNotFound as error:
                raise ArticleNotFound(
                    f"{target!r} is neither a file nor the id of a stored article. `claimdesk articles` lists the ids."
                ) from error
        for document in self.reader.read([target], stdin):
            return self.reader.article(require(document))
        raise EmptyPage(f"{target} holds no article.")

    def open_articles(self, targets: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[Article | Failure]:
        """Every article of files, folders, addresses, "-" and ids, as `open_article`; one that fails is a Failure."""
        for target in targets:
            documents = self.reader.read([target], stdin) if is_address(target) else [None]
            for document in documents:
                try:
                    yield self.open_article(target) if document is None else self.reader.article(require(document))
                except (InputError, ArticleNotFound) as error:
                    source = target if document is None else document.source
                    yield Failure(source=source, code=error.code, message=str(error))

    def search(self, query: str, limit: int, scope: Scope, *, run: Run | None = None) -> Found:
        """The stored sentences nearest to the query. Raises EmptyText, InputTooLarge."""
        run = run or Run()
        query = require_text(query, "query", LONGEST_QUERY)
        return self._searcher(self.embedder_of(run), run).find(query, limit, scope)

    def articles(self) -> list[ArticleSummary]:
        return self.record.articles()

    def reindex(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Rebuilds the vector index from the record; embeds nothing. Returns the number of vectors."""
        return rebuild(self.record, self.index, progress)

    def reembed(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Embeds the whole record with this desk's embedder; `reindex` must follow. Returns how many changed."""
        return self.record.reembed(self.embedder, progress)

    def push(self) -> bool:
        """Brings the index up to date; False leaves the rest to the outbox and the next search."""
        try:
            sync(self.record, self.index)
        except IndexUnavailable:
            return False
        return True
