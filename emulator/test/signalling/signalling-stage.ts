import { type Quirks, defaultQuirks } from "../../src/quirks.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";
import { type ManualClock, manualClock } from "../../src/clock.ts";
import { type SignallingServer, createSignallingServer } from "../../src/signalling/signalling-server.ts";
import type { TokenIssuers } from "../../src/signalling/token.ts";
import type { Credentials } from "../../src/types.ts";
import { type Exchange, createExchange } from "./exchange.ts";
import { type Client, connect } from "./phone-line.ts";

export const credentials: Credentials = {
  accountSid: "AC00000000000000000000000000000001",
  authToken: "the auth token",
  apiKey: "SK00000000000000000000000000000001",
  apiSecret: "the secret of the API key",
};

export const issuers: TokenIssuers = {
  accountSid: credentials.accountSid,
  secretOf: (apiKey) => (apiKey === credentials.apiKey ? credentials.apiSecret : undefined),
};

export interface TokenOptions {
  ttl?: number;
  secret?: string;
  apiKey?: string;
  accountSid?: string;
  incomingAllow?: boolean;
  outgoingApplicationSid?: string;
  grant?: boolean;
  nbf?: number;
  region?: string;
}

/** An access token as Twilio's own helper library makes it. */
export function tokenFor(identity: string, options: TokenOptions = {}): string {
  const { AccessToken } = twilio.jwt;
  const { accountSid, apiKey, apiSecret } = credentials;
  const token = new AccessToken(
    options.accountSid ?? accountSid,
    options.apiKey ?? apiKey,
    options.secret ?? apiSecret,
    {
      identity,
      ttl: options.ttl ?? 3600,
      ...(options.nbf && { nbf: options.nbf }),
      ...(options.region && { region: options.region }),
    },
  );
  const { incomingAllow = true, outgoingApplicationSid, grant = true } = options;
  if (grant)
    token.addGrant(
      new AccessToken.VoiceGrant({
        incomingAllow,
        ...(outgoingApplicationSid && { outgoingApplicationSid }),
      }),
    );
  return token.toJwt();
}

export interface SignallingStage {
  readonly exchange: Exchange;
  readonly clock: ManualClock;
  readonly server: SignallingServer;
  readonly url: string;
  client(): Promise<Client>;
  /** A client that has listened and registered. */
  registered(identity: string, options?: TokenOptions): Promise<Client>;
  close(): Promise<void>;
}

/** A signalling server on a free port, an exchange behind it, and a clock that stands still. */
export async function startSignallingStage(
  media: "webrtc" | "none" = "none",
  quirks: Partial<Quirks> = {},
): Promise<SignallingStage> {
  const exchange = createExchange();
  const clock = manualClock();
  const server = createSignallingServer({
    engine: exchange.engine,
    clock,
    issuers,
    media,
    quirks: { ...defaultQuirks, ...quirks },
  });
  const http = createServer();
  http.on("upgrade", (req, socket, head) => server.handleUpgrade(req, socket, head));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/signal`;
  const clients: Client[] = [];
  const stage: SignallingStage = {
    exchange,
    clock,
    server,
    url,
    async client() {
      const client = await connect(url);
      clients.push(client);
      return client;
    },
    async registered(identity, options) {
      const client = await stage.client();
      client.send("listen", { token: tokenFor(identity, options) });
      await client.next("connected");
      client.send("register", { media: { audio: true } });
      await client.next("ready");
      return client;
    },
    async close() {
      for (const client of clients) client.drop();
      await server.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return stage;
}

/** What a browser would answer or offer; only its ICE user fragment matters here. */
export const browserSdp = (ufrag: string): string => `v=0\r\na=mid:0\r\na=ice-ufrag:${ufrag}\r\n`;
