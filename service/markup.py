"""A model's words become plain text: what a page or a chat client would follow, load or render is found in them."""

import re

LINK_REMOVED = "[link removed]"

# Addresses with a scheme or "www.", Markdown's links and images, and anything that opens like an HTML tag or
# entity. A bare "example.com" stays: nothing loads it.
_ACTIVE = re.compile(
    r"!?\[[^\]\n]*\]\s?\([^)\n]*\)?"
    r"|\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.|(?:javascript|data|mailto|vbscript):)\S*"
    r"|</?[a-z!][^>]*>?"
    r"|&(?:#x?[0-9a-f]+|[a-z]+);",
    re.IGNORECASE,
)


def has_markup(text: str) -> bool:
    """True when the text holds a link, an image, a tag or an entity."""
    return _ACTIVE.search(text) is not None


def without_markup(text: str) -> str:
    """The text with each of these replaced by "[link removed]"."""
    return _ACTIVE.sub(LINK_REMOVED, text)
