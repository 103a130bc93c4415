import { followViews } from "../../../src/cli/play/follow-views.ts";
import { openStream } from "../../../src/cli/stream.ts";
import type { AgentView } from "../../../src/server/agent-events.ts";
import type { StreamEvent } from "../../../src/wire/stream.ts";
import type { TestServer } from "./start-server.ts";

/** An agent's browser without a page: a session's cookie, and what the page would send. */
export interface Browser {
  server: TestServer;
  cookie: string;
  agent: string;
  get: (path: string) => Promise<Response>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
}

export async function signIn(server: TestServer, agent: string): Promise<Browser> {
  const link = (await server.signInLink(agent)).replace(server.url, server.localUrl);
  const answer = await fetch(link, { redirect: "manual" });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const headers = { cookie, "X-Agent": agent };
  return {
    server,
    cookie,
    agent,
    get: (path) => fetch(server.localUrl + path, { headers }),
    post: (path, body, more = {}) =>
      fetch(server.localUrl + path, {
        method: "POST",
        headers: { ...headers, Origin: server.url, "Content-Type": "application/json", ...more },
        body: body === undefined ? null : JSON.stringify(body),
      }),
  };
}

/** The views that a page makes of what it is sent. */
export interface Views {
  /** The first view, from the newest known on, that fits. */
  until(fits: (view: AgentView) => boolean): Promise<AgentView>;
  /** Whether calls can ring in this window. Resolves when the server knows. */
  setReady(ready: boolean): Promise<void>;
  setTakesCalls(on: boolean): Promise<void>;
  /** Every message so far. */
  readonly messages: readonly StreamEvent[];
  /** Resolves when the stream has ended. */
  ended: Promise<void>;
  close(): void;
}

/** Opens a page's stream, which ends with the server at the latest. @param knew what the window last knew */
export async function openPage(
  { server, cookie, agent }: Browser,
  knew: "on" | "off" = "on",
): Promise<Views> {
  const url = `${server.localUrl}/api/events?agent=${agent}&takes-calls=${knew}`;
  const stream = await openStream(url, { cookie, origin: server.url }, new AbortController().signal);
  const { next, sendAcknowledged, messages, ended } = followViews(stream);
  const over = ended.then(() => Promise.reject(new Error("the stream has ended")));
  over.catch(() => undefined);
  const page: Views = {
    until: (fits) => Promise.race([next(fits), over]),
    setReady: (ready) => sendAcknowledged({ event: "ready", data: { ready } }),
    setTakesCalls: (on) => sendAcknowledged({ event: "takes-calls", data: { on } }),
    messages,
    ended,
    close: () => stream.close(),
  };
  await page.until(() => true);
  return page;
}

/** Signs an agent in and opens a page in which calls can ring. */
export async function readyAgent(server: TestServer, agent: string) {
  const browser = await signIn(server, agent);
  const page = await openPage(browser);
  await page.setReady(true);
  await page.until((view) => view.state === "free");
  return { browser, page };
}
