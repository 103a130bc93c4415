import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";

/** A request that the emulator made of the app. */
export interface AppRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  /** Twilio's own package accepts its signature. */
  readonly isSigned: boolean;
}

export interface AppAnswer {
  status?: number;
  type?: string | null;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** TwiML without its root, a whole answer, or (null) no answer at all. */
export type Reply = string | AppAnswer | null;

/** A voice app whose answers a test sets by path; anything else is answered with 204. */
export interface TestApp {
  readonly url: string;
  readonly requests: readonly AppRequest[];
  on(path: string, reply: Reply | ((request: AppRequest) => Reply)): void;
  /** Requests to a path, oldest first. */
  to(path: string): AppRequest[];
  close(): Promise<void>;
}

const twiml = (verbs: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

function send(res: ServerResponse, reply: Reply): void {
  if (reply === null) return;
  const answer: AppAnswer = typeof reply === "string" ? { body: twiml(reply) } : reply;
  const { status = 200, type = "text/xml", body = "", headers = {} } = answer;
  res.writeHead(status, { ...(type === null ? {} : { "Content-Type": type }), ...headers });
  res.end(body);
}

async function readRequest(req: IncomingMessage, base: string, authToken: string): Promise<AppRequest> {
  const raw = await text(req);
  const { method = "", headers, url = "/" } = req;
  const [path = "/"] = url.split("?");
  const posted = Object.fromEntries(new URLSearchParams(raw));
  const params = { ...Object.fromEntries(new URL(url, base).searchParams), ...posted };
  const signature = headers["x-twilio-signature"];
  const isSigned = typeof signature === "string" && validateRequest(authToken, signature, base + url, posted);
  return { method, path, params, headers, isSigned };
}

export async function startApp(authToken: string): Promise<TestApp> {
  const requests: AppRequest[] = [];
  const replies = new Map<string, Parameters<TestApp["on"]>[1]>();
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const request = await readRequest(req, url, authToken);
    requests.push(request);
    const reply = replies.has(request.path) ? replies.get(request.path) : { status: 204, type: null };
    send(res, (typeof reply === "function" ? reply(request) : reply) ?? null);
  };
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    on: (path, reply) => void replies.set(path, reply),
    to: (path) => requests.filter((request) => request.path === path),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
