import type RequestClient from "twilio/lib/base/RequestClient.js";

/** A finished request to Twilio. */
export interface RestRequest {
  /** Method and resource, without any SID: `POST Calls`, `POST Conferences/…/Participants/…`. */
  operation: string;
  /** `ok`, Twilio's own code, else `http-STATUS`, or what broke the connection: `ECONNREFUSED`. */
  code: string;
  /** Milliseconds. */
  ms: number;
}

const ACCOUNT = /^\/2010-04-01\/Accounts(\/AC[0-9a-f]{32})?\/?/;

/** Method and resource of a URL, without its SIDs and numbers. */
function operationOf(method: string, uri: string): string {
  const path = new URL(uri).pathname.replace(ACCOUNT, "").replace(/\.json$/, "");
  // Path segments alternate: resource, then its SID.
  const parts = path.split("/").map((part, index) => (index % 2 === 0 ? part : "…"));
  return `${method.toUpperCase()} ${parts.join("/") || "Accounts"}`;
}

/** Twilio's error code is in the body, which the library has not parsed yet. */
function codeOf({ statusCode, body }: { statusCode: number; body: unknown }): string {
  if (statusCode < 400) return "ok";
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return /"code":\s*(\d{5})\b/.exec(text)?.[1] ?? `http-${statusCode}`;
}

function brokenCode(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "error";
}

/** Calls `seen` after each request, successful or not. A request and its repeats after 429 count as one. */
export function watchRequests(client: RequestClient, seen: (request: RestRequest) => void): RequestClient {
  const send = client.request.bind(client);
  client.request = async (options) => {
    const began = performance.now();
    const report = (code: string): void =>
      seen({ operation: operationOf(options.method, options.uri), code, ms: performance.now() - began });
    try {
      const answer = await send(options);
      report(codeOf(answer));
      return answer;
    } catch (thrown) {
      report(brokenCode(thrown));
      throw thrown;
    }
  };
  return client;
}

/** Twilio's clock, in milliseconds since 1970, and ours before and after the request. */
export interface ServerTime {
  /** Full seconds. */
  at: number;
  asked: number;
  answered: number;
}

/** Calls `seen` with the `Date` of each response that has one; a refusal has one, too. */
export function watchServerTime(client: RequestClient, seen: (time: ServerTime) => void): RequestClient {
  const send = client.request.bind(client);
  client.request = async (options) => {
    const asked = Date.now();
    const answer = await send(options);
    const { date } = (answer.headers ?? {}) as { date?: string };
    const at = Date.parse(date ?? "");
    if (!Number.isNaN(at)) seen({ at, asked, answered: Date.now() });
    return answer;
  };
  return client;
}
