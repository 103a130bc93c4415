import type { Addresses } from "./addresses.ts";
import type { IdentityOf } from "./identity.ts";
import type { RestRequest } from "./rest/watch-requests.ts";

/** What the Twilio adapter needs to know. */
export interface TwilioSettings {
  /** `AC…` */
  accountSid: string;
  /** Checks webhooks' signatures. */
  authToken: string;
  /** `SK…` and its secret: sign access tokens and authenticate REST requests. */
  apiKey: string;
  apiSecret: string;
  /** Such as `ie1` and `dublin`. Null: Twilio's defaults. */
  region?: string | null;
  edge?: string | null;
  /** E.164: agents are dialled from here. */
  number: string;
  /** How long a call may last. */
  maxCallMinutes: number;
  /** What Twilio is told now; it changes with the public URL. */
  addresses: () => Addresses;
  /** A local Twilio in place of api.twilio.com; loopback only. Null: the real one. */
  apiBaseUrl: string | null;
  /** Default: the agent's id. */
  identityOf?: IdentityOf;
  /** Called after each request to Twilio. */
  onRequest?: (request: RestRequest) => void;
}
