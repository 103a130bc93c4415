import type { AgentView } from "../../../src/server/control-api.ts";
import type { TestServer } from "./start-server.ts";

/** An agent's browser without a page: a session's cookie, and what the page would send. */
export interface Browser {
  cookie: string;
  get: (path: string) => Promise<Response>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
}

export async function signIn(server: TestServer, agent: string): Promise<Browser> {
  const link = (await server.signInLink(agent)).replace(server.url, server.localUrl);
  const answer = await fetch(link, { redirect: "manual" });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const headers = { cookie, "X-Agent": agent };
  return {
    cookie,
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
  close(): Promise<void>;
}

export async function openPage(browser: Browser): Promise<Views> {
  const answer = await browser.get("/api/events");
  if (!answer.ok || !answer.body) throw new Error(`the event stream answered ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let last: AgentView | undefined;
  const next = async (): Promise<AgentView> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      const block = end < 0 ? "" : text.slice(0, end);
      if (end >= 0) text = text.slice(end + 2);
      if (block.startsWith("event: view\n"))
        return JSON.parse(block.slice(block.indexOf("data: ") + 6)) as AgentView;
      if (end >= 0) continue;
      const { done, value } = await reader.read();
      if (done) throw new Error("the event stream has ended");
      text += value;
    }
  };
  return {
    async until(fits) {
      while (!last || !fits(last)) last = await next();
      return last;
    },
    close: () => reader.cancel(),
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
