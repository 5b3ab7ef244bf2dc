"""`python -m service` is `claimdesk`."""

from service.cli import main

main()
