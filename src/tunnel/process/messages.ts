/** What the process of a tunnel is told to run, as its first message. */
export type Order =
  | {
      kind: "ngrok";
      port: number;
      authtoken: string;
      domain: string | null;
      /** Another address in place of ngrok's own service. */
      serverAddr: string | null;
      /** A file with the certificate that vouches for that one. */
      serverCa: string | null;
    }
  | { kind: "cloudflared"; port: number };

/** What it tells: once that it is open or failed, then what becomes of the connection. When it ends, the tunnel has ended. */
export type Report =
  | { kind: "open"; url: string }
  /** `message` in the words of the program that failed; it may hold secrets. */
  | { kind: "failed"; message: string }
  | { kind: "away" }
  | { kind: "back" };
