"""Drives `langchain-openai` against a server: `langchain_cases.py http://127.0.0.1:4000`."""

from __future__ import annotations

from langchain_core.messages import HumanMessage
from langchain_openai import ChatOpenAI
from openai import Omit
from pydantic import SecretStr

import report

HELLO = "Hello"
AUDIO = [{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}]

# The wire code of each case, or the status where the wire has no code; the key, or None to send no
# key at all; the model; the content of the message.
CASES: list[tuple[str, str | None, str, str | list]] = [
    ("missing_api_key", None, "gpt-small", HELLO),
    ("invalid_api_key", "sk-unknown", "gpt-small", HELLO),
    ("expired_api_key", "sk-expired", "gpt-small", HELLO),
    ("model_not_found", "sk-demo", "no-such-model", HELLO),
    ("model_not_supported", "sk-free", "gpt-large", HELLO),
    ("rate_limit_exceeded", "sk-busy", "gpt-small", HELLO),
    ("insufficient_credits", "sk-broke", "gpt-small", HELLO),
    ("audio_not_supported_by_model", "sk-demo", "claude-text", AUDIO),
    ("server_error_500", "sk-demo", "upstream-crash", HELLO),
    ("server_error_502", "sk-demo", "upstream-down", HELLO),
    ("server_error_503", "sk-demo", "upstream-busy", HELLO),
    ("server_error_504", "sk-demo", "upstream-slow", HELLO),
]


def send(
    base_url: str, transport: report.Transport, key: str | None, model: str, content: str | list
) -> object:
    chat = ChatOpenAI(
        base_url=base_url, api_key=SecretStr(key or "none"), model=model, http_client=transport
    )
    # ChatOpenAI insists on a key and on strings as default headers, but a call may omit a header.
    headers = {"Authorization": Omit()} if key is None else {}
    return chat.invoke([HumanMessage(content)], extra_headers=headers)


if __name__ == "__main__":
    report.run("langchain-openai", "langchain-openai", CASES, send)
