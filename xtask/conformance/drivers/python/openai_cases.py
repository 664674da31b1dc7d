"""Drives the official `openai` client against a server: `openai_cases.py http://127.0.0.1:4000`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openai import Omit, OpenAI

import report

Request = Callable[[OpenAI], object]


def list_models(client: OpenAI) -> object:
    return client.models.list()


def list_models_without_key(client: OpenAI) -> object:
    # The client insists on a key, and refuses a header that is omitted for all calls.
    return client.models.list(extra_headers={"Authorization": Omit()})


def chat(model: str, content: Any = "Hello") -> Request:
    messages: Any = [{"role": "user", "content": content}]
    return lambda client: client.chat.completions.create(model=model, messages=messages)


def upload(name: str, content: bytes, mime: str) -> Request:
    file = (name, content, mime)
    return lambda client: client.files.create(file=file, purpose="assistants")


def retrieve_file(file: str) -> Request:
    return lambda client: client.files.retrieve(file)


def contact(**body: str) -> Request:
    return lambda client: client.post("/contact", cast_to=object, body=body)


TWO_MEBIBYTES = b"x" * (2 << 20)
AUDIO = [{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}]

# The wire code of each case, or the status where the wire has no code; the key; the request.
CASES: list[tuple[str, str, Request]] = [
    ("missing_api_key", "sk-demo", list_models_without_key),
    ("invalid_api_key", "sk-unknown", list_models),
    ("expired_api_key", "sk-expired", list_models),
    ("model_not_found", "sk-demo", chat("no-such-model")),
    ("model_not_supported", "sk-free", chat("gpt-large")),
    ("file_too_large", "sk-demo", upload("big.txt", TWO_MEBIBYTES, "text/plain")),
    ("file_count_quota_exceeded", "sk-many-files", upload("note.txt", b"Hello", "text/plain")),
    ("storage_quota_exceeded", "sk-full", upload("note.txt", b"Hello", "text/plain")),
    ("unsupported_file_type", "sk-demo", upload("setup.exe", b"MZ", "application/x-msdownload")),
    ("mime_mismatch", "sk-demo", upload("photo.png", b"This is plain text.", "image/png")),
    ("file_not_found", "sk-demo", retrieve_file("file-missing")),
    ("captcha_required", "sk-demo", contact(message="Hello")),
    ("captcha_failed", "sk-demo", contact(message="Hello", captcha="wrong")),
    ("rate_limit_exceeded", "sk-busy", list_models),
    ("insufficient_credits", "sk-broke", chat("gpt-small")),
    ("audio_not_supported_by_model", "sk-demo", chat("claude-text", AUDIO)),
    ("server_error_500", "sk-demo", chat("upstream-crash")),
    ("server_error_502", "sk-demo", chat("upstream-down")),
    ("server_error_503", "sk-demo", chat("upstream-busy")),
    ("server_error_504", "sk-demo", chat("upstream-slow")),
]


def send(base_url: str, transport: report.Transport, key: str, request: Request) -> object:
    return request(OpenAI(base_url=base_url, api_key=key, http_client=transport))


if __name__ == "__main__":
    report.run("openai-python", "openai", CASES, send)
