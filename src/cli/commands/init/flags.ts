/** What can be said on the command line of `init`; secrets only as the name of a file. */
export interface InitFlags {
  accountSid?: string;
  authTokenFile?: string;
  number?: string;
  /** As it was typed: `agent1,agent2` or `anna:Anna Berg`. */
  agents?: string;
  language?: "en" | "ja";
  greeting?: string;
  publicUrl?: string;
  tunnel?: "ngrok" | "cloudflared";
  ngrokDomain?: string;
  ngrokAuthtokenFile?: string;
  apiKey?: string;
  apiSecretFile?: string;
  /** How long each request to Twilio may take, in milliseconds. */
  timeout?: number;
  /** Overwrites without asking. */
  yes?: boolean;
  /** Writes nothing and makes no API key. */
  dryRun?: boolean;
}
