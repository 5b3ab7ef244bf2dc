"""A request becomes its reply, on a thread of its own: within its time, or until somebody calls it off."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from typing import Any, TypeVar

import httpx2

from service.backends.llm.failures import translated
from service.backends.llm.wire import Endpoint, Expected, open_client
from service.run import Cancellation

Result = TypeVar("Result")


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
            raise

    async def _within(self, seconds: float, work: Coroutine[Any, Any, Result]) -> Result:
        with translated(self._endpoint.host, self._endpoint.api_key.get_secret_value()):
            async with asyncio.timeout(seconds):
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
