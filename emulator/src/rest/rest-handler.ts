import type { IncomingMessage, ServerResponse } from "node:http";
import { TwilioError } from "../engine/engine.ts";
import type { FaultBook } from "../faults/create-faults.ts";
import { spoilAnswer } from "../faults/spoil-answer.ts";
import { authenticate } from "./authenticate.ts";
import { checkParameters } from "./check-parameters.ts";
import { notFound } from "./errors.ts";
import { createListed } from "./listed.ts";
import type { Answer, RestContext } from "./operation.ts";
import { readFields } from "./read-fields.ts";
import type { OpenRequest, RequestLog } from "./request-log.ts";
import { respond, respondError } from "./respond.ts";
import { route } from "./route.ts";

interface Recognised {
  name: string;
  run: () => Answer;
}

/** HEAD is answered as GET; Node leaves out the body. */
const methodOf = ({ method = "GET" }: IncomingMessage): string => (method === "HEAD" ? "GET" : method);

async function recognise(req: IncomingMessage, context: RestContext, seen: OpenRequest): Promise<Recognised> {
  const [uri = "/", ...query] = (req.url ?? "/").split("?");
  const { world } = context.engine;
  const asker = authenticate(req.headers.authorization, world);
  const { operation, path } = route(methodOf(req), uri);
  if (path.AccountSid !== world.account.accountSid) throw notFound(uri);
  const fields = await readFields(req, new URLSearchParams(query.join("?")));
  seen.recognised(operation.name, fields);
  checkParameters(operation, fields);
  const run = (): Answer => {
    const answer = operation.run({ context, asker, path, fields, uri });
    seen.answered(answer.body);
    return answer;
  };
  return { name: operation.name, run };
}

async function handle(
  req: IncomingMessage,
  res: ServerResponse,
  context: RestContext,
  { faults, log }: { faults: FaultBook; log: RequestLog },
): Promise<void> {
  const startedAt = performance.now();
  const seen = log.open(req, res);
  try {
    const { name, run } = await recognise(req, context, seen);
    const fault = faults.takeRest(name);
    if (fault) await spoilAnswer({ res, startedAt, clock: context.clock, faults, run }, fault);
    else respond(res, startedAt, run());
  } catch (thrown) {
    if (thrown instanceof TwilioError) seen.answered({ code: thrown.code, message: thrown.message });
    respondError(res, startedAt, thrown);
  }
}

/**
 * Twilio's REST API for everything below `/2010-04-01/`, on the emulator's world. Answers every request: also those that
 * are wrong, in Twilio's form, unless a fault spoils the answer.
 */
export function createRestHandler(
  parts: Omit<RestContext, "listed">,
  books: { faults: FaultBook; log: RequestLog },
): (req: IncomingMessage, res: ServerResponse) => void {
  const { engine, clock, quirks } = parts;
  const context = { ...parts, listed: createListed(engine, clock, quirks.listLagMs) };
  return (req, res) => void handle(req, res, context, books);
}
