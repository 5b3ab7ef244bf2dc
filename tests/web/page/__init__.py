"""The page in a real browser: Debian's Chromium against `claimdesk serve` on the local backend."""
