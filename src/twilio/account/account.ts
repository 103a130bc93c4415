import type { ServerTime } from "../rest/client.ts";

/** A number's voice settings, as Twilio stores them. Unset: an empty string. */
export interface NumberSettings {
  voiceUrl: string;
  voiceMethod: "GET" | "POST";
  voiceFallbackUrl: string;
  voiceFallbackMethod: "GET" | "POST";
  statusCallback: string;
  statusCallbackMethod: "GET" | "POST";
  /** `AP…`: Twilio ignores the voice URLs. */
  voiceApplicationSid: string;
  /** `TK…`: Twilio ignores the voice URLs and the application. */
  trunkSid: string;
  /** `fax`: the number answers no voice call. */
  voiceReceiveMode: "voice" | "fax";
}

export interface NumberState extends NumberSettings {
  /** `PN…` */
  sid: string;
  /** E.164 */
  phoneNumber: string;
  friendlyName: string;
}

export interface AccountState {
  /** `AC…` */
  sid: string;
  friendlyName: string;
  status: "active" | "suspended" | "closed";
}

export interface NewApiKey {
  /** `SK…` */
  sid: string;
  /** Twilio returns it only here. */
  secret: string;
}

/**
 * Requests about a Twilio account with its auth token. Every method throws AppError: `auth` when Twilio refuses SID and
 * token, `network` or `timeout` when it cannot be reached.
 */
export interface Account {
  check(): Promise<AccountState>;
  /** All of the account's numbers that take voice calls, newest first. */
  voiceNumbers(): Promise<NumberState[]>;
  /** @param e164 as in `+15550123` @throws AppError not-found when the account has no such voice number */
  number(e164: string): Promise<NumberState>;
  /** @param sid `PN…` @returns the number after the change */
  updateNumber(sid: string, change: Partial<NumberSettings>): Promise<NumberState>;
  /** Creates a Standard key: it signs access tokens and controls calls, but cannot read the account. */
  createApiKey(friendlyName: string): Promise<NewApiKey>;
  serverTime(): Promise<ServerTime>;
  /** The time in Twilio's last response; null before the first. */
  lastServerTime(): ServerTime | null;
}

export interface AccountCredentials {
  /** `AC…` */
  accountSid: string;
  authToken: string;
  /** A local Twilio, on loopback. Null: api.twilio.com. */
  apiBaseUrl: string | null;
  /** Such as `ie1` and `dublin`. Null: Twilio's defaults. */
  region?: string | null | undefined;
  edge?: string | null | undefined;
  /** For each request, in milliseconds. Default: 10,000. */
  timeoutMs?: number | undefined;
}
