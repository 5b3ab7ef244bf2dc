"""The desk over HTTP: the API under /v1, the page at /, and what guards them."""
