#!/usr/bin/env bash
# litellm takes the class of an error from words in its message. A response with the status 402 whose message contains
# "rate limit" is raised as RateLimitError with the status 429, so a caller waits and retries where only a payment helps;
# the same response with another message is an APIError with the status 402. Exits with 1 if the package behaves in
# another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check litellm==1.110.2

cat > classes.py <<'CODE'
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from threading import Thread

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm

litellm.suppress_debug_info = True
MESSAGES = {
    "plain": "Your credits are used up.",
    "words": "Your credits are used up; add some to raise your rate limit.",
}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        error = {"message": MESSAGES[request["model"]], "type": "billing_error", "code": "insufficient_credits"}
        body = json.dumps({"error": error}).encode()
        self.send_response(402)
        self.send_header("content-type", "application/json")
        self.send_header("x-should-retry", "false")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
print("litellm", version("litellm"))
expected = {"plain": ("APIError", 402), "words": ("RateLimitError", 429)}
status = 0
for model, wanted in expected.items():
    found = None
    try:
        messages = [{"role": "user", "content": "Hello"}]
        litellm.completion(model=f"openai/{model}", messages=messages, api_base=address, api_key="none")
    except Exception as error:
        found = (type(error).__name__, error.status_code)
    print(f"402 with {MESSAGES[model]!r}: {found}")
    if found != wanted:
        status = 1
sys.exit(status)
CODE
env/bin/python classes.py
