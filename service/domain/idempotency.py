"""The answer that was given to a request, so that the same request again gets the same answer."""

from service.domain.base import Frozen


class KeptResponse(Frozen):
    status: int
    media_type: str
    body: bytes
