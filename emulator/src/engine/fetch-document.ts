import { readAnswer } from "../twiml/read-answer.ts";
import type { Verb } from "../twiml/verbs.ts";
import { documentFields } from "./call-fields.ts";
import { warn, warnOfOverrides } from "./core.ts";
import { DocumentError, type DocumentRequest, type Run } from "./run.ts";

/** Asks the app for a document and reads it; its schema warnings (12200) become events. @throws DocumentError */
export async function fetchDocument(run: Run, request: DocumentRequest): Promise<Verb[]> {
  const { core, leg } = run;
  const callSid = leg.call.sid;
  const { kind, url, method } = request;
  const params = { ...documentFields(core, leg.call, kind), ...leg.parameters, ...request.params };
  const conferenceSid = leg.stay?.conference.sid ?? null;
  const order = { kind, url, method, params, callSid, conferenceSid, cookies: leg.cookies };
  warnOfOverrides(core, callSid, url);
  const reply = await core.turns.track(core.webhooks.request(order));
  run.signal.throwIfAborted();
  if (!reply.ok) throw new DocumentError(reply.failure.code, reply.failure.message, reply.url);
  const document = readAnswer(reply.page.contentType, reply.page.body);
  if ("code" in document) throw new DocumentError(document.code, document.message, reply.url);
  for (const message of document.warnings) warn(core, { callSid, code: 12200, message, url: reply.url });
  run.documentUrl = reply.url;
  return document.verbs;
}
