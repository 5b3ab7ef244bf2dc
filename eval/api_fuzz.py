"""The API's description becomes requests that keep to it and requests that do not, and what the server made of them.

`python -m eval.api_fuzz [--examples 60] [--only REGEX]` sends them with schemathesis to a server of its own.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from eval.served import Served, serve

# A request that keeps to the description may still hold a question without a word, or a file that is none: 422.
EXCLUDED = "positive_data_acceptance"
# It revokes the very key that is used, of which the fuzzer learns from the list: whatever came after it was a 401.
LAST = "DELETE /v1/keys/{key_id}"


def main() -> int:
    """Runs schemathesis over every route; its exit status is that of this program."""
    parser = argparse.ArgumentParser(prog="python -m eval.api_fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=60, help="cases a route and phase, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="routes whose path this expression is found in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimdesk-fuzz-") as folder, serve(Path(folder)) as served:
        options = [
            "--max-examples", str(arguments.examples), "--phases", "examples,coverage,fuzzing",
            "--exclude-checks", EXCLUDED, "--continue-on-failure", "--request-timeout", "60",
            "--seed", str(arguments.seed), "--no-color",
        ]  # fmt: skip
        for name, value in served.headers.items():
            options += ["--header", f"{name}:{value}"]
        if arguments.only:
            return _run(served, folder, [*options, "--include-path-regex", arguments.only])
        return max(_run(served, folder, [*options, which, LAST]) for which in ("--exclude-name", "--include-name"))


def _run(served: Served, folder: str, options: list[str]) -> int:
    program = str(Path(sys.executable).with_name("schemathesis").absolute())
    command = [program, "run", f"{served.url}/openapi.json", *options]
    return subprocess.run(command, check=False, cwd=folder).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
