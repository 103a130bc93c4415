import http from "node:http";
import https from "node:https";
import type { HttpMethod } from "../types.ts";
import { type Failure, brokenConnection, failedConnection, slow, tooLarge } from "./failure.ts";

export interface Attempt {
  method: HttpMethod;
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  connectTimeout: number;
  readTimeout: number;
  totalTimeout: number;
  maxBytes: number;
  ca: readonly string[] | undefined;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export type AttemptResult = { answer: Answer } | { failure: Failure };

/** Real timers that watch one request: connecting, the gap between packets, and the whole. */
function watch(attempt: Attempt, give: (failure: Failure) => void) {
  const connecting = setTimeout(() => give(failedConnection("ETIMEDOUT")), attempt.connectTimeout);
  const whole = setTimeout(() => give(slow(attempt.totalTimeout)), attempt.totalTimeout);
  let reading: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(connecting);
    clearTimeout(reading);
    reading = setTimeout(() => give(slow(attempt.readTimeout)), attempt.readTimeout);
  };
  const stop = (): void => [connecting, whole, reading].forEach((timer) => clearTimeout(timer));
  return { heard, stop };
}

function readBody(
  response: http.IncomingMessage,
  maxBytes: number,
  done: (result: AttemptResult) => void,
  heard: () => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    heard();
    size += chunk.length;
    chunks.push(chunk);
    if (size > maxBytes) done({ failure: tooLarge(maxBytes) });
  });
  response.on("end", () => {
    const { statusCode: status = 0, headers } = response;
    done({ answer: { status, headers, body: Buffer.concat(chunks) } });
  });
  response.on("error", (error) => done({ failure: brokenConnection(error.message) }));
}

/** Sends one request over a fresh connection, without following redirects. Never rejects. */
export function httpAttempt(attempt: Attempt): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const send = attempt.url.protocol === "https:" ? https.request : http.request;
    const { method, headers, ca } = attempt;
    const request = send(attempt.url, { method, headers, agent: false, ...(ca && { ca: [...ca] }) });
    let connected = false;
    const done = (result: AttemptResult): void => {
      timers.stop();
      resolve(result);
      request.destroy();
    };
    const timers = watch(attempt, (failure) => done({ failure }));
    request.on("socket", (socket) => {
      socket.once(attempt.url.protocol === "https:" ? "secureConnect" : "connect", () => {
        connected = true;
        timers.heard();
      });
    });
    request.on("response", (response) => {
      timers.heard();
      readBody(response, attempt.maxBytes, done, timers.heard);
    });
    request.on("error", (error: NodeJS.ErrnoException) =>
      done({
        failure: connected ? brokenConnection(error.message) : failedConnection(error.code ?? error.message),
      }),
    );
    request.end(attempt.body ?? undefined);
  });
}
