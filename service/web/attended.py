"""A client that hangs up ends what its request runs: nobody would read the answer, and a model would be paid for it."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.run import Cancellation


class Attended:
    """The application, whose requests are watched from when their body is read until their answer is sent.

    A streamed answer ends by itself when its client goes; one that is sent whole would go on to its end in its thread.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watching: asyncio.Task[Message] | None = None
        answered = False

        async def watch() -> Message:
            while (message := await receive())["type"] != "http.disconnect":
                pass
            cancellation = scope.get("state", {}).get("cancellation")
            if not answered and isinstance(cancellation, Cancellation):
                cancellation.cancel()
            return message

        async def receive_watched() -> Message:
            nonlocal watching
            if watching is not None:
                return await asyncio.shield(watching)
            message = await receive()
            if not message.get("more_body", False):  # the last part of the body, or the news that there is none
                watching = asyncio.ensure_future(watch())
            return message

        async def send_watched(message: Message) -> None:
            nonlocal answered
            answered = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive_watched, send_watched)
        finally:
            if watching is not None:
                watching.cancel()
