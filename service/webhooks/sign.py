"""A message becomes the headers that prove who sent it, as Standard Webhooks describes them.

https://github.com/standard-webhooks/standard-webhooks, version 1: receivers verify with any of its libraries. The
signature covers the message's id and the moment too, so that nobody can send an old message as a new one.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from service.errors import InputError

MARK = "whsec_"
TOLERANCE_S = 300
"""How old a message may be for its receiver: what the specification's libraries use."""


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers. `timestamp` is in seconds since 1970; `secret` is "whsec_" and base64."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{_signature(secret, message_id, timestamp, body)}",
    }


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a message was signed with the secret, not too long before or after `now`: for receivers."""
    try:
        timestamp = int(headers["webhook-timestamp"])
        given, message_id = headers["webhook-signature"], headers["webhook-id"]
    except (KeyError, ValueError):
        return False
    expected = f"v1,{_signature(secret, message_id, timestamp, body)}"
    # Several signatures, one of an older secret, are separated by spaces.
    genuine = any(hmac.compare_digest(expected.encode(), one.encode()) for one in given.split(" "))
    return genuine and abs(now - timestamp) <= TOLERANCE_S


def _signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(MARK), validate=True)
    except binascii.Error as error:
        raise InputError('A webhook\'s secret is "whsec_" and base64. Copy it whole.') from error
    content = f"{message_id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
