import { documentFields } from "./call-fields.ts";
import type { DocumentRequest, Run } from "./run.ts";

/** Requests the action of a verb that ended with its call: the answer changes nothing. */
export function requestLate({ core, leg }: Run, { url, method, params, kind }: DocumentRequest): void {
  const fields = { ...documentFields(core, leg.call, kind), ...leg.parameters, ...params };
  const about = { callSid: leg.call.sid, conferenceSid: null, cookies: leg.cookies };
  core.turns.later(
    () => void core.turns.track(core.webhooks.request({ kind, url, method, params: fields, ...about })),
  );
}
