import type { Clock } from "./clock.ts";
import type { Engine } from "./engine/engine.ts";
import type { Faults } from "./faults/fault.ts";
import type { People } from "./people/people.ts";
import type { ApplicationState, Credentials, PhoneNumberState } from "./types.ts";
import type { Delivery } from "./webhooks/delivery.ts";

/** A running local Twilio. Reset = close it and start another. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`: REST, signalling, inspector and phone page. */
  readonly url: string;
  /** The same by TLS, as `https://api.twilio.com`, with the file of the authority that signed it; null unless asked for. */
  readonly https: { readonly url: string; readonly authority: string } | null;
  readonly credentials: Credentials;
  readonly numbers: readonly PhoneNumberState[];
  /** TwiML applications; access tokens name one by its SID. */
  readonly applications: readonly ApplicationState[];
  readonly clock: Clock;
  readonly engine: Engine;
  readonly people: People;
  /** Oldest first. */
  readonly deliveries: readonly Delivery[];
  /** What goes wrong on purpose; also at `/faults`. */
  readonly faults: Faults;
  /** Points a number at an app, as UpdateIncomingPhoneNumber does. @throws Error when the number is not ours */
  configureNumber(phoneNumber: string, change: Partial<PhoneNumberState>): void;
  settled(): Promise<void>;
  close(): Promise<void>;
}
