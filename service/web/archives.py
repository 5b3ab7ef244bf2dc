"""The body of a request for an ingest job becomes sources that a worker can read: kept files, or addresses."""

import hashlib
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from service.domain.base import Frozen
from service.ingest.keep import whole_file
from service.ingest.upload import clean_name
from service.tenancy import place_of
from service.web.bodies import WebAddress
from service.web.caller import Ingester
from service.web.serving import Shared
from service.web.uploads import FILES, MOST_FILES, files_of, media_type_of, read_body, refuse_media_type

MOST_ADDRESSES = 1_000
_CHUNK = 1 << 20


class AddressesBody(Frozen):
    """Pages to fetch and take in."""

    urls: Annotated[tuple[WebAddress, ...], Field(min_length=1, max_length=MOST_ADDRESSES)]


ARCHIVES_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": FILES,
        "application/json": {"schema": {"$ref": "#/components/schemas/AddressesBody"}},
    },
}


async def read_archives(request: Request, caller: Ingester, serving: Shared) -> tuple[str, ...]:
    """The sources of the job. Raises UnsupportedType for another media type, and RequestValidationError."""
    media_type = media_type_of(request)
    if media_type == "multipart/form-data":
        folder = place_of(serving.desks.settings, caller.desk_id).uploads
        async with request.form(max_files=MOST_FILES, max_fields=0) as form:
            files = files_of(form)
            return tuple([await run_in_threadpool(_keep, folder, file.filename or "", file.file) for file in files])
    if media_type != "application/json":
        raise refuse_media_type(media_type)
    return (await read_body(AddressesBody, request)).urls


def _keep(folder: Path, name: str, stream: BinaryIO) -> str:
    """The path at which the file is kept for the worker: the same file again is at the same path.

    Raises RecordUnavailable when the disk is full.
    """
    digest = hashlib.sha256()
    with whole_file(folder) as kept:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            kept.write(chunk)
        kept.flush()
        place = folder / digest.hexdigest()[:16]
        place.mkdir(exist_ok=True)
        return str(Path(kept.name).replace(place / clean_name(name)))
