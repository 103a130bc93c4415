import { once } from "node:events";
import { type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  method: string;
  path: string;
  authorization: string;
  form: Record<string, string[]>;
}

export interface Answer {
  status: number;
  body: unknown;
  type?: string;
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const form: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString()))
    (form[name] ??= []).push(value);
  const { method = "", url = "", headers } = request;
  return { method, path: url, authorization: headers.authorization ?? "", form };
}

/** A REST API that keeps every request and answers as `respond` says: null resets the connection, "no answer" stays silent. */
export async function startRestStandIn(respond: (request: SeenRequest) => Answer | null | "no answer") {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      requests.push(seen);
      const answer = respond(seen);
      if (answer === "no answer") return;
      if (answer === null) return response.destroy();
      const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      return response
        .writeHead(answer.status, { "Content-Type": answer.type ?? "application/json" })
        .end(body);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close(): Promise<void> {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

/** Twilio's error body (www.twilio.com/docs/usage/twilios-response). */
export const restError = (status: number, code: number, message = "No."): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});
