import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";

/** A request at a gate. */
export interface Passing {
  /** `POST /conference/events` */
  name: string;
  /** The fields: of a POST's body, of a GET's query. */
  form: URLSearchParams;
}

export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** What becomes of a request: an answer, or null for a broken connection. `pass` sends it on. */
export type Fate = (pass: () => Promise<Answer>) => Promise<Answer | null>;

/** Stands between two sides of HTTP; lets requests through but for those that a test stops, and WebSockets while open. */
export interface Gate {
  /** For `startWorld`: takes the address behind the gate, gives the gate's own. */
  readonly through: (target: string) => Promise<string>;
  /** Every request that has come so far. */
  readonly seen: readonly Passing[];
  /** Lets the next `times` requests that fit have another fate. The test fails if none came. */
  stop(fits: (request: Passing) => boolean, fate: Fate, times?: number): void;
  /** Whatever comes has this fate until `open`, and answers that are under way get lost. */
  shut(fate: Fate): void;
  open(): void;
}

function send(target: string, request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, headers, url = "/" } = request;
  const sent = httpRequest(new URL(url, target), { method: method ?? "GET", headers, agent: false });
  sent.end(body);
  return once(sent, "response").then(([answer]) => answer as IncomingMessage);
}

/** Joins two sockets: what ends one ends the other. */
function join(near: Duplex, far: Duplex): void {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.on("error", () => to.destroy());
    from.once("close", () => to.destroy());
    from.pipe(to);
  }
}

/** Passes a WebSocket's handshake on, byte by byte, and all that follows. */
function tunnel(target: string, request: IncomingMessage, near: Duplex, head: Buffer): void {
  const far = connect(Number(new URL(target).port), "127.0.0.1");
  const fields = request.rawHeaders.flatMap((text, index) =>
    index % 2 === 0 ? [`${text}: ${request.rawHeaders[index + 1] ?? ""}`] : [],
  );
  far.write([`${request.method} ${request.url} HTTP/1.1`, ...fields, "", ""].join("\r\n"));
  far.write(head);
  join(near, far);
}

async function meet(fate: Fate, pass: () => Promise<IncomingMessage>, response: ServerResponse) {
  const answer = await fate(async () => {
    const message = await pass();
    const type = message.headers["content-type"] ?? "text/plain";
    return { status: message.statusCode ?? 0, type, body: await text(message) };
  });
  if (answer === null || response.destroyed) return void response.destroy();
  const noBody = answer.status === 204;
  response.writeHead(answer.status, noBody ? {} : { "content-type": answer.type });
  response.end(noBody ? undefined : answer.body);
}

export function createGate(): Gate {
  const stops: { fits: (request: Passing) => boolean; fate: Fate; times: number }[] = [];
  const seen: Passing[] = [];
  const tunnels = new Set<Duplex>();
  let shut: Fate | undefined;
  const handle = async (target: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const [path, query] = (request.url ?? "").split("?");
    const fields = request.method === "GET" ? query : body.toString();
    const passing = { name: `${request.method} ${path}`, form: new URLSearchParams(fields) };
    seen.push(passing);
    const pass = async () => {
      const answer = await send(target, request, body);
      if (shut) response.destroy();
      return answer;
    };
    if (shut) return meet(shut, pass, response);
    const stop = stops.find(({ fits, times }) => times > 0 && fits(passing));
    if (stop) {
      stop.times -= 1;
      return meet(stop.fate, pass, response);
    }
    const answer = await pass();
    if (response.destroyed) return void answer.destroy();
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    response.once("close", () => answer.destroy());
    answer.pipe(response);
  };
  return {
    seen,
    async through(target) {
      const server = createServer((request, response) => {
        handle(target, request, response).catch(() => response.destroy());
      });
      server.on("upgrade", (request, near: Duplex, head) => {
        if (shut) return void near.destroy();
        tunnels.add(near);
        near.once("close", () => tunnels.delete(near));
        tunnel(target, request, near, head);
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      onTestFinished(() => {
        server.closeAllConnections();
        for (const near of tunnels) near.destroy();
        server.close();
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    stop(fits, fate, times = 1) {
      const stop = { fits, fate, times };
      stops.push(stop);
      onTestFinished(() => expect(stop.times, "a request that should have been stopped").toBeLessThan(times));
    },
    shut(fate) {
      shut = fate;
      for (const near of tunnels) near.destroy();
    },
    open: () => void (shut = undefined),
  };
}
