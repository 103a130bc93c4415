import type { Hook } from "../types.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { WebhookReply } from "../webhooks/webhooks.ts";
import { type Core, warn, warnOfOverrides } from "./core.ts";

export interface Notice {
  kind: Delivery["kind"];
  hook: Hook;
  params: Record<string, string>;
  callSid: string | null;
  conferenceSid: string | null;
}

const isXml = (type: string | null): boolean => /^(text|application)\/xml\b/i.test(type ?? "");

function problemOf(kind: Notice["kind"], reply: WebhookReply): string | null {
  const what = kind === "user-defined-message" ? "The callback of a message subscription" : "Status callback";
  if (!reply.ok) return `${what} failed: ${reply.failure.message} (${reply.failure.code})`;
  if (kind === "user-defined-message") return null;
  const { body, contentType } = reply.page;
  if (body.length === 0 || isXml(contentType)) return null;
  return `Status callback answered with ${contentType ?? "no type"}: 204 is enough`;
}

/** Of the warning: www.twilio.com/docs/api/errors/15003, 16011 and 32711. */
const CODES: Partial<Record<Notice["kind"], number>> = {
  "conference-status": 16011,
  "user-defined-message": 32711,
};

/** Resolves when it was answered, or has failed. */
export async function deliver(core: Core, notice: Notice): Promise<void> {
  const { kind, hook, params, callSid, conferenceSid } = notice;
  const order = { kind, url: hook.url, method: hook.method, params, callSid, conferenceSid, cookies: null };
  warnOfOverrides(core, callSid, hook.url);
  const reply = await core.webhooks.request(order);
  const message = problemOf(kind, reply);
  const code = CODES[kind] ?? 15003;
  if (message !== null) warn(core, { callSid, code, message, url: reply.url });
}

/** Sends a status callback; its answer changes nothing, but a wrong one is warned of. */
export function notify(core: Core, notice: Notice): void {
  void core.turns.track(deliver(core, notice));
}
