import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate } from "./authenticate.ts";
import { checkParameters } from "./check-parameters.ts";
import { notFound } from "./errors.ts";
import { refuseForeignHost } from "./loopback-host.ts";
import type { Answer, RestContext } from "./operation.ts";
import { readFields } from "./read-fields.ts";
import { respond, respondError } from "./respond.ts";
import { route } from "./route.ts";

async function answer(req: IncomingMessage, context: RestContext): Promise<Answer> {
  const [uri = "/", ...query] = (req.url ?? "/").split("?");
  const { account } = context.engine.world;
  const asker = authenticate(req.headers.authorization, account);
  const { operation, path } = route(req.method ?? "GET", uri);
  if (path.AccountSid !== account.accountSid) throw notFound(uri);
  const fields = await readFields(req, new URLSearchParams(query.join("?")));
  checkParameters(operation, fields);
  return operation.run({ context, asker, path, fields, uri });
}

async function handle(req: IncomingMessage, res: ServerResponse, context: RestContext): Promise<void> {
  const startedAt = performance.now();
  try {
    respond(res, startedAt, await answer(req, context));
  } catch (thrown) {
    respondError(res, startedAt, thrown);
  }
}

/**
 * Twilio's REST API for everything below `/2010-04-01/`, on the emulator's world. Answers every request: also those that
 * are wrong, in Twilio's form, and those of a foreign Host header (403).
 */
export function createRestHandler(context: RestContext): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (refuseForeignHost(req, res)) return;
    void handle(req, res, context);
  };
}
