/**
 * Drives a client against `failing_server.py`: `failing_cases.mjs CLIENT ADDRESS RESPONSES STREAMS`.
 *
 * RESPONSES and STREAMS are names of cases, separated by commas. It prints the version of the client, then a
 * JSON object for each case: what the client threw, or that the call ended as if it had succeeded.
 */

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import Anthropic from "@anthropic-ai/sdk";
import { generateText, RetryError, streamText } from "ai";
import OpenAI from "openai";

import { printRows } from "./report.mjs";

// Notes of the AI SDK would be among the rows.
globalThis.AI_SDK_LOG_WARNINGS = false;

const messages = [{ role: "user", content: "Hello" }];

async function useUp(chunks) {
  for await (const _ of chunks);
}

function openai(address) {
  const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: "sk-demo" });
  return async (model, stream) => {
    const answer = await client.chat.completions.create({ model, messages, stream });
    if (stream) await useUp(answer);
  };
}

function anthropic(address) {
  const client = new Anthropic({ baseURL: address, apiKey: "sk-demo" });
  return async (model, stream) => {
    const answer = await client.messages.create({ model, messages, max_tokens: 9, stream });
    if (stream) await useUp(answer);
  };
}

function aiSdk(address) {
  const provider = createOpenAICompatible({ name: "demo", baseURL: `${address}/v1`, apiKey: "sk-demo" });
  return async (model, stream) => {
    if (!stream) return generateText({ model: provider(model), messages });
    // The default handler prints the error.
    const { fullStream } = streamText({ model: provider(model), messages, onError() {} });
    for await (const part of fullStream) if (part.type === "error") throw part.error;
  };
}

const read = ({ status, code, type, requestID }) => ({ status, code, type, request_id: requestID });

function readAiSdk({ statusCode, data, responseHeaders, code, type }) {
  const error = data?.error ?? { code, type };
  return {
    status: statusCode,
    code: error.code,
    type: error.type,
    request_id: responseHeaders?.["x-request-id"],
  };
}

// The package of each client, its calls, and how its errors are read.
const clients = {
  openai: ["openai", openai, read],
  anthropic: ["@anthropic-ai/sdk", anthropic, read],
  "ai-sdk": ["ai", aiSdk, readAiSdk],
};

/** What a log shows of an error, and what it carries of the body. */
function textOf(error) {
  const carried = error.error ?? error.responseBody ?? (error instanceof Error ? "" : error);
  return `${error} ${JSON.stringify(carried)}`;
}

async function main(client, address, responses, streams) {
  const [name, connect, fieldsOf] = clients[client];
  const call = connect(address);
  const cases = [
    ...responses.split(",").map((name) => [name, false]),
    ...streams.split(",").map((name) => [name, true]),
  ];
  const row = async ([name, isStream]) => {
    try {
      await call(name, isStream);
    } catch (thrown) {
      // After retries, the AI SDK throws the list of failures.
      const error = RetryError.isInstance(thrown) ? thrown.lastError : thrown;
      const fields = Object.entries(fieldsOf(error)).map(([key, value]) => [key, value?.toString() ?? null]);
      const seen = { class: error.constructor.name.replace(/^_/, ""), text: textOf(error), ...Object.fromEntries(fields) };
      return { case: name, error: seen };
    }
    return { case: name, error: null };
  };
  await printRows(name, name, cases.map(row));
}

await main(...process.argv.slice(2));
