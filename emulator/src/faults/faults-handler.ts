import type { IncomingMessage, ServerResponse } from "node:http";
import { type Reply, createJsonHandler, refusal } from "../json-api.ts";
import type { MayTalk } from "../signalling/origin.ts";
import type { Fault, Faults } from "./fault.ts";

function add(faults: Faults, fault: unknown): Reply {
  try {
    return { status: 201, body: faults.add(fault as Fault) };
  } catch (thrown) {
    return refusal(400, (thrown as Error).message);
  }
}

/** `/faults`: GET lists the faults, POST adds one, DELETE takes all away. */
export function createFaultsHandler(
  faults: Faults,
  mayTalk: MayTalk,
): (req: IncomingMessage, res: ServerResponse) => void {
  return createJsonHandler(mayTalk, ({ method, body }) => {
    if (method === "POST") return add(faults, body);
    if (method === "GET") return { status: 200, body: { faults: faults.list() } };
    faults.clear();
    return { status: 204 };
  });
}
