import RequestClient from "twilio/lib/base/RequestClient.js";
import Twilio from "twilio/lib/rest/Twilio.js";
import { AppError } from "../../errors.ts";
import { isLoopback } from "../../loopback.ts";
import { notTwilio, unanswered } from "./errors.ts";

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
function watchRequests(client: RequestClient, seen: (request: RestRequest) => void): RequestClient {
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
function watchServerTime(client: RequestClient, seen: (time: ServerTime) => void): RequestClient {
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

/**
 * The origin of a local Twilio.
 * @throws AppError config unless it is `http(s)://` on loopback: credentials go only to Twilio or this machine
 */
export function localOrigin(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url && /^https?:$/.test(url.protocol) && isLoopback(url.hostname) && !url.username && !url.password)
    return url.origin;
  throw new AppError("config", "The Twilio API base URL does not point at this machine.", {
    hint: "Use http://127.0.0.1:PORT of a running `warm-transfer emulator`, or leave TWILIO_API_BASE_URL unset.",
  });
}

const TIMEOUT_MS = 10_000;

/** Sends every request to `origin` instead of the library's host, with the same path and query. */
function redirected(client: RequestClient, origin: string): RequestClient {
  const send = client.request.bind(client);
  client.request = (options) => {
    const { pathname, search } = new URL(options.uri);
    return send({ ...options, uri: `${origin}${pathname}${search}` });
  };
  return client;
}

/**
 * Turns everything but a response of Twilio into an AppError of category network or timeout.
 * @param origin of a local Twilio. Null: the real one
 */
function explainUnanswered(client: RequestClient, origin: string | null): RequestClient {
  const send = client.request.bind(client);
  client.request = async (options) => {
    const url = new URL(origin ?? options.uri);
    const answer = await send(options).catch((thrown: unknown) => {
      throw unanswered(url, thrown);
    });
    const isText = typeof answer.body === "string" && answer.body.trim() !== "";
    const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400;
    if (isText || isRedirect) throw notTwilio(url, answer.statusCode);
    return answer;
  };
  return client;
}

export interface RestCredentials {
  /** An account's SID, or an API key's. */
  user: string;
  /** The auth token, or the key's secret. */
  password: string;
  /** `AC…` */
  accountSid: string;
  /** A local Twilio, on loopback. Null: api.twilio.com. */
  apiBaseUrl: string | null;
  /** For each request, in milliseconds. Default: 10,000. */
  timeoutMs?: number | undefined;
  /** Such as `ie1` and `dublin`. Null: Twilio's defaults. */
  region?: string | null | undefined;
  edge?: string | null | undefined;
  /** Called after each request. */
  onRequest?: ((request: RestRequest) => void) | undefined;
  /** Called with the time in each response. */
  onServerTime?: ((time: ServerTime) => void) | undefined;
}

/**
 * The official REST client. Repeats requests after 429, because Twilio did not process them
 * (www.twilio.com/docs/api/errors/20429).
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export function connectTwilio(credentials: RestCredentials): Twilio {
  const {
    user,
    password,
    accountSid,
    apiBaseUrl,
    timeoutMs = TIMEOUT_MS,
    onRequest,
    onServerTime,
  } = credentials;
  const plain = new RequestClient({ timeout: timeoutMs, autoRetry: true });
  const origin = apiBaseUrl === null ? null : localOrigin(apiBaseUrl);
  const client = origin === null ? plain : redirected(plain, origin);
  if (onServerTime) watchServerTime(client, onServerTime);
  const httpClient = explainUnanswered(onRequest ? watchRequests(client, onRequest) : client, origin);
  // Empty strings keep the library from reading TWILIO_REGION and TWILIO_EDGE from the environment.
  const place = { region: credentials.region ?? "", edge: credentials.edge ?? "" };
  return new Twilio(user, password, { accountSid, httpClient, ...place });
}
