import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { TwilioError } from "../engine/engine.ts";
import { UNKNOWN_PARAMETER_HEADER, UnknownParameterError } from "./check-parameters.ts";

/** As Twilio's answers carry them; the emulator answers no preflight, so pages from elsewhere read nothing. */
const CROSS_ORIGIN = {
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Allow-Headers":
    "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Idempotency-Key",
  "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag",
};

/** Headers that Twilio's answers carry, and those that say whose answer it is. */
function headers(startedAt: number): Record<string, string> {
  return {
    "Content-Type": "application/json;charset=utf-8",
    "Cache-Control": "no-store",
    "Twilio-Concurrent-Requests": "1",
    "Twilio-Request-Id": `RQ${randomBytes(16).toString("hex")}`,
    "Twilio-Request-Duration": ((performance.now() - startedAt) / 1000).toFixed(3),
    "X-Api-Domain": "api.twilio.com",
    "X-Home-Region": "us1",
    "X-Powered-By": "AT-5000",
    "X-Shenanigans": "none",
    ...CROSS_ORIGIN,
  };
}

/** @param startedAt of `performance.now()` when the request came */
export function respond(
  res: ServerResponse,
  startedAt: number,
  answer: { status: number; body: unknown; headers?: Record<string, string> },
): void {
  res.writeHead(answer.status, { ...headers(startedAt), ...answer.headers });
  res.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
}

function extraHeaders(error: TwilioError): Record<string, string> {
  if (error instanceof UnknownParameterError)
    return { [UNKNOWN_PARAMETER_HEADER]: encodeURIComponent(error.parameter) };
  if (error.status === 401) return { "WWW-Authenticate": 'Basic realm="Twilio API"' };
  // What is left of a body that was too large is not read.
  return error.status === 413 ? { Connection: "close" } : {};
}

/** Twilio's error body (www.twilio.com/docs/usage/twilios-response#response-formats-exceptions). */
export function respondError(res: ServerResponse, startedAt: number, thrown: unknown): void {
  const error =
    thrown instanceof TwilioError
      ? thrown
      : new TwilioError(20500, `The emulator failed: ${String(thrown)}`, 500);
  const { code, message, status } = error;
  const more_info = code < 10_000 ? "SUPPORTED.md" : `https://www.twilio.com/docs/errors/${code}`;
  respond(res, startedAt, {
    status,
    body: { code, message, more_info, status },
    headers: extraHeaders(error),
  });
}
