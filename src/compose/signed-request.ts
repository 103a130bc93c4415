import { signWebhook } from "../twilio/webhooks/form.ts";

export interface SignedRequestOptions {
  /** Without a trailing slash. */
  publicUrl: string;
  accountSid: string;
  authToken: string;
  timeoutMs: number;
}

/** HTTP statuses of a signed and an unsigned request for the waiting document. */
export interface SignedRequestOutcome {
  signed: number;
  unsigned: number;
}

const NO_CALL = `CA${"0".repeat(32)}`;

/**
 * Requests the waiting document, which changes nothing, through the public URL.
 * @throws what `fetch` throws without a response
 */
export async function sendSignedRequest(options: SignedRequestOptions): Promise<SignedRequestOutcome> {
  const { publicUrl, accountSid, authToken, timeoutMs } = options;
  const url = `${publicUrl}/conference/wait`;
  const fields = { AccountSid: accountSid, CallSid: NO_CALL, ConferenceSid: `CF${"0".repeat(32)}` };
  const ask = async (headers: Record<string, string>): Promise<number> => {
    const body = new URLSearchParams(fields);
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    await answer.body?.cancel();
    return answer.status;
  };
  const signature = signWebhook(authToken, url, fields);
  return { signed: await ask({ "x-twilio-signature": signature }), unsigned: await ask({}) };
}
