import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import { sdkShim } from "local-twilio";
import type { AgentView } from "../../../src/server/agent-events.ts";
import type { StreamEvent } from "../../../src/wire/stream.ts";
import { NOON, view } from "../../agent-page/views.ts";
import { type StandInLine, standInLine } from "./line.ts";

/** A server with the control API's wires and nothing behind them: it shows what a test tells it to. */
export interface StandIn {
  readonly url: string;
  readonly line: StandInLine;
  /** Method, path and body of every API request, oldest first; `agent` is the X-Agent header. */
  readonly asked: { request: string; body: unknown; agent: string | undefined }[];
  show(view: AgentView): void;
  /** From now on every request is answered with 401. */
  endSession(): void;
  /** What an operator does who removes the agent. */
  remove(): void;
  /** Answers a call's command, such as `transfer`, with this code. `silence`: never. */
  refuse(code: string, command?: string): void;
  /** Cuts the event streams and everything after with 503; `false` ends it. */
  breakEvents(broken: boolean): void;
  /** Cuts the event streams; refuses new ones, or opens them and holds messages back, as some proxies do. Requests are answered. */
  setStreams(streams: Streams): void;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wav": "audio/wav",
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
].join("; ");

type Streams = "open" | "refused" | "silent";

interface State {
  view: AgentView;
  streams: WebSocketServer;
  asked: StandIn["asked"];
  isSignedIn: boolean;
  isBroken: boolean;
  isReady: boolean;
  streamsAre: Streams;
  refusals: Map<string, string>;
}

/** Serves the page built in `folder`. */
export async function startStandIn(folder: string): Promise<StandIn> {
  const state: State = {
    view: view(),
    streams: new WebSocketServer({ noServer: true }),
    asked: [],
    isSignedIn: true,
    isBroken: false,
    isReady: false,
    streamsAre: "open",
    refusals: new Map(),
  };
  const server = createServer((request, response) => void answer(request, response, folder, state));
  const line = standInLine(server);
  server.on("upgrade", (request, socket, head) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname !== "/api/events") return;
    state.asked.push({ request: "WebSocket /api/events", body: undefined, agent: undefined });
    if (state.isBroken || state.streamsAre === "refused" || !state.isSignedIn) return socket.destroy();
    state.streams.handleUpgrade(request, socket, head, (stream) => {
      if (state.streamsAre !== "open") return;
      sendView(stream, state.view);
      stream.on("message", (data: Buffer) => hear(JSON.parse(String(data)) as StreamEvent, state));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const stream of state.streams.clients) stream.terminate();
  };
  return {
    url: `http://127.0.0.1:${port}/?agent=agent1`,
    line,
    asked: state.asked,
    show: (shown) => show(state, shown),
    endSession: () => {
      state.isSignedIn = false;
      cut();
    },
    remove: () => {
      state.isSignedIn = false;
      for (const stream of state.streams.clients) {
        stream.send(JSON.stringify({ event: "session-ended", data: { by: "operator" } }));
        stream.close();
      }
    },
    refuse: (code, command = "transfer") => void state.refusals.set(command, code),
    breakEvents: (broken) => {
      state.isBroken = broken;
      if (broken) cut();
    },
    setStreams: (streams) => {
      state.streamsAre = streams;
      if (streams !== "open") cut();
    },
    close: async () => {
      cut();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function show(state: State, shown: AgentView): void {
  state.view = shown;
  for (const stream of state.streams.clients) sendView(stream, shown);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  state: State,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const isApi = /^\/(api|token|sign-out)/.test(pathname);
  if (!isApi) return file(pathname, response, folder);
  const body = await read(request);
  const agent = request.headers["x-agent"] as string | undefined;
  state.asked.push({ request: `${request.method} ${pathname}`, body, agent });
  if (state.isBroken) return json(response, 503, {});
  if (!state.isSignedIn) return refuse(response, 401, "auth");
  api(pathname, body, response, state);
}

function api(path: string, body: unknown, response: ServerResponse, state: State): void {
  if (path === "/api/events") return refuse(response, 426, "upgrade-required");
  if (path === "/api/me") return json(response, 200, { agent: state.view.agent });
  if (path.startsWith("/token/"))
    return json(response, 200, { token: "header.claims.signature", agentId: "agent1", ttl: 3600 });
  const refusal = state.refusals.get(/^\/api\/calls\/\w+\/(.*)$/.exec(path)?.[1] ?? "");
  if (refusal === "silence") return;
  if (refusal !== undefined) return refuse(response, 409, refusal);
  response.writeHead(204).end();
}

/** Each view as a snapshot: differences are for the real server's tests. */
function sendView(stream: WebSocket, { colleagues, ...own }: AgentView): void {
  stream.send(JSON.stringify({ event: "snapshot", n: 1, data: { ...own, agents: colleagues } }));
}

/** What a window says shows in the view, as it does at the server. */
function hear({ event, data }: StreamEvent, state: State): void {
  if (event !== "ping" && event !== "pong")
    state.asked.push({ request: event, body: data, agent: undefined });
  const { on } = (data ?? {}) as { on?: boolean };
  if (event === "ready") state.isReady = (data as { ready: boolean }).ready;
  const takesCalls = event === "takes-calls" ? on === true : state.view.takesCalls;
  const isIdle = /free|not-ready/.test(state.view.state);
  const presence = state.isReady && takesCalls ? "free" : "not-ready";
  const next = isIdle ? presence : state.view.state;
  if (next !== state.view.state || takesCalls !== state.view.takesCalls)
    show(state, { ...state.view, takesCalls, state: next });
}

async function file(path: string, response: ServerResponse, folder: string): Promise<void> {
  if (path === "/voice-sdk-shim.js") return send(response, "text/javascript", sdkShim);
  const name = path === "/" ? "/index.html" : path;
  const content = await readFile(join(folder, name)).catch(() => null);
  if (!content) return void response.writeHead(404).end();
  const shim = '<meta name="local-twilio" content="" /><script src="/voice-sdk-shim.js"></script>';
  const isPage = name === "/index.html";
  const text = isPage ? content.toString().replace("<!-- voice-sdk-shim -->", shim) : content;
  send(response, TYPES[extname(name)] ?? "application/octet-stream", text);
}

function send(response: ServerResponse, type: string, content: string | Buffer): void {
  response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(content);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  // By the server's clock it is a minute after the call began, whatever this machine's says.
  response.setHeader("warm-transfer-time", String(NOON + 75_000));
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string): void {
  json(response, status, { error: { category: "conflict", code, message: "No.", hint: null } });
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? undefined : JSON.parse(text);
}
