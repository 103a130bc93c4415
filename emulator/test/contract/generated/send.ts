import { Agent, request } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";
import type { Contract } from "../../../../test/support/contract/contract.ts";
import type { RestRequest } from "./rest.ts";

/** A request without an answer by then hangs. */
const HANGS_MS = 10_000;

/** @throws Error when it takes too long */
export async function withinBound<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} hangs`)), HANGS_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Sends REST requests over connections that stay open. */
export function createSender(url: string, contract: Contract, learn: (text: string) => void) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const succeeded = new Set<string>();
  const ask = ({
    method,
    path,
    headers,
    body,
  }: RestRequest): Promise<{ status: number; type: string; body: string }> =>
    new Promise((resolve, reject) => {
      const sent = request(url + path, { method, headers, agent }, (res) => {
        const { statusCode: status = 0, headers: found } = res;
        text(res).then(
          (answer) => resolve({ status, type: found["content-type"] ?? "", body: answer }),
          reject,
        );
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return {
    /** What is wrong with the answer. */
    async complaints(given: RestRequest): Promise<string[]> {
      const { status, type, body } = await withinBound(ask(given), "the request");
      learn(body);
      const { method, path, isDescribed } = given;
      const operation = isDescribed && contract.operationId(method as "GET", path);
      if (operation && status < 300) succeeded.add(operation);
      return complaintsOf(contract, given, { status, type, body });
    },
    /** Operations that were answered as wished at least once. */
    succeeded,
    close: () => agent.destroy(),
  };
}

function complaintsOf(
  contract: Contract,
  { method, path, isDescribed }: RestRequest,
  { status, type, body }: { status: number; type: string; body: string },
): string[] {
  if (status >= 500 && status !== 501) return [`${status}: ${body.slice(0, 500)}`];
  if (status >= 300 && status < 400) return [`${status}: a redirection`];
  if (method === "HEAD") return body === "" ? [] : ["HEAD with a body"];
  if (status < 300 && !isDescribed) return [];
  if (status === 204) return contract.conformsToAnswer(method as "DELETE", path, status, null);
  if (!type.startsWith("application/json")) return [`${status} as ${type}: ${body.slice(0, 200)}`];
  const answer = JSON.parse(body) as Record<string, unknown>;
  if (status < 300) return contract.conformsToAnswer(method as "GET", path, status, answer);
  const keys = Object.keys(answer).toSorted().join();
  const isError = keys === "code,message,more_info,status" && answer.status === status;
  return isError ? [] : [`${status} without Twilio's form of an error: ${body.slice(0, 200)}`];
}

const SERVER_TYPES =
  /^(connected|ready|offline|error|invite|ringing|answer|cancel|hangup|ack|message|close)$/;

function complaintOfMessage(frame: string): string | undefined {
  if (frame === "\n") return undefined;
  const { type, version, payload } = JSON.parse(frame) as Record<string, unknown>;
  const isMessage = SERVER_TYPES.test(String(type)) && version === "1.6" && typeof payload === "object";
  return isMessage ? undefined : `the emulator sent ${frame.slice(0, 200)}`;
}

/** A browser's socket, opened again when the emulator has closed it. */
export function createBrowser(url: string, learn: (text: string) => void) {
  let socket: WebSocket | undefined;
  let wrong: string[] = [];
  const open = async (): Promise<WebSocket> => {
    if (socket?.readyState === WebSocket.OPEN) return socket;
    const opened = new WebSocket(`${url.replace("http", "ws")}/signal`);
    opened.on("message", (data: Buffer) => {
      const frame = data.toString();
      learn(frame);
      const complaint = complaintOfMessage(frame);
      if (complaint) wrong.push(complaint);
    });
    opened.on("error", () => undefined);
    await withinBound(once(opened, "open"), "a socket");
    return (socket = opened);
  };
  return {
    async complaints(frame: string): Promise<string[]> {
      const { OPEN } = WebSocket;
      const to = await open();
      const over = new AbortController();
      const { signal } = over;
      const answered = Promise.race([once(to, "pong", { signal }), once(to, "close", { signal })]);
      to.send(frame);
      to.ping();
      await withinBound(answered, "the socket").finally(() => over.abort());
      if (to.readyState !== OPEN) socket = undefined;
      return wrong.splice(0);
    },
    close: () => socket?.terminate(),
  };
}
