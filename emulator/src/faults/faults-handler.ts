import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { MayTalk } from "../signalling/origin.ts";
import type { Faults } from "./fault.ts";

interface Reply {
  status: number;
  body?: unknown;
}

const refusal = (status: number, message: string): Reply => ({ status, body: { message } });

function add(faults: Faults, body: string): Reply {
  try {
    return { status: 201, body: faults.add(JSON.parse(body)) };
  } catch (thrown) {
    return refusal(400, thrown instanceof SyntaxError ? "The body is not JSON" : (thrown as Error).message);
  }
}

/** Reads only JSON: browsers let any page send a form to another origin, but not JSON. */
async function answer(req: IncomingMessage, faults: Faults, mayTalk: MayTalk): Promise<Reply> {
  if (!mayTalk(req)) return refusal(403, "Only pages of the emulator and of its app may do this");
  if (req.method === "GET") return { status: 200, body: { faults: faults.list() } };
  if (req.method === "DELETE") {
    faults.clear();
    return { status: 204 };
  }
  if (req.method !== "POST") return refusal(405, "GET, POST or DELETE");
  if (!/^application\/json\b/i.test(req.headers["content-type"] ?? ""))
    return refusal(415, "Send the fault as application/json");
  return add(faults, await text(req));
}

/** `/faults`: GET lists the faults, POST adds one, DELETE takes all away. */
export function createFaultsHandler(
  faults: Faults,
  mayTalk: MayTalk,
): (req: IncomingMessage, res: ServerResponse) => void {
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { status, body } = await answer(req, faults, mayTalk);
    res.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
    res.end(body === undefined ? undefined : JSON.stringify(body));
  };
  // A client that disconnects during its request gets no answer.
  return (req, res) => void handle(req, res).catch(() => res.destroy());
}
