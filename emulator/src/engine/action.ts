import type { HttpMethod } from "../types.ts";
import { documentFields } from "./call-fields.ts";
import { type DocumentRequest, NEXT, type Run, type Step, resolveUrl } from "./run.ts";

type Fields = Record<string, string>;

/** The address to which a verb gives its result. */
export interface Action {
  /** The verb is over: the document goes on there, or with the next verb without an address. */
  goOn(result: Fields): Step;
  /** The verb ended with its call, or with the call's TwiML: the answer changes nothing. */
  tell(result: Fields): void;
}

function requestLate({ core, leg }: Run, { url, method, params, kind }: DocumentRequest): void {
  const fields = { ...documentFields(core, leg.call, kind), ...leg.parameters, ...params };
  const about = { callSid: leg.call.sid, conferenceSid: null, cookies: leg.cookies };
  core.turns.later(
    () => void core.turns.track(core.webhooks.request({ kind, url, method, params: fields, ...about })),
  );
}

/**
 * @param isTold whether the app gets the result of a verb that did not end by itself
 * @throws DocumentError for an address that is none
 */
export function actionOf(
  run: Run,
  { action, method }: { action: string | null; method: HttpMethod },
  isTold: () => boolean,
): Action {
  const url = action === null ? null : resolveUrl(run, action);
  const requestOf = (address: string, params: Fields): DocumentRequest => {
    return { kind: "action", url: address, method, params };
  };
  const tell = (result: Fields): void => {
    if (url !== null && isTold()) requestLate(run, requestOf(url, result));
  };
  return {
    tell,
    goOn(result) {
      // The call ended after the verb, and before the next turn: the document does not go on.
      if (run.signal.aborted) tell(result);
      return url === null ? NEXT : { kind: "document", request: requestOf(url, result) };
    },
  };
}
