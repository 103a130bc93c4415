import { AppError } from "../../errors.ts";
import type { AgentView } from "../../server/agent-events.ts";
import type { ErrorAnswer, TransferRequest } from "../../server/control-api.ts";
import { HandshakeError, openStream } from "../stream.ts";
import { followViews } from "./follow-views.ts";
import { withTimeout } from "../with-timeout.ts";

type TransferMode = NonNullable<TransferRequest["mode"]>;
/** As in the control API's paths. */
export type TransferButton = "complete" | "bring-together" | "swap" | "cancel";

/** A headless agent page: sends what its buttons send, and follows the same views. */
export interface PageClient {
  /** Reports whether calls can ring in this window. @throws AppError timeout */
  setReady(ready: boolean): Promise<void>;
  /** Whether a call is up in this window. */
  setLine(on: boolean): Promise<void>;
  /** Presses *Transfer to …*. @throws AppError with the server's reason when it is refused */
  transfer(call: string, to: string, mode?: TransferMode): Promise<void>;
  /** Presses a button of the open transfer. @throws AppError with the server's reason when it is refused */
  press(call: string, button: TransferButton): Promise<void>;
  /** Presses *Leave*, or *End call* if the customer would be left alone, and hangs up the line. */
  leave(call: string): Promise<void>;
  /** The current view if it passes the test, else the next one that does. @throws AppError timeout */
  until(what: string, test: (view: AgentView) => boolean): Promise<AgentView>;
  /** Closes the page, which signs the agent off. */
  close(): void;
}

/** A phone may ring for some seconds, on a busy machine. */
const PATIENCE_MS = 15_000;

type Send = (path: string, init?: RequestInit) => Promise<Response>;

async function refusal(response: Response): Promise<AppError> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const message = isJson ? (JSON.parse(text) as ErrorAnswer).error.message : `HTTP ${response.status}`;
  return new AppError("conflict", `The server refused: ${message}`);
}

/** Follows the link as a browser does, and keeps the session's cookie. */
async function signIn(link: string): Promise<string> {
  const response = await fetch(link, { redirect: "manual" });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  if (cookies.length === 0) throw await refusal(response);
  await response.body?.cancel();
  return cookies.join("; ");
}

function createSend(link: string, agent: string, cookie: string, signal: AbortSignal): Send {
  return async (path, init) => {
    const headers = { cookie, "x-agent": agent, "content-type": "application/json" };
    const response = await fetch(new URL(path, link), { ...init, headers, signal });
    if (response.ok) return response;
    throw await refusal(response);
  };
}

/** The page knows from its view what leaving would do; here the server reports it. */
async function leave(send: Send, call: string): Promise<void> {
  const left = await send(`/api/calls/${call}/leave`, { method: "POST", body: "{}" }).catch(() => null);
  if (left) await left.body?.cancel();
  else await post(send, `/api/calls/${call}/end`, {});
}

async function post(send: Send, path: string, body: object): Promise<void> {
  const response = await send(path, { method: "POST", body: JSON.stringify(body) });
  await response.body?.cancel();
}

/** @throws AppError with the server's reason when it is refused */
async function openEventStream(link: string, cookie: string, query: string, signal: AbortSignal) {
  const { href } = new URL(`/api/events?${query}`, link);
  return openStream(href, { cookie }, signal).catch(async (thrown: unknown) => {
    throw thrown instanceof HandshakeError ? await refusal(thrown.response) : thrown;
  });
}

/**
 * Opens an agent's page by its sign-in link. Resolves with the first view.
 * @param line what the page says of a call in it; by default nothing
 * @throws AppError
 */
export async function openPage(link: string, agent: string, line?: "on" | "off"): Promise<PageClient> {
  const closed = new AbortController();
  const cookie = await signIn(link);
  const send = createSend(link, agent, cookie, closed.signal);
  const query = new URLSearchParams({ agent, ...(line && { line }) }).toString();
  const views = followViews(await openEventStream(link, cookie, query, closed.signal));
  // The stream breaks when the page or server closes. Pending waits then time out.
  views.ended.catch(() => closed.abort());
  await withTimeout(
    views.next(() => true),
    `${agent}'s page to show something`,
  );
  return {
    setReady: (ready) =>
      withTimeout(
        views.sendAcknowledged({ event: "ready", data: { ready } }),
        `the server to hear that ${agent} is ready`,
      ),
    setLine: (on) =>
      withTimeout(
        views.sendAcknowledged({ event: "line", data: { on } }),
        `the server to hear of the call in ${agent}'s page`,
      ),
    transfer: (call, to, mode) =>
      post(send, `/api/calls/${call}/transfer`, { to, ...(mode && { mode }) } satisfies TransferRequest),
    press: (call, button) => post(send, `/api/calls/${call}/transfer/${button}`, {}),
    leave: (call) => leave(send, call),
    until: (what, test) => withTimeout(views.next(test), what, PATIENCE_MS),
    close: () => closed.abort(),
  };
}
