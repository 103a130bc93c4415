import type { Person } from "local-twilio";
import type { TransferView } from "../../server/control-api.ts";
import type { LiveEvent } from "../live/events.ts";

/** What a scenario needs of a scripted person. */
export type Player = Pick<
  Person,
  | "address"
  | "callSid"
  | "state"
  | "captions"
  | "call"
  | "hangUp"
  | "answer"
  | "decline"
  | "press"
  | "until"
  | "heardDb"
  | "setHabit"
  | "say"
>;

/** Where a scenario plays: a sandbox of its own, or a server and an emulator that run already. */
export interface Venue {
  /** E.164: the number that customers ring. */
  readonly number: string;
  /** Those of the scenario, in ringing order. */
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  /** @param hz the tone that is the person's voice */
  addPerson(address: string, hz: number): Promise<Player>;
  /** Resolves when every person shows the present state. */
  refresh(): Promise<void>;
  signInLink(agent: string): Promise<string>;
  /** Transfers the only call to a phone, as `warm-transfer transfer start --to` does. */
  transferToPhone(to: string, mode: TransferView["mode"]): Promise<void>;
  /** The recording of a call, if there is one. */
  recordingOf(callSid: string | null): { readonly seconds: number; readonly samples: Int16Array } | undefined;
  /** Passes on what happens, in order. Returns a function that stops. */
  watch(listener: (happening: LiveEvent) => void): () => void;
}
