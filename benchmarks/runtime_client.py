"""A client of Lambda's runtime interface, as a function's process runs it: `runtime_client.py CODE HANDLER`.

Standard library only, and nothing of the benchmark: what it imports is what Lambda's own client imports.  It
serves one invocation, says when the handler was imported, and ends.
"""

import http.client
import importlib
import json
import logging
import os
import sys
import time


def main(code: str, handler: str) -> None:
    """Take the first invocation, answer it, end."""
    logging.basicConfig()
    sys.path.insert(0, code)
    started = time.perf_counter()
    module, _, name = handler.rpartition(".")
    function = getattr(importlib.import_module(module), name)
    imported = time.perf_counter() - started
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request("GET", "/2018-06-01/runtime/invocation/next")
    told = connection.getresponse()
    event, request = json.loads(told.read()), told.headers["Lambda-Runtime-Aws-Request-Id"]
    answer = json.dumps(function(event, None))
    path = f"/2018-06-01/runtime/invocation/{request}/response"
    connection.request("POST", path, answer, {"Benchmark-Import-Seconds": str(imported)})
    connection.getresponse().read()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
