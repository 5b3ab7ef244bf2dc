"""The page at /: rendered shells, and the scripts, styles and strings that bring them to life."""

from service.web.page.mount import mount

__all__ = ["mount"]
