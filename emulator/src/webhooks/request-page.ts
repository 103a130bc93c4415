import type { IncomingHttpHeaders } from "node:http";
import type { HttpMethod } from "../types.ts";
import type { CookieJar } from "./cookies.ts";
import type { Delivery } from "./delivery.ts";
import { type Failure, badStatus } from "./failure.ts";
import { type Answer, type AttemptResult, httpAttempt } from "./http-attempt.ts";
import type { Overrides } from "./overrides.ts";
import { sign } from "./signature.ts";
import { localTwimlet } from "../twimlets.ts";

export interface Page {
  status: number;
  contentType: string | null;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The shared state of one delivery's requests. */
export interface Wire {
  authToken: string;
  delivery: Delivery;
  overrides: Overrides;
  cookies: CookieJar | null;
  maxBytes: number;
  /** The same for every retry of a request. */
  token: string;
  tokenOn: "always" | "retries";
  /** Real time at which the whole delivery has taken too long, retries and redirects included. */
  deadline: number;
  /** Authorities that may have signed the app's certificate; undefined: the usual ones. */
  ca: readonly string[] | undefined;
  /** The address of this emulator, which answers for Twilio's twimlets. */
  emulator: () => string;
}

interface PageRequest {
  method: HttpMethod;
  url: string;
  params: Record<string, string>;
}

/** Appends fields as text, so that the app's own query stays as it was configured. */
export function withQuery(url: string, params: Record<string, string> | [string, string][]): string {
  const query = new URLSearchParams(params).toString();
  if (query === "") return url;
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

function headersFor(request: PageRequest, wire: Wire, address: URL, withCredentials: boolean) {
  const headers: Record<string, string> = {
    "User-Agent": "TwilioProxy/1.1",
    Accept: "*/*",
    "X-Twilio-Signature": wire.delivery.signature,
  };
  if (wire.tokenOn === "always" || wire.delivery.attempts > 1)
    headers["I-Twilio-Idempotency-Token"] = wire.token;
  if (request.method === "POST") headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8";
  const cookie = wire.cookies?.header(address.host);
  if (cookie) headers.Cookie = cookie;
  if (withCredentials) {
    const pair = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
    headers.Authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  }
  return headers;
}

async function attemptOnce(
  request: PageRequest,
  wire: Wire,
  withCredentials: boolean,
): Promise<AttemptResult> {
  const plain = request.url.replace(/#.*$/s, "");
  const isPost = request.method === "POST";
  const full = isPost ? plain : withQuery(plain, request.params);
  const url = new URL(full);
  const body = isPost ? new URLSearchParams(request.params).toString() : null;
  wire.delivery.signature = sign(wire.authToken, full, isPost ? request.params : {});
  const headers = headersFor(request, wire, url, withCredentials);
  [url.username, url.password] = ["", ""];
  if (body !== null) headers["Content-Length"] = String(Buffer.byteLength(body));
  const { maxBytes, overrides, ca } = wire;
  const totalTimeout = Math.max(1, wire.deadline - performance.now());
  return httpAttempt({
    ...overrides,
    method: request.method,
    url: localTwimlet(url, wire.emulator()) ?? url,
    headers,
    body,
    maxBytes,
    totalTimeout,
    ca,
  });
}

/** Credentials of the address are only sent after the app has asked for them. */
async function attemptWithCredentials(request: PageRequest, wire: Wire): Promise<AttemptResult> {
  wire.delivery.attempts++;
  const result = await attemptOnce(request, wire, false);
  const asked = "answer" in result && result.answer.status === 401;
  return asked && /\/\/[^/?#]*@/.test(request.url) ? attemptOnce(request, wire, true) : result;
}

function toPage(answer: Answer, request: PageRequest, wire: Wire): Page | { failure: Failure } {
  wire.cookies?.store(new URL(request.url).host, answer.headers["set-cookie"]);
  const contentType = answer.headers["content-type"] ?? null;
  Object.assign(wire.delivery, { status: answer.status, contentType });
  if (answer.status >= 400) return { failure: badStatus(answer.status) };
  return { status: answer.status, headers: answer.headers, contentType, body: answer.body };
}

/** One address, tried again as its overrides say. Redirects are answers here. */
export async function requestPage(request: PageRequest, wire: Wire): Promise<Page | { failure: Failure }> {
  for (let tries = 0; ; tries++) {
    const result = await attemptWithCredentials(request, wire);
    const page = "answer" in result ? toPage(result.answer, request, wire) : result;
    if (!("failure" in page)) return page;
    const { cause } = page.failure;
    const mayRetry = cause !== null && wire.overrides.retryOn.has(cause) && tries < wire.overrides.retries;
    if (!mayRetry || performance.now() >= wire.deadline) return page;
  }
}
