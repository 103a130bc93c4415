import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { events } from "../covered/callbacks.ts";
import type { Turns } from "../engine/turns.ts";
import type { WebhookOrder, Webhooks } from "../webhooks/webhooks.ts";
import type { FaultBook } from "./create-faults.ts";

interface Parts {
  faults: FaultBook;
  clock: Clock;
  turns: Turns;
  /** Aborted when the emulator closes: what waits is not sent any more. */
  closing: AbortSignal;
}

const OVERTAKEN_BY_MS = 5_000;
const PROGRESS: Readonly<Record<string, string>> = {
  initiated: "initiated",
  ringing: "ringing",
  "in-progress": "answered",
};

/** The event of a status callback, by its name in the event list; undefined for a request for TwiML. */
function eventOf({ kind, params }: WebhookOrder): string | undefined {
  if (!events[kind]) return undefined;
  return params.StatusCallbackEvent ?? PROGRESS[params.CallStatus ?? ""] ?? "completed";
}

const subjectOf = ({ kind, conferenceSid, callSid }: WebhookOrder): string =>
  `${kind} ${conferenceSid ?? callSid}`;

/** Callbacks that wait until another one has overtaken them. */
function createBay(clock: Clock) {
  const waiting = new Map<string, Set<() => void>>();
  return {
    wait: (subject: string, ms: number) =>
      new Promise<void>((resolve) => {
        const group = waiting.get(subject) ?? new Set();
        waiting.set(subject, group);
        const go = (): void => {
          timer.cancel();
          group.delete(go);
          resolve();
        };
        const timer = clock.after(ms, go);
        group.add(go);
      }),
    release: (subject: string) => waiting.get(subject)?.forEach((go) => go()),
  };
}

/** The same webhooks, with what the faults ask for. Waiting is on the emulator's clock and does not count as work. */
export function spoilWebhooks(webhooks: Webhooks, { faults, clock, turns, closing }: Parts): Webhooks {
  const bay = createBay(clock);
  const send = async (order: WebhookOrder) => {
    if (closing.aborted) return webhooks.drop(order, "The emulator is closed");
    const reply = await webhooks.request(order);
    bay.release(subjectOf(order));
    return reply;
  };
  return {
    ...webhooks,
    async request(order) {
      const fault = faults.takeWebhook(order.kind, eventOf(order));
      if (fault?.does === "drop") return webhooks.drop(order, "Dropped by a fault");
      if (fault?.does === "duplicate") {
        const twin = { ...order, token: randomUUID() };
        void turns.track(send(twin));
        return send(twin);
      }
      if (fault?.does === "delay")
        await turns.pause(
          new Promise<void>((resolve) => void clock.after(fault.delayMs ?? 0, () => resolve())),
        );
      if (fault?.does === "reorder")
        await turns.pause(bay.wait(subjectOf(order), fault.delayMs ?? OVERTAKEN_BY_MS));
      return send(order);
    },
  };
}
