"""The body of a request that brings articles becomes documents: files, one article as JSON, or an address."""

from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any, NamedTuple, TypeVar

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile

from service.desk import Desk
from service.domain.base import Frozen
from service.errors import InputError, UnsupportedType
from service.ingest.document import Document
from service.ingest.read import Unread
from service.ingest.upload import clean_name, read_upload
from service.web.bodies import AddressBody, ArticleBody

MOST_FILES = 100

Body = TypeVar("Body", bound=Frozen)

FILES: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": ["file"],
        "additionalProperties": False,
        "properties": {
            "file": {
                "type": "array",
                "items": {"type": "string", "format": "binary"},
                "minItems": 1,
                "maxItems": MOST_FILES,
                "description": "Text, HTML, Markdown, PDF, Word or JSONL, one article a line.",
            }
        },
    }
}
FILES_BODY: dict[str, Any] = {"required": True, "content": {"multipart/form-data": FILES}}
REQUEST_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": FILES,
        "application/json": {"schema": {"$ref": "#/components/schemas/ArticleBody"}},
    },
}


class Sent:
    """What a request brought, not yet read: the work is done in the thread of its route."""

    def __init__(self, article: ArticleBody | None = None, files: tuple[UploadFile, ...] = ()) -> None:
        self._article = article
        self._files = files

    def documents(self, desk: Desk) -> Iterator[Document | Unread]:
        """Every document in the request, in order; what cannot be read is an Unread in its place."""
        if self._article is not None:
            address = self._article.address
            yield _fetched(address, desk) if address else self._article.document()
        for file in self._files:
            yield from read_upload(file.filename or "", file.file, desk.settings.max_input_bytes)


def _fetched(url: str, desk: Desk) -> Document | Unread:
    try:
        return desk.reader.fetch(url)
    except InputError as error:
        return Unread(url, error)


async def read_sent(request: Request) -> AsyncIterator[Sent]:
    """The articles in a request's body; its files are open until the route is done.

    Raises UnsupportedType for another media type, and RequestValidationError.
    """
    media_type = media_type_of(request)
    if media_type == "multipart/form-data":
        async with request.form(max_files=MOST_FILES, max_fields=0) as form:
            yield Sent(files=files_of(form))
    elif media_type == "application/json":
        yield Sent(article=await read_body(ArticleBody, request))
    else:
        raise refuse_media_type(media_type)


def media_type_of(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def files_of(form: FormData) -> tuple[UploadFile, ...]:
    """The files of a form. Raises RequestValidationError when it has none."""
    files = tuple(part for _, part in form.multi_items() if isinstance(part, UploadFile))
    if not files:
        missing = {"type": "missing", "loc": ("body", "file"), "msg": "Field required: at least one file with a name"}
        raise RequestValidationError([missing])
    return files


def refuse_media_type(media_type: str) -> UnsupportedType:
    return UnsupportedType(
        f"{media_type or 'A body without a media type'} is not taken here. Send files as multipart/form-data, or "
        "application/json."
    )


class SentReviews(NamedTuple):
    """ClaimReviews that a request brought, by name, or the address where they are."""

    files: tuple[tuple[str, bytes], ...] = ()
    url: str | None = None


REVIEWS_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/ld+json": {"schema": {"description": "A ClaimReview, or a list or a feed of them."}},
        "multipart/form-data": FILES,
        "application/json": {"schema": {"$ref": "#/components/schemas/AddressBody"}},
    },
}


async def read_reviews(request: Request) -> SentReviews:
    """The ClaimReviews in a request's body. Raises UnsupportedType, and RequestValidationError."""
    media_type = media_type_of(request)
    if media_type == "application/ld+json":
        return SentReviews(files=(("the body", await request.body()),))
    if media_type == "multipart/form-data":
        async with request.form(max_files=MOST_FILES, max_fields=0) as form:
            return SentReviews(
                files=tuple([(clean_name(file.filename or ""), await file.read()) for file in files_of(form)])
            )
    if media_type == "application/json":
        return SentReviews(url=(await read_body(AddressBody, request)).url)
    raise refuse_media_type(media_type)


async def read_body(model: type[Body], request: Request) -> Body:
    """The JSON of a request as the model. Raises RequestValidationError, as a route that declares its body does."""
    try:
        return model.model_validate(await request.json())
    except JSONDecodeError as error:
        raise RequestValidationError(
            [{"type": "json_invalid", "loc": ("body", error.pos), "msg": error.msg}]
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The body cannot be read as JSON") from error
    except ValidationError as error:
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in error.errors()]) from error
