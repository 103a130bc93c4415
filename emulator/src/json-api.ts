import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { MayTalk } from "./signalling/origin.ts";

export interface JsonRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the body of a POST holds. */
  readonly body: unknown;
}

export interface Reply {
  status: number;
  body?: unknown;
}

export const refusal = (status: number, message: string): Reply => ({ status, body: { message } });

const isMethod = (method = ""): method is JsonRequest["method"] => ["GET", "POST", "DELETE"].includes(method);

/** The JSON in a body. Reads only JSON: browsers let any page send a form to another origin, but not JSON. */
async function readBody(req: IncomingMessage): Promise<{ body: unknown } | { refused: Reply }> {
  if (!/^application\/json\b/i.test(req.headers["content-type"] ?? ""))
    return { refused: refusal(415, "Send it as application/json") };
  try {
    return { body: JSON.parse(await text(req)) };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return { refused: refusal(400, "The body is not JSON") };
  }
}

async function reply(
  req: IncomingMessage,
  mayTalk: MayTalk,
  answer: (request: JsonRequest) => Reply | Promise<Reply>,
): Promise<Reply> {
  const { method } = req;
  if (!mayTalk(req)) return refusal(403, "Only pages of the emulator and of its app may do this");
  if (!isMethod(method)) return refusal(405, "GET, POST or DELETE");
  const [path = "", query = ""] = (req.url ?? "").split("?");
  const read = method === "POST" ? await readBody(req) : { body: undefined };
  if ("refused" in read) return read.refused;
  return answer({ method, path, query: new URLSearchParams(query), body: read.body });
}

/** Answers programs and the emulator's own pages in JSON, without a password. */
export function createJsonHandler(
  mayTalk: MayTalk,
  answer: (request: JsonRequest) => Reply | Promise<Reply>,
): (req: IncomingMessage, res: ServerResponse) => void {
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { status, body } = await reply(req, mayTalk, answer);
    res.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  };
  // A client that disconnects during its request gets no answer.
  return (req, res) => void handle(req, res).catch(() => res.destroy());
}
