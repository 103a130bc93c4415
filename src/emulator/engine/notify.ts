import type { Hook } from "../types.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import { type Core, warn } from "./core.ts";

interface Notice {
  kind: Delivery["kind"];
  hook: Hook;
  params: Record<string, string>;
  callSid: string | null;
  conferenceSid: string | null;
}

const isXml = (type: string | null): boolean => /^(text|application)\/xml\b/i.test(type ?? "");

/** Sends a status callback; its answer changes nothing, but a wrong one is warned of (15003, 16011). */
export function notify(core: Core, notice: Notice): void {
  const { kind, hook, params, callSid, conferenceSid } = notice;
  const code = kind === "conference-status" ? 16011 : 15003;
  const sent = core.webhooks
    .request({ kind, url: hook.url, method: hook.method, params, callSid, conferenceSid, cookies: null })
    .then((reply) => {
      if (!reply.ok) {
        const message = `Status callback failed: ${reply.failure.message} (${reply.failure.code})`;
        warn(core, { callSid, code, message, url: reply.url });
      } else if (reply.page.body.length > 0 && !isXml(reply.page.contentType)) {
        const message = `Status callback answered with ${reply.page.contentType ?? "no type"}; 204 is enough`;
        warn(core, { callSid, code, message, url: reply.url });
      }
    });
  void core.turns.track(sent);
}
