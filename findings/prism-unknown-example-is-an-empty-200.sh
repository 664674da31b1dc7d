#!/usr/bin/env bash
# The mock server Prism answers a request for an example that the document does not have with 200 and an empty body, and
# not with an error: a test that misspells the name of an error sees a success. A status that the document does not have
# is a problem that says so. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @stoplight/prism-cli@5.14.2
cat > openapi.yaml <<'YAML'
openapi: 3.1.0
info: { title: Files, version: 1.0.0 }
paths:
  /files:
    get:
      responses:
        "200": { description: The files }
        "429":
          description: Too many requests
          content:
            application/json:
              schema: { type: object }
              examples:
                rate_limit_exceeded: { value: { code: rate_limit_exceeded } }
YAML
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
node_modules/.bin/prism mock --port "$port" openapi.yaml > log 2>&1 &
server=$!
until grep --quiet listening log; do sleep 0.2; done
ask() {
  curl --silent --max-time 5 --header "Prefer: $1" --write-out ' %{http_code}' "http://127.0.0.1:$port/files"
}
echo "prism $(node -p 'require("./node_modules/@stoplight/prism-cli/package.json").version')"
{
  echo "known example: $(ask 'code=429, example=rate_limit_exceeded')"
  echo "unknown example: $(ask 'example=rate_limit_exceded')"
  echo "unknown example of a status: $(ask 'code=429, example=rate_limit_exceded')"
  echo "unknown status: $(ask 'code=418' | tail -c 3)"
} | tee seen
cat > expected <<'TEXT'
known example: {"code":"rate_limit_exceeded"} 429
unknown example:  200
unknown example of a status:  200
unknown status: 404
TEXT
diff expected seen
