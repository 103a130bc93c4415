import { createWaitingList } from "../../../src/cli/play/waiting-list.ts";
import { openStream } from "../../../src/cli/stream.ts";
import type { AgentView } from "../../../src/server/control-api.ts";
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

/** The views that a page is sent. */
export interface Views {
  /** The first view, from the newest known on, that fits. */
  until(fits: (view: AgentView) => boolean): Promise<AgentView>;
  /** Everything that the stream has sent, when it has ended. */
  ended(): Promise<{ name: string; data: unknown }[]>;
  close(): void;
}

/** Opens a page's stream, which ends with the server at the latest. */
export async function openPage({ server, cookie, agent }: Browser): Promise<Views> {
  const url = `${server.localUrl}/api/events?agent=${agent}`;
  const stream = await openStream(url, { cookie, origin: server.url }, new AbortController().signal);
  const views = createWaitingList<AgentView>();
  const sent: { name: string; data: unknown }[] = [];
  const ended = (async () => {
    for await (const { event, data } of stream.events) {
      sent.push({ name: event, data });
      if (event === "view") views.add(data as AgentView);
    }
    return sent;
  })();
  const over = ended.then(() => Promise.reject(new Error("the stream has ended")));
  over.catch(() => undefined);
  return {
    until: (fits) => Promise.race([views.next(fits), over]),
    ended: () => ended,
    close: () => stream.close(),
  };
}

/** Signs an agent in, opens the page and says that the agent takes calls. */
export async function readyAgent(server: TestServer, agent: string) {
  const browser = await signIn(server, agent);
  const page = await openPage(browser);
  await page.until(() => true);
  await browser.post("/api/ready", { ready: true });
  await page.until((view) => view.state === "free");
  return { browser, page };
}
