import type { Engine } from "../engine/engine.ts";
import type { CallState, ConferenceState, Hook, World } from "../types.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Warning } from "./warnings.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface InspectorContext {
  engine: Pick<Engine, "onEvent"> & { readonly world: World };
  /** Oldest first. */
  deliveries: readonly Delivery[];
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
    participants: [...conference.participants.values()],
  };
}

/** Enough to compare by eye, too little to send the request again. */
function deliveryOf(delivery: Delivery) {
  return { ...delivery, signature: delivery.signature && `${delivery.signature.slice(0, 6)}…` };
}

/** Everything that the inspector shows, as JSON holds it: times in ms since 1970, oldest first, no secrets. */
export function snapshot(
  { engine: { world }, deliveries, url }: InspectorContext,
  warnings: readonly Warning[],
) {
  const { accountSid, authToken } = world.account;
  const keys = [...world.keys.values()];
  const shown = {
    url: url(),
    accountSid,
    apiKeys: keys.map(({ sid }) => sid),
    numbers: [...world.numbers.values()],
    calls: [...world.calls.values()].map(callOf),
    conferences: [...world.conferences.values()].map(conferenceOf),
    deliveries: deliveries.map(deliveryOf),
    warnings: [...warnings],
  };
  return withoutSecrets(shown, [authToken, ...keys.map(({ secret }) => secret)]);
}

export type Snapshot = ReturnType<typeof snapshot>;
