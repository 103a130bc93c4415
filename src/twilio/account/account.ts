/** What a number does with calls, as Twilio keeps it; an empty text where there is nothing. */
export interface NumberSettings {
  voiceUrl: string;
  voiceMethod: "GET" | "POST";
  voiceFallbackUrl: string;
  voiceFallbackMethod: "GET" | "POST";
  statusCallback: string;
  statusCallbackMethod: "GET" | "POST";
  /** `AP…`: the voice addresses are not used. */
  voiceApplicationSid: string;
  /** `TK…`: neither addresses nor application are used. */
  trunkSid: string;
  /** `fax`: no voice call is answered. */
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
  /** Told once only. */
  secret: string;
}

/** Twilio's clock, in milliseconds since 1970, and ours before and after the question. */
export interface ServerTime {
  /** Full seconds. */
  at: number;
  asked: number;
  answered: number;
}

/**
 * What can be asked of a Twilio account with its auth token. Every method throws AppError: `auth` when SID and token do
 * not belong together, `network` or `timeout` when Twilio cannot be reached.
 */
export interface Account {
  check(): Promise<AccountState>;
  /** All of the account's numbers that take voice calls, newest first. */
  voiceNumbers(): Promise<NumberState[]>;
  /** @param e164 as in `+15550123` @throws AppError not-found when the account has no such voice number */
  number(e164: string): Promise<NumberState>;
  /** @param sid `PN…` @returns the number as it is then */
  updateNumber(sid: string, change: Partial<NumberSettings>): Promise<NumberState>;
  /** A Standard key: it signs access tokens and steers calls, and may not read the account. */
  createApiKey(friendlyName: string): Promise<NewApiKey>;
  serverTime(): Promise<ServerTime>;
}

export interface AccountCredentials {
  /** `AC…` */
  accountSid: string;
  authToken: string;
  /** A local Twilio in place of api.twilio.com; loopback only. Null: the real one. */
  apiBaseUrl: string | null;
  /** How long each request may take, in milliseconds; 10,000 unless told. */
  timeoutMs?: number | undefined;
}
