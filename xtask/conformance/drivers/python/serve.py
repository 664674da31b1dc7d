"""What the servers for tests share: they say where they listen, and serve until they are killed."""

from __future__ import annotations

import logging
from collections.abc import Callable

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response


def serve(answer: Callable[[Request], Response]) -> None:
    """Answers every request with what `answer` makes of it."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, Request.application(answer), threaded=True)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
