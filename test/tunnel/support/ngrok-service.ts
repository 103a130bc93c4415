import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { type TLSSocket, createServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { DATA, RESET, dataFrame, frameReader } from "./muxado.ts";

/** What the service says to an agent; `error` with a code as ngrok has them. */
export interface Answers {
  /** An error instead of a session. */
  refuseSession?: string | undefined;
  /** An error instead of an endpoint. */
  refuseEndpoint?: string | undefined;
  url: string;
}

/** As much of ngrok's service as the SDK needs to open an endpoint, on this machine. */
export interface NgrokService {
  readonly options: { serverAddr: string; serverCa: string };
  readonly answers: Answers;
  /** Domains that endpoints were asked for, in order. */
  readonly domains: string[];
  /** Breaks every connection. */
  drop(): void;
  /** What the local server answers to a GET through the tunnel. */
  get(path: string): Promise<string>;
}

const TLS = (name: string): string => fileURLToPath(new URL(`tls/${name}`, import.meta.url));

const [AUTH, BIND, PROXY, HEARTBEAT] = [0, 1, 3, 0xffff_ffff];

type Request = { Id?: string; Proto?: string; Opts?: { Domain?: string; Hostname?: string } };

function answerTo(type: number, { Id = "", Proto, Opts }: Request, answers: Answers): object {
  if (type === AUTH)
    return answers.refuseSession === undefined
      ? { Version: "3", ClientId: "client", Extra: { Cookie: "cookie" } }
      : { Error: answers.refuseSession };
  if (answers.refuseEndpoint !== undefined) return { Error: answers.refuseEndpoint };
  return { Id: Id || "endpoint", URL: answers.url, Proto, Opts, Extra: { Token: "token" } };
}

const jsonIn = (text: string): Request | undefined => {
  try {
    return JSON.parse(text) as Request;
  } catch {
    return undefined;
  }
};

/** Serves one agent's connection. Returns the way to open a stream to it. */
function serveAgent(socket: TLSSocket, service: Pick<NgrokService, "answers" | "domains">) {
  const requests = new Map<number, Buffer>();
  const heard = new Map<number, (body: Buffer, isLast: boolean) => void>();
  const hear = (stream: number, text: Buffer): void => {
    const type = text.length < 4 ? undefined : text.readUInt32BE(0);
    const body = text.subarray(4);
    if (type === HEARTBEAT && body.length >= 4) {
      socket.write(dataFrame(stream, body.subarray(0, 4)));
      requests.set(stream, Buffer.concat([text.subarray(0, 4), body.subarray(4)]));
      return;
    }
    const request = type === undefined || type === HEARTBEAT ? undefined : jsonIn(body.toString());
    if (type === undefined || !request) return;
    if (type === BIND) service.domains.push(request.Opts?.Domain || request.Opts?.Hostname || "");
    const answer = Buffer.from(JSON.stringify(answerTo(type, request, service.answers)));
    socket.write(dataFrame(stream, answer, { last: true }));
  };
  const read = frameReader(({ type, stream, body, isLast }) => {
    if (type === RESET) heard.get(stream)?.(Buffer.alloc(0), true);
    if (type !== DATA) return;
    const listener = heard.get(stream);
    if (listener) return listener(body, isLast);
    const text = Buffer.concat([requests.get(stream) ?? Buffer.alloc(0), body]);
    requests.set(stream, text);
    hear(stream, text);
  });
  socket.on("data", read);
  return (stream: number, type: number, body: Buffer, onData: (body: Buffer, isLast: boolean) => void) => {
    heard.set(stream, onData);
    const typed = Buffer.alloc(4);
    typed.writeUInt32BE(type);
    socket.write(dataFrame(stream, Buffer.concat([typed, body]), { first: true }));
  };
}

/** What stands before the bytes of a visitor: its own length, and who it is. */
function visitorHeader(): Buffer {
  const text = Buffer.from(
    JSON.stringify({
      Id: "endpoint",
      ClientAddr: "192.0.2.1:1",
      Proto: "https",
      EdgeType: "3",
      PassthroughTLS: false,
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigInt64LE(BigInt(text.length));
  return Buffer.concat([length, text]);
}

/** Closed when the test is over. */
export async function ngrokService(url = "https://one.ngrok.app"): Promise<NgrokService> {
  const service = { answers: { url } as Answers, domains: [] as string[] };
  const agents = new Map<TLSSocket, ReturnType<typeof serveAgent>>();
  const server = createServer(
    { key: readFileSync(TLS("localhost.key.pem")), cert: readFileSync(TLS("localhost.pem")) },
    (socket) => {
      agents.set(socket, serveAgent(socket, service));
      socket.on("error", () => undefined).on("close", () => agents.delete(socket));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const drop = (): void => [...agents.keys()].forEach((socket) => socket.destroy());
  onTestFinished(() => {
    drop();
    server.close();
  });
  let stream = 0;
  return {
    ...service,
    options: { serverAddr: `localhost:${(server.address() as AddressInfo).port}`, serverCa: TLS("ca.pem") },
    drop,
    get: (path) =>
      new Promise((resolve, reject) => {
        const [open] = agents.values();
        if (!open) return reject(new Error("no agent is connected"));
        let answer = "";
        const request = Buffer.from(
          `GET ${path} HTTP/1.1\r\nHost: one.ngrok.app\r\nConnection: close\r\n\r\n`,
        );
        open((stream += 2), PROXY, Buffer.concat([visitorHeader(), request]), (body, isLast) => {
          answer += body.toString();
          if (isLast) resolve(answer);
        });
      }),
  };
}
