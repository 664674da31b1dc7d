/** Texts that people paste: what clients and logs print, and what is left of it. */

import { inspect } from "node:util";

/** A value as Python prints it. */
export function python(value) {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value).map(([name, member]) => `${python(name)}: ${python(member)}`);
    return `{${members.join(", ")}}`;
  }
  if (typeof value !== "string") return String(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const text = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return quote + (quote === "'" ? text.replaceAll("'", "\\'") : text) + quote;
}

/** The forms of a body, given as text and as value. */
export const inText = {
  alone: (body) => body,
  indented: (_, value) => JSON.stringify(value, null, 2),
  python: (_, value) => `Error code: 400 - ${python(value)}`,
  node: (_, value) => `Error: failed\n    at main (app.mjs:3:7) ${inspect(value, { depth: 9 })}`,
  log: (body) => `2026-11-30T10:00:00Z ERROR [http] request failed body=${body} after 3 tries [retry]`,
  escaped: (body) => JSON.stringify({ level: "error", response: { body } }),
  event: (body) => `event: error\ndata: ${body}\n\n`,
  quoted: (_, value) => JSON.stringify(value, null, 2).replaceAll(/^/gm, "> "),
  "cut off": (body) => body.slice(0, -2),
  "with rubbish": (body) => `${body}\nfoo } ] x`,
};

const limited = {
  error: { message: "Rate limit reached for this key or IP address.", type: "rate_limit_error", code: "rate_limit_exceeded" },
};
const overloaded = { type: "error", error: { type: "rate_limit_error", message: limited.error.message }, request_id: "req_011" };
const missing = {
  error: {
    code: 404,
    message: "The model does not exist or is not available on your plan.",
    status: "NOT_FOUND",
    details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "MODEL_NOT_FOUND", domain: "docs.example.com" }],
  },
};

/** An error of the openai client for Node, as `console.log` prints it. */
function thrown() {
  const error = new Error("429 Rate limit reached for this key or IP address.");
  Object.assign(error, { status: 429, headers: new Headers({ "retry-after": "3" }), requestID: "req_5f1", ...limited });
  return Object.assign(error, { code: "rate_limit_exceeded", param: undefined, type: "rate_limit_error" });
}

