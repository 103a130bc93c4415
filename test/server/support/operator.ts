import { onTestFinished } from "vitest";
import type { ErrorAnswer, WatchEvents } from "../../../src/server/control-api.ts";
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
}

/** Follows an event stream until the test has finished. */
export async function watchCalls(server: TestServer): Promise<Watch> {
  const { body, status } = await operatorOf(server).get("/api/watch");
  if (status !== 200 || !body) throw new Error(`the event stream answered ${status}`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => reader.cancel().catch(() => undefined));
  let text = "";
  const block = async (): Promise<string> => {
    for (let end = text.indexOf("\n\n"); ; end = text.indexOf("\n\n")) {
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { done, value } = await reader.read();
      if (done) throw new Error("the event stream has ended");
      text += value;
    }
  };
  const next = async (): Promise<Watched> => {
    for (;;) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(await block()) ?? [];
      if (name !== undefined && data !== undefined) return { name, data: JSON.parse(data) } as Watched;
    }
  };
  return {
    next,
    async until(fits) {
      const seen = [await next()];
      while (!fits(seen.at(-1) as Watched)) seen.push(await next());
      return seen;
    },
  };
}
