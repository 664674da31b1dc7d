#!/usr/bin/env bash
# @ai-sdk/openai makes up a status for an error event of a stream, from words in its code and type: the words decide
# whether the error can be retried. A code without a known word becomes a 500 that can be, whatever its type says of
# billing; the same code with "invalid" in its name is a 400 that cannot. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ai@7.0.173 @ai-sdk/openai@4.0.118

cat > stream.mjs <<'CODE'
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createOpenAI } from "@ai-sdk/openai";
import { streamText } from "ai";

const versions = ["ai", "@ai-sdk/openai"].map((name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version}`;
});
console.log(versions.join(", "));
const chunk = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m",
  choices: [{ index: 0, delta: { role: "assistant", content: "Hel" }, finish_reason: null }] };
const server = createServer((request, response) => {
  let text = "";
  request.on("data", (part) => { text += part; });
  request.on("end", () => {
    const code = JSON.parse(text).model;
    const error = { message: "The plan is used up", type: "billing_error", code };
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`data: ${JSON.stringify(chunk)}\n\nevent: error\ndata: ${JSON.stringify({ error })}\n\n`);
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const openai = createOpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${server.address().port}` });
const expected = {
  plan_exhausted: "500, retryable true",
  invalid_plan: "400, retryable false",
  rate_limit_of_plan: "429, retryable true",
};
for (const [code, wanted] of Object.entries(expected)) {
  let seen = "no error";
  const result = streamText({ model: openai.chat(code), prompt: "Hello", onError: () => {} });
  for await (const part of result.fullStream) {
    if (part.type === "error") seen = `${part.error.statusCode}, retryable ${part.error.isRetryable}`;
  }
  console.log(`${code}: ${seen}`);
  if (seen !== wanted) process.exitCode = 1;
}
server.close();
CODE
node stream.mjs
