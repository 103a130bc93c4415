import type { Hook } from "../types.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { WebhookReply } from "../webhooks/webhooks.ts";
import { type Core, warn, warnOfOverrides } from "./core.ts";

interface Notice {
  kind: Delivery["kind"];
  hook: Hook;
  params: Record<string, string>;
  callSid: string | null;
  conferenceSid: string | null;
}

const isXml = (type: string | null): boolean => /^(text|application)\/xml\b/i.test(type ?? "");

function problemOf(reply: WebhookReply): string | null {
  if (!reply.ok) return `Status callback failed: ${reply.failure.message} (${reply.failure.code})`;
  const { body, contentType } = reply.page;
  if (body.length === 0 || isXml(contentType)) return null;
  return `Status callback answered with ${contentType ?? "no type"}: 204 is enough`;
}

async function send(core: Core, notice: Notice): Promise<void> {
  const { kind, hook, params, callSid, conferenceSid } = notice;
  const order = { kind, url: hook.url, method: hook.method, params, callSid, conferenceSid, cookies: null };
  warnOfOverrides(core, callSid, hook.url);
  const reply = await core.webhooks.request(order);
  const message = problemOf(reply);
  const code = kind === "conference-status" ? 16011 : 15003;
  if (message !== null) warn(core, { callSid, code, message, url: reply.url });
}

/** Sends a status callback; its answer changes nothing, but a wrong one is warned of (15003, 16011). */
export function notify(core: Core, notice: Notice): void {
  void core.turns.track(send(core, notice));
}
