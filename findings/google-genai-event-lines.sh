#!/usr/bin/env bash
# google-genai for Python does not parse a stream of server-sent events that have an `event:` line: an error of Google's
# form after a chunk is then an error of the client's own that has neither the status of the error nor its name. By the
# HTML standard, an event may have a name: https://html.spec.whatwg.org/multipage/server-sent-events.html. Without the
# line, the same error has both. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check google-genai==3.6.1

cat > streams.py <<'CODE'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from threading import Thread

from google import genai
from google.genai.types import HttpOptions

CHUNK = 'data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]}}]}\n\n'
ERROR = 'data: {"error":{"code":429,"message":"Slow down","status":"RESOURCE_EXHAUSTED"}}\n\n'
STREAMS = {"plain": CHUNK + ERROR, "named": CHUNK + "event: error\n" + ERROR}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        model = self.path.split("/models/")[1].split(":")[0]
        body = STREAMS[model].encode()
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
client = genai.Client(api_key="none", http_options=HttpOptions(base_url=address))
print("google-genai", version("google-genai"))
expected = {
    "plain": ("ClientError", 429, "RESOURCE_EXHAUSTED"),
    "named": ("UnknownApiResponseError", None, None),
}
status = 0
for model, wanted in expected.items():
    found = None
    try:
        for _ in client.models.generate_content_stream(model=model, contents="Hello"):
            pass
    except Exception as error:
        found = (type(error).__name__, getattr(error, "code", None), getattr(error, "status", None))
    print(f"{model}: {found}")
    status |= found != wanted
sys.exit(status)
CODE
env/bin/python streams.py 2> /dev/null