/** What is pasted, the names of the first errors that the page must show, and what else is in the first of them. */
export const clients = [
  {
    subject: "curl -i",
    text: `HTTP/2 404 \r\ncontent-type: application/json\r\nx-request-id: req_7f3a19\r\ndate: Mon, 30 Nov 2026 10:30:00 GMT\r\n\r\n${JSON.stringify(missing)}\n`,
    names: ["model_not_found"],
    has: ["GET /v1/models", "Do not retry", "Request id: req_7f3a19", "Time: Mon, 30 Nov 2026 10:30:00 GMT", "Status: 404", "style google"],
  },
  {
    subject: "curl -v",
    text: `> GET /v1/models HTTP/1.1\n> Host: x\n>\n< HTTP/1.1 429 Too Many Requests\n< x-request-id: req_9\n< retry-after: 3\n<\n{ [120 bytes data]\n${JSON.stringify(limited)}`,
    names: ["rate_limit_exceeded"],
    has: ["Request id: req_9", "Retry-After: 3", "Status: 429"],
  },
  {
    subject: "openai for Python",
    text: `Traceback (most recent call last):\n  File "app.py", line 3, in <module>\nopenai.RateLimitError: Error code: 429 - ${python(limited)}`,
    names: ["rate_limit_exceeded"],
    has: ["Status: 429", "Message: Rate limit reached"],
  },
  { subject: "openai for Node", text: inspect(thrown()), names: ["rate_limit_exceeded"], has: ["req_5f1", "Status: 429"] },
  { subject: "the body of an exception", text: python(limited.error), names: ["rate_limit_exceeded"] },
  {
    subject: "anthropic for Python",
    text: `anthropic.RateLimitError: Error code: 429 - ${python(overloaded)}`,
    names: ["rate_limit_exceeded"],
    has: ["Request id: req_011", "style anthropic"],
  },
  { subject: "anthropic for Node", text: `RateLimitError: 429 ${JSON.stringify(overloaded)}`, names: ["rate_limit_exceeded"] },
  {
    subject: "google-genai",
    text: `google.genai.errors.ClientError: 404 NOT_FOUND. ${python(missing)}`,
    names: ["model_not_found"],
    has: ["style google"],
  },
  {
    subject: "AI SDK",
    text: inspect({ name: "AI_APICallError", url: "https://x/v1", statusCode: 429, responseBody: JSON.stringify(limited), isRetryable: true }),
    names: ["rate_limit_exceeded"],
  },
  {
    subject: "litellm",
    text: `litellm.exceptions.RateLimitError: litellm.RateLimitError: RateLimitError: OpenAIException - ${limited.error.message}`,
    names: ["rate_limit_exceeded"],
  },
  { subject: "async-openai", text: `rate_limit_error: ${limited.error.message} (code: rate_limit_exceeded)`, names: ["rate_limit_exceeded"] },
  {
    subject: "the crate, with Debug",
    text: 'ReceivedError { status: 429, code: Some(Known(RateLimitExceeded)), message: "Slow down", request_id: Some("req_88421") }',
    names: ["rate_limit_exceeded"],
    has: ["req_88421"],
  },
  {
    subject: "a stream",
    text: `data: {"choices":[]}\n\nevent: error\ndata: ${JSON.stringify({ type: "error", error: { ...limited.error, status: 429, request_id: "req_77" } })}\n\ndata: [DONE]\n`,
    names: ["rate_limit_exceeded"],
    has: ["Request id: req_77"],
  },
  { subject: "a message", text: limited.error.message, names: ["rate_limit_exceeded"] },
  { subject: "a code", text: "rate_limit_exceeded", names: ["rate_limit_exceeded"], told: "This is rate_limit_exceeded" },
  { subject: "a code in capitals", text: "RATE_LIMIT_EXCEEDED", names: ["rate_limit_exceeded"] },
  { subject: "the address of a page", text: "see https://docs.example.com/errors/rate_limit_exceeded", names: ["rate_limit_exceeded"] },
  { subject: "a status", text: "404", names: ["model_not_found", null], told: "one of 2 errors" },
  { subject: "a word of a fix", text: "jitter", names: ["rate_limit_exceeded"] },
  { subject: "the beginning of a code", text: "rate_l", names: ["rate_limit_exceeded"] },
  { subject: "a misspelled code", text: "file_to_larg", names: ["file_too_large"], told: "No error is called “file_to_larg”" },
  {
    subject: "an unknown code",
    text: '{"error":{"message":"New","type":"invalid_request_error","code":"file_too_larger"}}',
    names: ["file_too_large"],
    told: "“file_too_larger” is not a code of this API",
  },
  {
    subject: "an error without code",
    text: '{"error":{"message":"There is no such path.","type":"invalid_request_error","code":null}}',
    names: [null],
    has: ["There is no such path.", "404"],
    told: "an error without a code",
  },
  { subject: "something else", text: "zzzzqqqq", names: [], told: "The page looked for a body in the styles openai, anthropic, google" },
];

/** Numbers that look random, the same ones in every run. */
function* numbers(seed) {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

/** Damaged bodies, and texts that could be taken for markup or never end. */
export function broken(bodies) {
  const random = numbers(7);
  const next = (limit) => random.next().value % limit;
  const signs = ["{", "}", "[", "]", '"', "'", "\\", ",", ":", "<", "\u0000", "\ud800", "(", "=", "\n"];
  const damaged = Array.from({ length: 400 }, () => {
    let text = bodies[next(bodies.length)];
    for (let edits = 1 + next(4); edits > 0; edits -= 1) {
      const at = next(text.length + 1);
      text = text.slice(0, at) + signs[next(signs.length)] + text.slice(at + next(3));
    }
    return text.slice(0, 1 + next(text.length + 20));
  });
  return [
    "",
    " \n\t ",
    "{",
    "[]",
    "{}",
    "null",
    '{"error":',
    '{"error":{"message":{"message":{}},"code":{"code":[]},"type":null,"param":[1]}}',
    '{"__proto__":{"message":"x","code":"y"},"constructor":{"prototype":{}},"toString":"z"}',
    "__proto__",
    "constructor",
    "hasOwnProperty",
    '<img src=x onerror="throw 1">',
    '{"error":{"message":"<img src=x onerror=\\"throw 1\\">","type":"<script>throw 1</script>","code":"<b>x</b>"}}',
    "</script><script>throw 1</script>",
    "{".repeat(100_000),
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
    "('".repeat(50_000),
    '{"error":{"message":"'.repeat(10_000),
    "\\".repeat(100_000),
    `{"error":"${"\\\\".repeat(50_000)}`,
    `${"a_b ".repeat(100_000)}`,
    "x".repeat(1_000_000),
    ...damaged,
  ];
}
