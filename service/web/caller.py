"""A request becomes its caller, and the desk that the caller may use."""

from typing import Annotated

from fastapi import Depends, Request

from service.desk import Desk
from service.web.desks import MAIN, Desks


def desks_of(request: Request) -> Desks:
    """The desks of the server that answers this request."""
    desks: Desks = request.app.state.desks
    return desks


def _desk_of(desks: Annotated[Desks, Depends(desks_of)]) -> Desk:
    return desks.desk(MAIN)


CallersDesk = Annotated[Desk, Depends(_desk_of)]
