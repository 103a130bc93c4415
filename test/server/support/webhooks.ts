import { createHmac } from "node:crypto";
import type { TestServer } from "./start-server.ts";

export const CALL = `CA${"c".repeat(32)}`;

/** Twilio's signature, written down from its page rather than taken from the package that checks it. */
export function sign(token: string, url: string, params: Record<string, string>): string {
  const names = Object.keys(params).sort();
  const text = url + names.map((name) => name + params[name]).join("");
  return createHmac("sha1", token).update(text).digest("base64");
}

/** The fields of a customer's call, as Twilio sends them. */
export const inbound = (server: TestServer, change: Record<string, string> = {}): Record<string, string> => ({
  AccountSid: server.config.accountSid,
  ApiVersion: "2010-04-01",
  CallSid: CALL,
  CallStatus: "ringing",
  Direction: "inbound",
  From: "+15550111111",
  To: server.config.number,
  ...change,
});

/**
 * Sends a webhook, signed for the public URL as it is now unless told otherwise; `headers` and `body` replace what Twilio
 * would have sent.
 */
export function webhook(
  server: TestServer,
  path: string,
  params: Record<string, string>,
  more: {
    headers?: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer> | ReadableStream;
    signedPath?: string;
    signedFor?: string;
  } = {},
): Promise<Response> {
  const signature = sign(
    server.config.authToken,
    (more.signedFor ?? server.url) + (more.signedPath ?? path),
    params,
  );
  return fetch(server.localUrl + path, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "X-Twilio-Signature": signature,
      ...more.headers,
    },
    body: more.body ?? new URLSearchParams(params).toString(),
    ...(more.body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
}
