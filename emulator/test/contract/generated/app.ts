import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import type { Random } from "./random.ts";
import { someTwiml } from "./twiml.ts";

/** An app that answers each webhook with whatever comes, mostly TwiML. */
export interface RandomApp {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

function someAnswer(random: Random): Answer {
  const twiml = { status: 200, type: "text/xml", body: someTwiml(random) };
  if (random.chance(0.85)) return twiml;
  return random.pick([
    { ...twiml, status: random.pick([204, 302, 404, 500, 503]) },
    { ...twiml, type: random.pick(["application/json", "audio/wav", "text/plain", "", "nonsense"]) },
    { status: 200, type: "text/html", body: "<p>hello" },
  ]);
}

/** Lets calls be in conferences, recordings, streams and queues for long enough that requests meet them there. */
const FIXED: Readonly<Record<string, string>> = {
  "/conference": `<Dial><Conference statusCallback="/events" statusCallbackEvent="join">room</Conference></Dial>`,
  "/record": `<Record timeout="60" recordingStatusCallback="/events" recordingStatusCallbackEvent="in-progress"/>`,
  "/stream": `<Start><Stream url="/echo" statusCallback="/events"/></Start><Pause length="60"/>`,
  "/queue": "<Enqueue>support</Enqueue>",
};

function fixedAnswer(path: string): Answer | undefined {
  const verbs = FIXED[path];
  return verbs === undefined
    ? undefined
    : { status: 200, type: "text/xml", body: `<Response>${verbs}</Response>` };
}

/** @param learn gets the body of each webhook */
export async function startRandomApp(random: Random, learn: (body: string) => void): Promise<RandomApp> {
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    learn(await text(req));
    const [path = ""] = (req.url ?? "").split("?");
    const { status, type, body } = fixedAnswer(path) ?? someAnswer(random);
    res.writeHead(status, type === "" ? {} : { "content-type": type });
    res.end(status === 204 ? undefined : body);
  };
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  const echoes = new WebSocketServer({ server });
  echoes.on("connection", (ws) => {
    ws.on("message", (data: Buffer) => ws.send(data));
    ws.on("error", () => ws.terminate());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const ws of echoes.clients) ws.terminate();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
