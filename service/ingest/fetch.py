"""An address becomes a document, fetched only from where it is safe to fetch."""

from collections.abc import Mapping
from urllib.parse import urljoin

import httpx2

from service.errors import FetchFailed, FetchRefused, InputTooLarge, UnsupportedType
from service.ingest.address import Resolve, pin, resolve
from service.ingest.deadline import Deadline
from service.ingest.document import Document
from service.ingest.read import DOCX, sniff

MAX_REDIRECTS = 5
PAGES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    DOCX: ".docx",
}
"""Media types that an article comes as, with the file ending that they stand for."""

_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})  # one at a time: nested ones unpack without bound


def fetch(
    url: str,
    *,
    timeout_s: float,
    max_bytes: int,
    private: bool = False,
    resolve: Resolve = resolve,
    types: Mapping[str, str] = PAGES,
) -> Document:
    """The document at an http(s) address, after at most five redirects, each checked like the first.

    A host is resolved once, every address that it has is checked, and the connection goes to the checked
    address: a name that changes its answer in between reaches nothing. `private` allows loopback and private
    addresses. `timeout_s` bounds it all, however slow the resolver and however the server drips. Nothing but the page is
    asked for, and nothing of the environment (proxies, passwords) is used. `types` are the media types to take.

    Raises FetchRefused, FetchFailed, InputTooLarge, UnsupportedType, UnreadableFile.
    """
    with Deadline(timeout_s) as deadline:
        for _ in range(MAX_REDIRECTS + 1):
            found = _ask(url, deadline, max_bytes, private, resolve, types)
            if isinstance(found, Document):
                return found
            if deadline.passed:
                raise _too_slow(url)
            url = found
    raise FetchFailed(f"{url} redirects more than {MAX_REDIRECTS} times. Give the page's last address.")


def _ask(
    url: str, deadline: Deadline, max_bytes: int, private: bool, resolve: Resolve, types: Mapping[str, str]
) -> Document | str:
    """The document, or the address that the server sends us to."""
    try:
        target = pin(url, private, lambda host, port: deadline.run(lambda: resolve(host, port)))
    except FetchFailed as error:
        raise _too_slow(url) if deadline.passed else error from error.__cause__
    headers = {"Host": target.host_header, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "gzip, deflate"}
    extensions = {"sni_hostname": target.host, "trace": deadline.trace}
    with httpx2.Client(trust_env=False, follow_redirects=False, timeout=deadline.left_s) as client:
        try:
            request = client.build_request("GET", target.url, headers=headers, extensions=extensions)
            response = client.send(request, stream=True)
            if response.has_redirect_location:
                return urljoin(url, response.headers["location"])
            return _take(response, url, deadline, max_bytes, types)
        except httpx2.HTTPError as error:
            failure = FetchFailed(f"{url} did not answer: {error}. Try again, or save the page.")
            raise _too_slow(url) if deadline.passed else failure from error
        except (httpx2.InvalidURL, ValueError) as error:
            raise FetchRefused(f"{url} leads to no web address. Save the page and give the file.") from error


def _take(
    response: httpx2.Response, url: str, deadline: Deadline, max_bytes: int, types: Mapping[str, str]
) -> Document:
    if response.status_code != httpx2.codes.OK:
        raise FetchFailed(f"{url} answered {response.status_code}. Open it in a browser and save the page.")
    stated = response.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    if stated not in types:
        raise UnsupportedType(f"{url} is {stated}, which cannot be read. Give a page, text, PDF or Word file.")
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        raise FetchFailed(f"{url} came packed in an unknown way. Open it in a browser and save the page.")
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise InputTooLarge(f"{url} has more than {max_bytes:,} bytes. Raise CLAIMDESK_MAX_INPUT_BYTES.")
    if deadline.passed:  # a connection that was cut looks like the end of a page that states no length
        raise _too_slow(url)
    return Document(
        source=url,
        # By its bytes: a server's word does not make a picture a page.
        media_type=sniff(bytes(content), url, types[stated]),
        charset=response.charset_encoding,
        content=bytes(content),
        url=url,
    )


def _too_slow(url: str) -> FetchFailed:
    return FetchFailed(f"{url} takes too long. Raise CLAIMDESK_FETCH_TIMEOUT_S, or save the page.")
