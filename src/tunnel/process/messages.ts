/** The first message to a tunnel process. */
export type Order =
  | {
      kind: "ngrok";
      port: number;
      authtoken: string;
      domain: string | null;
      /** A server in place of ngrok's. */
      serverAddr: string | null;
      /** The file with its CA certificate. */
      serverCa: string | null;
    }
  | { kind: "cloudflared"; port: number };

/** Messages from a tunnel process: open or failed once, then changes of the connection. The tunnel closes with the process. */
export type Report =
  | { kind: "open"; url: string }
  /** `message` is the failed program's and may contain secrets. */
  | { kind: "failed"; message: string }
  | { kind: "away" }
  | { kind: "back" };
