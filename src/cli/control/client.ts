import type { ErrorAnswer } from "../../server/control-api.ts";
import { API_VERSION, API_VERSION_HEADER, SERVER_TIME_HEADER } from "../../version.ts";
import type { StreamEvent } from "../../wire/stream.ts";
import { HandshakeError, openStream } from "../stream.ts";
import { requestFailure, responseTimeout } from "./failures.ts";
import { parseAnswer } from "./parse-answer.ts";
import { assertNoRedirection, assertVersion, notOurServer, refusal } from "./refusals.ts";

export interface ClientOptions {
  /** Without a trailing slash. */
  url: string;
  token: string;
  /** Milliseconds for a whole response, or for a stream's handshake. */
  timeoutMs: number;
  /** Aborts all requests and streams. */
  interrupted: AbortSignal;
}

type Method = "GET" | "POST" | "DELETE";

/** An HTTP client of the control API. Throws only AppErrors. */
export interface Client {
  readonly url: string;
  /** The server's clock, in ms since 1970; this machine's until the first response. */
  now(): number;
  /** Returns the parsed body; undefined for a response without one. */
  request(method: Method, path: string, body?: object): Promise<unknown>;
  /** Opens a stream of events. Aborting the signal ends it. */
  open(path: string, signal: AbortSignal): Promise<AsyncIterable<StreamEvent>>;
}

async function readJson(url: string, response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return parseAnswer(text);
  } catch {
    throw notOurServer(url, "its answer is not JSON");
  }
}

function isErrorAnswer(answer: unknown): answer is ErrorAnswer {
  const { error } = (answer ?? {}) as Partial<ErrorAnswer>;
  return typeof error?.message === "string";
}

/** @throws AppError for a refusal, or a response of another program */
async function accept(url: string, response: Response): Promise<Response> {
  assertNoRedirection(url, response);
  assertVersion(url, response.headers);
  if (response.ok) return response;
  const answer = await readJson(url, response);
  if (!isErrorAnswer(answer)) throw notOurServer(url, `it answered HTTP ${response.status} without a reason`);
  throw refusal(url, response, answer);
}

/** Tracks the server's clock: its time header, plus this machine's monotonic time since. */
function trackServerClock() {
  let ahead = Date.now() - performance.now();
  return {
    now: (): number => Math.round(ahead + performance.now()),
    sync(headers: Headers): void {
      const time = Number(headers.get(SERVER_TIME_HEADER) ?? Number.NaN);
      if (Number.isFinite(time)) ahead = time - performance.now();
    },
  };
}

/** Follows no redirects, so that the token goes to this address only. */
export function createClient({ url, token, timeoutMs, interrupted }: ClientOptions): Client {
  const clock = trackServerClock();
  const headers = { authorization: `Bearer ${token}`, [API_VERSION_HEADER]: String(API_VERSION) };
  const request = async (method: Method, path: string, signal: AbortSignal, body?: object) => {
    const init: RequestInit = { method, headers, redirect: "manual", signal };
    if (body) {
      init.headers = { ...headers, "content-type": "application/json" };
      init.body = JSON.stringify(body);
    }
    const response = await accept(url, await fetch(url + path, init));
    clock.sync(response.headers);
    return response;
  };
  return {
    url,
    now: clock.now,
    async request(method, path, body) {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(timeoutMs)]);
      try {
        return await readJson(url, await request(method, path, signal, body));
      } catch (thrown) {
        throw requestFailure(url, timeoutMs, thrown);
      }
    },
    async open(path, signal) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(responseTimeout(url, timeoutMs)), timeoutMs);
      try {
        const stream = await openStream(
          url + path,
          headers,
          AbortSignal.any([interrupted, signal, late.signal]),
        );
        assertVersion(url, stream.headers);
        clock.sync(stream.headers);
        return stream.events;
      } catch (thrown) {
        if (!(thrown instanceof HandshakeError)) throw requestFailure(url, timeoutMs, thrown);
        await accept(url, thrown.response);
        throw notOurServer(url, "it opens no stream");
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
