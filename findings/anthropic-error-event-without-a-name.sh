#!/usr/bin/env bash
# The official clients of Anthropic for Python and Node route the events of a stream by the `event:` line alone. An error
# that comes as `data:` only, in Anthropic's own form and with `"type":"error"` inside, is dropped: the iteration ends as
# after a complete answer. With the line, both raise an error. By the HTML standard, an event without the line has the name
# `message`: https://html.spec.whatwg.org/multipage/server-sent-events.html. Exits with 1 if a package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check anthropic==2.14.0
npm install --silent --no-audit --no-fund --prefix . @anthropic-ai/sdk@1.14.0

cat > server.py <<'CODE'
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MESSAGE = {"id": "msg_1", "type": "message", "role": "assistant", "model": "plain", "content": [],
           "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}
BLOCK = {"type": "text", "text": ""}
DELTA = {"type": "text_delta", "text": "Hello"}
CHUNKS = [
    {"type": "message_start", "message": MESSAGE},
    {"type": "content_block_start", "index": 0, "content_block": BLOCK},
    {"type": "content_block_delta", "index": 0, "delta": DELTA},
]
ERROR = json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}})


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        events = [f"event: {chunk['type']}\ndata: {json.dumps(chunk)}\n\n" for chunk in CHUNKS]
        name = "event: error\n" if request["model"] == "named" else ""
        body = "".join([*events, f"{name}data: {ERROR}\n\n"]).encode()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
CODE
env/bin/python server.py > port &
server=$!
until [ -s port ]; do sleep 0.1; done
address=http://127.0.0.1:$(cat port)

cat > stream.py <<'CODE'
import sys
from importlib.metadata import version

from anthropic import Anthropic

client = Anthropic(api_key="none", base_url=sys.argv[1])
for model in ["named", "nameless"]:
    outcome = "normal end"
    try:
        messages = [{"role": "user", "content": "Hello"}]
        for _ in client.messages.create(model=model, max_tokens=9, messages=messages, stream=True):
            pass
    except Exception as error:
        outcome = type(error).__name__
    print(f"anthropic {version('anthropic')} (Python), {model}: {outcome}")
CODE
cat > stream.mjs <<'CODE'
import { readFileSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";

const { version } = JSON.parse(readFileSync("node_modules/@anthropic-ai/sdk/package.json", "utf8"));
const client = new Anthropic({ apiKey: "none", baseURL: process.argv[2] });
for (const model of ["named", "nameless"]) {
  let outcome = "normal end";
  try {
    const messages = [{ role: "user", content: "Hello" }];
    for await (const _ of await client.messages.create({ model, max_tokens: 9, messages, stream: true }));
  } catch (error) {
    outcome = error.constructor.name;
  }
  console.log(`@anthropic-ai/sdk ${version} (Node), ${model}: ${outcome}`);
}
CODE
{
  env/bin/python stream.py "$address"
  node stream.mjs "$address"
} | tee seen
cat > expected <<'TEXT'
anthropic 2.14.0 (Python), named: APIStatusError
anthropic 2.14.0 (Python), nameless: normal end
@anthropic-ai/sdk 1.14.0 (Node), named: APIError
@anthropic-ai/sdk 1.14.0 (Node), nameless: normal end
TEXT
diff expected seen
