"""A request becomes its reply, on a thread of its own: within its time, or until somebody calls it off."""

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator, Coroutine
from concurrent.futures import CancelledError
from contextlib import AsyncExitStack
from contextvars import ContextVar
from typing import Any, TypeVar

import httpx2

from service.backends.llm.failures import translated
from service.backends.llm.wire import Endpoint, Expected, open_client
from service.errors import Cancelled
from service.run import Cancellation

Result = TypeVar("Result")

_REQUEST: ContextVar[AsyncExitStack | None] = ContextVar("request", default=None)  # what ends with this task's


class Line:
    """Asks one endpoint from any thread. Close it: it holds connections and a thread."""

    def __init__(
        self, endpoint: Endpoint, expected: Expected, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self.client = open_client(endpoint, expected, transport)
        self._endpoint = endpoint
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="llm", daemon=True)
        self._thread.start()
        self._loop.call_soon_threadsafe(_note_generators)

    def wait(self, work: Coroutine[Any, Any, Result], seconds: float, cancellation: Cancellation) -> Result:
        """What `work` gives, within `seconds`.

        A cancellation ends it at once, and its connection. Raises Cancelled, and the errors of `failures.translated`.
        """
        future = asyncio.run_coroutine_threadsafe(self._within(seconds, work), self._loop)
        try:
            with cancellation.stopping(future.cancel):
                return future.result()
        except CancelledError:
            cancellation.check()
            raise Cancelled("The desk is being closed. Send the request again when it is back.") from None
        finally:
            future.cancel()  # the caller may have left before `stopping` listened; what is done stays done

    async def _within(self, seconds: float, work: Coroutine[Any, Any, Result]) -> Result:
        with translated(self._endpoint.host, self._endpoint.api_key.get_secret_value()):
            async with asyncio.timeout(seconds), AsyncExitStack() as request:
                _REQUEST.set(request)
                return await work

    async def _end(self) -> None:
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await self._loop.shutdown_asyncgens()
        await self.client.aclose()

    def close(self) -> None:
        """Ends the thread and its connections; a second time does nothing."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


def _note_generators() -> None:
    """From here on, each generator that a request begins on this thread is closed before the request ends.

    openai and langchain leave what they read half way to the garbage collector. That may run on another thread, and
    meet a generator which this one is closing: "async generator already executing".
    """
    begun = sys.get_asyncgen_hooks().firstiter

    def note(generator: AsyncGenerator[Any, Any]) -> None:
        if begun is not None:
            begun(generator)
        request = _REQUEST.get()
        if request is not None:
            request.push_async_callback(generator.aclose)

    sys.set_asyncgen_hooks(firstiter=note)
