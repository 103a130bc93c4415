import type { ProjectFile } from "./project-file.ts";

/** Highest precedence first. */
export type Source = "flag" | "environment" | ".env" | "warm-transfer.json" | "default";

export interface Setting<T> {
  readonly value: T;
  readonly source: Source;
}

/** An unset setting is an empty string, an empty list or null. */
export interface SettingValues {
  accountSid: string;
  authToken: string;
  apiKey: string;
  apiSecret: string;
  operatorToken: string;
  ngrokAuthtoken: string;
  /** Addresses and networks, with commas between them. */
  trustedProxies: string;
  /** Empty: derived from the auth token. */
  sessionSecret: string;
  /** Also accepted in signatures, while the auth token is rotated. */
  authTokenSecondary: string;
  twilioApiBaseUrl: string | null;
  region: string | null;
  edge: string | null;
  number: string;
  publicUrl: string | null;
  /** NaN for a variable that is not a number. */
  port: number;
  storeUrl: string;
  agents: { id: string; name: string }[];
  language: "en" | "ja";
  greeting: string | null;
  tunnel: NonNullable<ProjectFile["tunnel"]> | null;
  ringSeconds: number;
  retryAfterSeconds: number;
  maxCallMinutes: number;
  transferMode: NonNullable<ProjectFile["transferMode"]>;
  tutorialFlags: boolean;
  graceSeconds: number;
  whenWindowGone: NonNullable<ProjectFile["whenWindowGone"]>;
  afterFailure: NonNullable<ProjectFile["afterFailure"]>;
}

export type Settings = { readonly [K in keyof SettingValues]: Setting<SettingValues[K]> } & {
  /** The folder of `.env` and `warm-transfer.json`. */
  readonly cwd: string;
};

/** Environment variables, also read from `.env`. */
export const VARIABLES = {
  accountSid: "TWILIO_ACCOUNT_SID",
  authToken: "TWILIO_AUTH_TOKEN",
  apiKey: "TWILIO_API_KEY",
  apiSecret: "TWILIO_API_SECRET",
  operatorToken: "OPERATOR_TOKEN",
  ngrokAuthtoken: "NGROK_AUTHTOKEN",
  sessionSecret: "SESSION_SECRET",
  authTokenSecondary: "TWILIO_AUTH_TOKEN_SECONDARY",
  twilioApiBaseUrl: "TWILIO_API_BASE_URL",
  region: "TWILIO_REGION",
  edge: "TWILIO_EDGE",
  number: "TWILIO_NUMBER",
  publicUrl: "PUBLIC_URL",
  port: "PORT",
  storeUrl: "STORE_URL",
  trustedProxies: "TRUSTED_PROXIES",
} as const satisfies Partial<Record<keyof SettingValues, string>>;
