#!/usr/bin/env bash
# The RetryAgent of undici rejects a response with 429 or 5xx even if it never repeats the request: a POST is sent once,
# and fails with RequestRetryError, which has the status and the headers, and not the body with its code and message.
# `throwOnError: false` gives the response back. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts undici@7.18.2

cat > retry.mjs <<'CODE'
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Agent, RetryAgent, request } from "undici";

const { version } = JSON.parse(readFileSync("node_modules/undici/package.json", "utf8"));
console.log(`undici ${version}`);
const body = JSON.stringify({ error: { message: "Slow down", type: "rate_limit_error", code: "rate_limit_exceeded" } });
let requests = 0;
const server = createServer((_, response) => {
  requests += 1;
  response.writeHead(429, { "content-type": "application/json" }).end(body);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}`;

async function post(options) {
  requests = 0;
  const agent = new Agent();
  const dispatcher = options === undefined ? agent : new RetryAgent(agent, options);
  let seen;
  try {
    const response = await request(address, { method: "POST", body: "{}", dispatcher });
    seen = `${response.statusCode} with the code ${(await response.body.json()).error.code}`;
  } catch (error) {
    const holds = JSON.stringify({ ...error, text: String(error) }).includes("rate_limit_exceeded");
    seen = `${error.name} ${error.statusCode} ${holds ? "with" : "without"} the code`;
  }
  await agent.close();
  return `${requests} request: ${seen}`;
}

const expected = [
  ["Agent", undefined, "1 request: 429 with the code rate_limit_exceeded"],
  ["RetryAgent", {}, "1 request: RequestRetryError 429 without the code"],
  ["RetryAgent, throwOnError: false", { throwOnError: false }, "1 request: 429 with the code rate_limit_exceeded"],
];
for (const [name, options, wanted] of expected) {
  const seen = await post(options);
  console.log(`${name}, ${seen}`);
  if (seen !== wanted) process.exitCode = 1;
}
server.close();
CODE
node retry.mjs
