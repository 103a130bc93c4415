/** Secrets are passed only as the name of a file. */
export interface InitFlags {
  accountSid?: string;
  authTokenFile?: string;
  number?: string;
  /** As typed: `agent1,agent2` or `anna:Anna Berg`. */
  agents?: string;
  language?: "en" | "ja";
  greeting?: string;
  publicUrl?: string;
  tunnel?: "ngrok" | "cloudflared";
  ngrokDomain?: string;
  ngrokAuthtokenFile?: string;
  apiKey?: string;
  apiSecretFile?: string;
  /** For each request to Twilio, in milliseconds. */
  timeout?: number;
  /** Overwrites without a prompt. */
  yes?: boolean;
  /** Writes nothing and creates no API key. */
  dryRun?: boolean;
}
