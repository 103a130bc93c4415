import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultBook } from "../faults/create-faults.ts";
import { spoilAnswer } from "../faults/spoil-answer.ts";
import { authenticate } from "./authenticate.ts";
import { checkParameters } from "./check-parameters.ts";
import { notFound } from "./errors.ts";
import { createListed } from "./listed.ts";
import type { Answer, RestContext } from "./operation.ts";
import { readFields } from "./read-fields.ts";
import { respond, respondError } from "./respond.ts";
import { route } from "./route.ts";

interface Recognised {
  name: string;
  run: () => Answer;
}

async function recognise(req: IncomingMessage, context: RestContext): Promise<Recognised> {
  const [uri = "/", ...query] = (req.url ?? "/").split("?");
  const { world } = context.engine;
  const asker = authenticate(req.headers.authorization, world);
  const { operation, path } = route(req.method ?? "GET", uri);
  if (path.AccountSid !== world.account.accountSid) throw notFound(uri);
  const fields = await readFields(req, new URLSearchParams(query.join("?")));
  checkParameters(operation, fields);
  return { name: operation.name, run: () => operation.run({ context, asker, path, fields, uri }) };
}

async function handle(
  req: IncomingMessage,
  res: ServerResponse,
  context: RestContext,
  faults: FaultBook,
): Promise<void> {
  const startedAt = performance.now();
  try {
    const { name, run } = await recognise(req, context);
    const fault = faults.takeRest(name);
    if (fault) await spoilAnswer({ res, startedAt, clock: context.clock, faults, run }, fault);
    else respond(res, startedAt, run());
  } catch (thrown) {
    respondError(res, startedAt, thrown);
  }
}

/**
 * Twilio's REST API for everything below `/2010-04-01/`, on the emulator's world. Answers every request: also those that
 * are wrong, in Twilio's form, unless a fault spoils the answer.
 */
export function createRestHandler(
  parts: Omit<RestContext, "listed">,
  faults: FaultBook,
): (req: IncomingMessage, res: ServerResponse) => void {
  const { engine, clock, quirks } = parts;
  const context = { ...parts, listed: createListed(engine, clock, quirks.listLagMs) };
  return (req, res) => void handle(req, res, context, faults);
}
