"""A signature is what Standard Webhooks' own libraries make, and only a genuine, fresh message passes."""

import pytest

from service.errors import InputError
from service.webhooks.sign import TOLERANCE_S, is_genuine, sign

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
AT = 1614265330
HEADERS = sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", AT, BODY)


def test_the_signature_is_that_of_the_specification_s_example() -> None:
    assert HEADERS["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_genuine_message_passes_beside_the_signature_of_another_secret() -> None:
    assert is_genuine(SECRET, HEADERS, BODY, AT + 1)
    both = HEADERS | {"webhook-signature": f"v1,AAAA {HEADERS['webhook-signature']}"}
    assert is_genuine(SECRET, both, BODY, AT)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": str(AT + 1)},
        {"webhook-timestamp": "soon"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1a,ö"},
    ],
)
def test_a_changed_header_does_not_pass(change: dict[str, str]) -> None:
    assert not is_genuine(SECRET, HEADERS | change, BODY, AT)


def test_another_body_secret_or_time_does_not_pass() -> None:
    assert not is_genuine(SECRET, HEADERS, BODY + b" ", AT)
    assert not is_genuine("whsec_AAAA", HEADERS, BODY, AT)
    assert not is_genuine(SECRET, HEADERS, BODY, AT + TOLERANCE_S + 1)
    assert not is_genuine(SECRET, {}, BODY, AT)


def test_a_secret_that_is_none_is_told() -> None:
    with pytest.raises(InputError):
        sign("whsec_not base64", "msg", AT, BODY)
