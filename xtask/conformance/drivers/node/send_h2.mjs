// Sends requests over HTTP/2 without TLS, each over a connection of its own: `send_h2.mjs PORT REQUESTS`. REQUESTS is a
// file with a list of `{ method, target, headers, length, sized, times }`. Prints a list with `{ status, headers, body }`
// for each, or null if the connection ended without an answer.

import { readFileSync } from "node:fs";
import { connect } from "node:http2";
import { setTimeout as wait } from "node:timers/promises";

const PATIENCE = 10_000;
// How long the rest of a body waits for an answer to its beginning, and how long that is.
const PAUSE = 400;
const BEGINNING = 16 * 1024;

const send = (port, { method, target, headers, length, sized }) =>
  new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`, { maxSendHeaderBlockLength: 1 << 20 });
    let answer = null;
    const end = () => {
      resolve(answer);
      session.destroy();
    };
    session.on("error", end);
    session.setTimeout(PATIENCE, end);
    const pseudo = { ":method": method, ":path": target };
    const framing = sized ? { "content-length": String(length) } : {};
    const stream = session.request(
      { ...pseudo, ...Object.fromEntries(headers), ...framing },
      { endStream: length === 0 },
    );
    stream.on("response", (found) => {
      const { ":status": status, ...rest } = found;
      answer = { status, headers: Object.entries(rest).map(([name, value]) => [name, String(value)]), body: "" };
    });
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      answer.body += text;
    });
    // A proxy may answer and then refuse the rest of the body: that is an answer.
    stream.on("error", () => {});
    stream.on("end", end);
    stream.on("close", end);
    if (length > 0) {
      stream.write("x".repeat(Math.min(BEGINNING, length)));
      wait(PAUSE).then(() => {
        if (answer === null && !stream.destroyed) {
          stream.end("x".repeat(Math.max(0, length - BEGINNING)));
        }
      });
    }
  });

const sendOften = async (port, request) => {
  let answer = null;
  for (let time = 0; time < request.times; time += 1) {
    answer = await send(port, request);
  }
  return answer;
};

const [port, file] = process.argv.slice(2);
const requests = JSON.parse(readFileSync(file, "utf8"));
const answers = await Promise.all(requests.map((request) => sendOften(port, request)));
console.log(JSON.stringify(answers));
