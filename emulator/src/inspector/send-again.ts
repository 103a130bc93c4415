import type { IncomingMessage } from "node:http";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

/** A page of another origin must not make the emulator send anything: only a page that the emulator served says so. */
export function isOwnPage({ headers: { origin, host } }: IncomingMessage): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/**
 * Sends a webhook once more: the same parameters, signed anew, recorded as a delivery of its own. Its answer steers nothing.
 * Resolves with that delivery when it was answered, or has failed.
 */
export async function sendAgain(webhooks: Webhooks, original: Delivery): Promise<Delivery | undefined> {
  const { id, kind, url, method, params, callSid, conferenceSid } = original;
  const count = webhooks.deliveries.length;
  const sent = webhooks.request({
    kind,
    url,
    method,
    params: { ...params },
    callSid,
    conferenceSid,
    cookies: null,
    again: id,
  });
  const delivery = webhooks.deliveries[count];
  await sent;
  return delivery;
}
