"""Serves errors to clients of OpenAI, Anthropic and Google: `failing_server.py ANSWERS`.

ANSWERS is the JSON that the example `answers` of the gateway prints: responses and an event of the
generated crate. The model of a request names the case: one of the responses, or a way to end a stream after
its first chunk. The first part of the path names the client in the log.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CHAT = {"id": "chat-1", "object": "chat.completion.chunk", "created": 1, "model": "demo"}
MESSAGE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "demo",
    "content": [],
    "stop_reason": None,
    "stop_sequence": None,
    "usage": {"input_tokens": 1, "output_tokens": 1},
}


def event(data: dict[str, Any], name: str | None = None) -> str:
    line = f"event: {name}\n" if name else ""
    return f"{line}data: {json.dumps(data)}\n\n"


def typed(data: dict[str, Any]) -> str:
    return event(data, data["type"])


# What a stream sends before it fails: the beginning of an answer.
FIRST = {
    "openai": event(
        {**CHAT, "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hel"}}]}
    ),
    "anthropic": typed({"type": "message_start", "message": MESSAGE})
    + typed(
        {
            "type": "content_block_start",
            "index": 0,
            "content_block": {"type": "text", "text": ""},
        }
    )
    + typed(
        {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "text_delta", "text": "Hel"},
        }
    ),
    "google": event({"candidates": [{"content": {"role": "model", "parts": [{"text": "Hel"}]}}]}),
}

# The crate never sends problem details as an event. The clients show why.
PROBLEM = event({"type": "about:blank", "title": "Too many requests", "status": 429, "code": "x"})


def family_of(path: str) -> str:
    if path.endswith("/messages"):
        return "anthropic"
    return "google" if path.endswith("enerateContent") else "openai"


def endings(sent: str) -> dict[str, str | None]:
    """The ways to end a stream; `None` cuts the connection."""
    lines = sent.splitlines(keepends=True)
    return {
        "event": sent,
        "unnamed": "".join(line for line in lines if not line.startswith("event:")),
        "unterminated": sent.rstrip("\n") + "\n",
        "problem": PROBLEM,
        "cut": None,
        "ended": "",
    }


class Server(ThreadingHTTPServer):
    """A server for clients that all connect at once."""

    request_queue_size = 128


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    # Those of each style. The first style is the default.
    answers: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        client = self.path.split("/")[1]
        # Google has the model in the path.
        path, _, _ = self.path.partition("?")
        case = body.get("model") or path.rpartition("/")[2].partition(":")[0]
        # One call, so that lines of threads do not mix.
        sys.stderr.write(f"request {client} {case}\n")
        family = family_of(path)
        # A catalog without the style of the client sends its default style.
        answers = next((it for it in self.answers if it["style"] == family), self.answers[0])
        if case in answers["responses"]:
            self.respond(answers["responses"][case])
        else:
            self.stream(FIRST[family], endings(answers["event"]["text"])[case])

    def respond(self, response: dict[str, Any]) -> None:
        content = response["body"].encode()
        self.send_response(response["status"])
        for name, value in response["headers"]:
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def stream(self, first: str, ending: str | None) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.send_header("x-request-id", "req_1")
        self.send_header("request-id", "req_1")
        self.end_headers()
        self.write_chunk(first)
        if ending is None:
            self.close_connection = True
            return
        if ending:
            self.write_chunk(ending)
        self.wfile.write(b"0\r\n\r\n")

    def write_chunk(self, text: str) -> None:
        content = text.encode()
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    Handler.answers = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    server = Server(("127.0.0.1", 0), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
