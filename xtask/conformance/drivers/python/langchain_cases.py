"""Drives `langchain-openai` against a server: `langchain_cases.py http://127.0.0.1:4000`."""

from __future__ import annotations

from langchain_core.messages import HumanMessage
from langchain_openai import ChatOpenAI
from openai_cases import WITHOUT_KEY, Transport, read
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

STREAMS: list[tuple[str, str | None, str, str | list, bool]] = [
    ("server_error_502_in_stream", "sk-demo", "upstream-breaks", HELLO, True),
    ("cut_stream", "sk-demo", "upstream-hangs-up", HELLO, True),
]


def send(
    address: str,
    transport: Transport,
    key: str | None,
    model: str,
    content: str | list,
    is_stream: bool = False,
) -> object:
    api_key = SecretStr(key or "none")
    chat = ChatOpenAI(
        base_url=f"{address}/v1", api_key=api_key, model=model, http_client=transport
    )
    # ChatOpenAI insists on a key and on strings as default headers, but a call may omit a header.
    headers = WITHOUT_KEY if key is None else {}
    call = chat.stream if is_stream else chat.invoke
    return call([HumanMessage(content)], extra_headers=headers)


if __name__ == "__main__":
    name = "langchain-openai"
    report.run(name, name, CASES, send, read, streams=STREAMS, transport=Transport)
