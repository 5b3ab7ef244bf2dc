"""Documents become articles in the record: extracted, dated, split, embedded and committed, one at a time."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from service.domain.article import Article, Page
from service.domain.report import Failure, Ingested, IngestedArticle, Status
from service.errors import EmptyPage, InputError
from service.ingest.dateline import infer_published
from service.ingest.document import Document
from service.ingest.read import Unread
from service.ingest.split import split
from service.ports import Embedder, Record

Extract = Callable[[Document], Page]
Keep = Callable[[str, Document], None]

PUSH_EVERY = 16  # articles committed between two pushes to the index


def take(
    documents: Iterable[Document | Unread],
    extract: Extract,
    record: Record,
    embedder: Embedder,
    push: Callable[[], bool],
    progress: Callable[[str], None] | None = None,
    keep: Keep = lambda _, __: None,
) -> Ingested:
    """Takes documents in, one after the other; those that cannot be read are in `failed`.

    `push` brings the index up to date and says whether it could; `progress` is told of each source, and `keep` of
    each document that was taken in, with its article's id.
    """
    articles, failed = [], []
    for document in documents:
        try:
            articles.append(ingest(require(document), extract, record, embedder, keep))
            if len(articles) % PUSH_EVERY == 0:
                push()
        except InputError as error:
            failed.append(Failure(source=document.source, code=error.code, message=str(error)))
        if progress:
            progress(document.source)
    return Ingested(articles=tuple(articles), failed=tuple(failed), indexed=not articles or push())


def require(document: Document | Unread) -> Document:
    """The document, where there is one. Raises the InputError that stands in its place."""
    if isinstance(document, Unread):
        raise document.error
    return document


def ingest(
    document: Document, extract: Extract, record: Record, embedder: Embedder, keep: Keep = lambda _, __: None
) -> IngestedArticle:
    """Takes one document in. The article is durable when this returns; the index follows from the outbox.

    Raises an InputError when the document cannot be read or holds no text.
    """
    page = infer_published(extract(document))
    article_id = article_id_of(document.source)
    latest = record.latest(article_id)
    content_hash = hash_page(page)
    if latest is not None and latest.content_hash == content_hash:
        taken = summarise(latest, Status.UNCHANGED)
    else:
        article = build_article(page, document.source, record.last_version(article_id) + 1, content_hash)
        vectors = embedder.embed([sentence.text for sentence in article.evidence])
        record.add(article, vectors, embedder.id)
        taken = summarise(article, Status.UPDATED if latest else Status.ADDED)
    keep(article_id, document)  # after the commit: what belongs to no article is pruned
    return taken


def build_article(page: Page, source: str, version: int = 1, content_hash: str | None = None) -> Article:
    """A page cut into sentences. Raises EmptyPage when it holds none."""
    article_id = article_id_of(source)
    sentences = split(page, article_id, version)
    if not sentences:
        raise EmptyPage(f"{source} holds no sentence. Check that the page is an article, not a shell.")
    return Article(
        id=article_id,
        version=version,
        source=source,
        content_hash=content_hash or hash_page(page),
        sentences=sentences,
        **page.model_dump(exclude={"blocks"}),
    )


def article_id_of(source: str) -> str:
    """The id of the article at an address: 12 hex digits, the same for every version."""
    return hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def hash_page(page: Page) -> str:
    """The digest of everything that was extracted: a new digest means a new version."""
    return hashlib.sha256(page.model_dump_json().encode()).hexdigest()


def summarise(article: Article, status: Status) -> IngestedArticle:
    return IngestedArticle(
        id=article.id,
        version=article.version,
        title=article.title,
        url=article.url,
        published=article.published,
        published_inferred=article.published_inferred,
        sentences=len(article.sentences),
        sections=dict(Counter(str(sentence.section) for sentence in article.sentences)),
        hidden_chars=article.hidden_chars,
        status=status,
    )
