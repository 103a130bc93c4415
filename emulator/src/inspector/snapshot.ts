import type { Engine } from "../engine/engine.ts";
import type { CallState, ConferenceState, Hook, World } from "../types.ts";
import type { RestRequest } from "../rest/request-log.ts";
import type { QueueState } from "../world/queue-state.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Journal } from "./journal.ts";
import type { Warning } from "./warnings.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface InspectorContext {
  engine: Pick<Engine, "onEvent"> & { readonly world: World };
  /** Oldest first. */
  deliveries: readonly Delivery[];
  /** Oldest first. */
  requests: readonly RestRequest[];
  journal: Pick<Journal, "entries">;
  /** The emulator's own address. */
  url: () => string;
}

type WithEvents = (Hook & { events: ReadonlySet<string> }) | null;

const listEvents = (callback: WithEvents) => callback && { ...callback, events: [...callback.events] };

function callOf(call: CallState) {
  return { ...call, statusCallback: listEvents(call.statusCallback) };
}

function conferenceOf(conference: ConferenceState) {
  return {
    ...conference,
    statusCallback: listEvents(conference.statusCallback),
    record: conference.record && { ...conference.record, callback: listEvents(conference.record.callback) },
    participants: [...conference.participants.values()],
  };
}

const queueOf = (queue: QueueState) => ({ ...queue, members: [...queue.members.values()] });

/** Enough to compare by eye, too little to send the request again. */
function deliveryOf(delivery: Delivery) {
  return { ...delivery, signature: delivery.signature && `${delivery.signature.slice(0, 6)}…` };
}

/** Everything that the inspector knows: times in ms since 1970, oldest first. It may hold secrets. */
export function collect(
  { engine: { world }, deliveries, requests, journal, url }: InspectorContext,
  warnings: readonly Warning[],
) {
  return {
    url: url(),
    accountSid: world.account.accountSid,
    apiKeys: [...world.keys.keys()],
    numbers: [...world.numbers.values()],
    calls: [...world.calls.values()].map(callOf),
    conferences: [...world.conferences.values()].map(conferenceOf),
    queues: [...world.queues.values()].map(queueOf),
    deliveries: deliveries.map(deliveryOf),
    requests: [...requests],
    timeline: [...journal.entries],
    warnings: [...warnings],
  };
}

export type Snapshot = ReturnType<typeof collect>;

/** The same without secrets, as it may be shown. */
export function masked<T>(shown: T, { engine: { world } }: Pick<InspectorContext, "engine">): T {
  const keys = [...world.keys.values()];
  return withoutSecrets(shown, [world.account.authToken, ...keys.map(({ secret }) => secret)]);
}
