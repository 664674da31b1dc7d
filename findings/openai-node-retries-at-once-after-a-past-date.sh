#!/usr/bin/env bash
# The official client of OpenAI for Node, version 6, repeats a request at once if the date in `Retry-After` has passed, as
# it has when the clocks differ or the answer took a while: three requests within milliseconds. The one for Python waits
# for its own backoff then. A date is a valid value: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. Exits
# with 1 if a package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check openai==2.54.0
npm install --silent --no-audit --no-fund openai@6.49.0

cat > server.py <<'CODE'
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = b'{"error":{"message":"Slow down","type":"rate_limit_error","code":"rate_limit_exceeded"}}'


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(429)
        self.send_header("content-type", "application/json")
        self.send_header("retry-after", formatdate(time.time() - 2, usegmt=True))
        self.send_header("content-length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        print(self.headers["user-agent"].split("/")[0], time.monotonic(), file=log, flush=True)


log = open("log", "a")
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
CODE
env/bin/python server.py > port &
server=$!
until [ -s port ]; do sleep 0.1; done
address=http://127.0.0.1:$(cat port)

cat > chat.py <<'CODE'
import sys
from openai import OpenAI, RateLimitError
client = OpenAI(api_key="none", base_url=sys.argv[1])
try:
    client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hello"}])
except RateLimitError:
    pass
CODE
cat > chat.mjs <<'CODE'
import OpenAI, { RateLimitError } from "openai";
const client = new OpenAI({ apiKey: "none", baseURL: process.argv[2] });
try {
  await client.chat.completions.create({ model: "m", messages: [{ role: "user", content: "Hello" }] });
} catch (error) {
  if (!(error instanceof RateLimitError)) throw error;
}
CODE
cat > waits.py <<'CODE'
import sys
with open("log") as log:
    times = [float(line.split()[-1]) for line in log]
waits = [after - before for before, after in zip(times, times[1:])]
at_once = "at once" if all(wait < 0.2 for wait in waits) else "after a backoff"
print(f"{sys.argv[1]}: {len(times)} requests, repeated {at_once} ({', '.join(f'{wait:.3f} s' for wait in waits)})")
sys.exit((len(times), at_once) != (3, sys.argv[2]))
CODE
env/bin/python chat.py "$address"
env/bin/python waits.py "openai 2.54.0 (Python)" "after a backoff"
: > log
node chat.mjs "$address"
env/bin/python waits.py "openai 6.49.0 (Node)" "at once"
