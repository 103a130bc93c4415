/** What the Twilio adapter needs to know. */
export interface TwilioSettings {
  /** `AC…` */
  accountSid: string;
  /** Checks webhooks' signatures. */
  authToken: string;
  /** `SK…` and its secret: sign access tokens and authenticate REST requests. */
  apiKey: string;
  apiSecret: string;
  /** E.164: agents are dialled from here. */
  number: string;
  /** Where Twilio reaches this server: scheme, host and port, without a trailing slash. */
  publicUrl: string;
  /** A local Twilio in place of api.twilio.com; loopback only. Null: the real one. */
  apiBaseUrl: string | null;
}
