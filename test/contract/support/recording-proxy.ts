import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Exchange } from "./client.ts";

async function forward(target: string, req: IncomingMessage, res: ServerResponse): Promise<Exchange> {
  const body = await text(req);
  const method = req.method as Exchange["method"];
  const answer = await fetch(new URL(req.url ?? "/", target), {
    method,
    headers: {
      authorization: req.headers.authorization ?? "",
      "content-type": req.headers["content-type"] ?? "application/x-www-form-urlencoded",
    },
    ...(method === "POST" ? { body } : {}),
  });
  const answered = await answer.text();
  res.writeHead(answer.status, { "content-type": "application/json" }).end(answered || undefined);
  const url = new URL(req.url ?? "/", target);
  const form = Object.fromEntries(
    method === "POST" ? multiple(new URLSearchParams(body)) : multiple(url.searchParams),
  );
  return {
    method,
    path: url.pathname,
    form,
    status: answer.status,
    body: answered === "" ? undefined : (JSON.parse(answered) as unknown),
  };
}

function multiple(form: URLSearchParams): [string, string | string[]][] {
  return [...new Set(form.keys())].map((name) => {
    const values = form.getAll(name);
    return [name, values.length > 1 ? values : (values[0] ?? "")];
  });
}

/** Stands between a client and the emulator, changes nothing, and keeps every exchange. Closed with the test. */
export async function recordingProxy(target: string, exchanges: Exchange[]): Promise<string> {
  const server = createServer((req, res) => {
    void forward(target, req, res).then((exchange) => exchanges.push(exchange));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
