import type { GenerationOf, Urls } from "./addresses.ts";
import type { RestRequest } from "./rest/client.ts";

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
  /** The URLs that Twilio gets; they change with the public URL. */
  urls: () => Urls;
  /** A local Twilio, on loopback. Null: api.twilio.com. */
  apiBaseUrl: string | null;
  /** Default: no agent was ever removed. */
  generationOf?: GenerationOf;
  /** Called after each request to Twilio. */
  onRequest?: (request: RestRequest) => void;
}
