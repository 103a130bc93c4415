/** Everything that a server needs to know. Read from the environment by `readConfig`, or made by the sandbox. */
export interface Config {
  /** `AC…` */
  accountSid: string;
  authToken: string;
  /** `SK…`: signs access tokens. */
  apiKey: string;
  apiSecret: string;
  /** E.164: the number that customers ring and that agents are dialled from. */
  number: string;
  /** Where Twilio reaches this server, without a trailing slash. Null: `http://127.0.0.1:PORT`. */
  publicUrl: string | null;
  /** 0: any free port. */
  port: number;
  /** In the order in which they are rung. */
  agents: { id: string; name: string }[];
  /** Bearer token of the control API. */
  operatorToken: string;
  /** Signs sign-in links; at least 32 characters. */
  sessionSecret: string;
  /** A local Twilio in place of api.twilio.com; loopback only (invariant 11). */
  twilioApiBaseUrl: string | null;
  language: "en" | "ja";
  ringSeconds: number;
  /** Milliseconds until an agent who did not take a call is rung again for it. */
  retryAfter: number;
}
