import { readCallEvent } from "../../twilio/webhooks/call-event.ts";
import { readConferenceEvent } from "../../twilio/webhooks/conference-event.ts";
import type { WebhookContext } from "./voice-webhooks.ts";
import type { Webhook } from "./webhook.ts";

/** The status callbacks: facts for the coordinator; 204 when what they changed is saved. */
export function notices({ coordinator, now }: Pick<WebhookContext, "coordinator" | "now">): Webhook[] {
  const submitted = async ({ call, fact }: ReturnType<typeof readCallEvent>): Promise<null> => {
    if (fact) await coordinator.submit(call, fact);
    return null;
  };
  return [
    {
      name: "conference-events",
      path: /^\/conference\/events$/i,
      voice: false,
      answer: ({ form }) => submitted(readConferenceEvent(form, now())),
    },
    {
      name: "call-events",
      path: /^\/call\/events$/i,
      voice: false,
      answer: ({ query, form }) => submitted(readCallEvent(query, form, now())),
    },
  ];
}
