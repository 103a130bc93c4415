import type { ErrorAnswer, WatchEvents } from "../../../src/server/control-api.ts";
import { openStream } from "../../../src/cli/stream.ts";
import { OPERATOR, type TestServer } from "./start-server.ts";

type Headers = Record<string, string>;

/** An operator's requests. */
export interface Operator {
  get: (path: string, headers?: Headers) => Promise<Response>;
  post: (path: string, body?: unknown, headers?: Headers) => Promise<Response>;
  remove: (path: string) => Promise<Response>;
}

export function operatorOf(server: TestServer, token = OPERATOR): Operator {
  const ask = (method: string, path: string, body: unknown, headers: Headers = {}) =>
    fetch(server.localUrl + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  return {
    get: (path, headers) => ask("GET", path, undefined, headers),
    post: (path, body, headers) => ask("POST", path, body, headers),
    remove: (path) => ask("DELETE", path, undefined),
  };
}

export const json = async <Value>(response: Promise<Response>): Promise<Value> =>
  (await (await response).json()) as Value;

/** The status, the code, and the hint of a refusal. */
export async function refusalOf(response: Promise<Response>): Promise<[number, string, string | null]> {
  const { error } = await json<ErrorAnswer>(response);
  return [(await response).status, error.code, error.hint];
}

export type Watched = {
  [Name in keyof WatchEvents]: { name: Name; data: WatchEvents[Name] };
}[keyof WatchEvents];

/** The events of `GET /api/watch`, one after the other. */
export interface Watch {
  next(): Promise<Watched>;
  /** Events up to and with the first that fits. */
  until(fits: (event: Watched) => boolean): Promise<Watched[]>;
  close(): void;
}

/** Follows all calls until the server ends. */
export async function watchCalls(server: TestServer): Promise<Watch> {
  const { signal } = new AbortController();
  const url = `${server.localUrl}/api/watch`;
  const stream = await openStream(url, { authorization: `Bearer ${OPERATOR}` }, signal);
  const arriving = stream.events[Symbol.asyncIterator]();
  const next = async (): Promise<Watched> => {
    const { done, value } = await arriving.next();
    if (done) throw new Error("the stream has ended");
    return { name: value.event, data: value.data } as Watched;
  };
  return {
    next,
    close: () => stream.close(),
    async until(fits) {
      const seen = [await next()];
      while (!fits(seen.at(-1) as Watched)) seen.push(await next());
      return seen;
    },
  };
}
