"""Turns this interpreter into `chroma run`, which ends when the process that started it does.

A script, never imported: `python -P child.py FOLDER PORT GRACE_S`. It calls what Chroma's own console script
calls, without the package import before it: up in 0.2 s instead of 1.8 s.

Standard input is a pipe whose other end only the parent holds. The kernel closes that end however the
parent dies, kill -9 included, and on every system; PR_SET_PDEATHSIG is Linux only and fires when the
*thread* that started the child ends. There is no guard process in between that could be killed alone.
"""

import os
import signal
import sys
import threading
import time

import chromadb_rust_bindings  # type: ignore[import-untyped]  # compiled, without stubs


def _end_with_parent(grace_s: float) -> None:
    os.read(sys.stdin.fileno(), 1)  # returns at end of file: the parent is gone, or wants us gone
    os.kill(os.getpid(), signal.SIGTERM)  # an orderly end: a kill during an index save costs the folder
    time.sleep(grace_s)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    folder, port, grace_s = sys.argv[1:]
    # The thread gets its turn: Chroma's server runs outside Python's global lock.
    threading.Thread(target=_end_with_parent, args=(float(grace_s),), daemon=True).start()
    chromadb_rust_bindings.cli(["chroma", "run", "--host", "127.0.0.1", "--path", folder, "--port", port])
