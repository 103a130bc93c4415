import twilio from "twilio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "./phone-line.ts";
import {
  type TokenOptions,
  type SignallingStage,
  credentials,
  startSignallingStage,
  tokenFor,
} from "./signalling-stage.ts";

let stage: SignallingStage;
beforeEach(async () => void (stage = await startSignallingStage()));
afterEach(() => stage.close());

async function refusal(token: string): Promise<number | undefined> {
  const client = await stage.client();
  client.send("listen", { token });
  const { error } = await client.next("error");
  return error?.code;
}

describe("access tokens", () => {
  it("are accepted if Twilio's helper library made them with the account's API key", async () => {
    const client = await stage.client();
    client.send("listen", { token: tokenFor("agent1", { ttl: 600 }) });
    const { token } = await client.next("connected");
    expect(token).toMatchObject({ accountSid: credentials.accountSid, identity: "agent1" });
    expect((token as { ttl: number }).ttl).toBeGreaterThan(590);
    expect(stage.exchange.warned).toEqual([]);
  });

  it.each<[string, number, TokenOptions]>([
    ["another secret", 31202, { secret: "not the secret" }],
    ["another API key", 31204, { apiKey: "SK00000000000000000000000000000002" }],
    ["another account", 31204, { accountSid: "AC00000000000000000000000000000002" }],
    ["no voice grant", 31204, { grant: false }],
    ["a lifetime over 24 hours", 31207, { ttl: 86_401 }],
    ["an expiry in the past", 31205, { ttl: -10 }],
    ["another region than the edge's", 31204, { region: "ie1" }],
    ["a beginning in the future", 31204, { nbf: Math.floor(Date.now() / 1000) + 600 }],
  ])("are refused with %s", async (_, code, options) => {
    expect(await refusal(tokenFor("agent1", options))).toBe(code);
    expect(stage.exchange.warned).toEqual([code]);
  });

  it.each(["agent 1", "client:agent1", "a".repeat(122)])(
    "are refused with the identity %s",
    async (identity) => {
      expect(await refusal(tokenFor(identity))).toBe(31105);
    },
  );

  it.each(["agent-1", "agent@example.com", "エージェント", "a".repeat(121)])(
    "are taken with the identity %s, as Twilio takes them, whatever it documents",
    async (identity) => {
      await stage.registered(identity);
      expect([...stage.exchange.devices].map(({ address }) => address)).toEqual([`client:${identity}`]);
    },
  );

  it("are accepted at an edge of their region, and only there", async () => {
    const listen = async (edge: string, region: string) => {
      const client = await connect(`${stage.url}?host=voice-js.${edge}.twilio.com`);
      client.send("listen", { token: tokenFor("agent1", { region }) });
      const answer = await Promise.race([client.next("connected"), client.next("error")]);
      client.drop();
      return answer.error?.code ?? answer.edge;
    };
    expect(await listen("dublin", "ie1")).toBe("dublin");
    expect(await listen("dublin", "au1")).toBe(31204);
  });

  it("are refused if they are not tokens at all", async () => {
    expect(await refusal("not-a-jwt")).toBe(31204);
  });

  it("are refused if they are capability tokens of the SDK's version 1, with a sentence that says so", async () => {
    const { accountSid } = credentials;
    const capability = new twilio.jwt.ClientCapability({ accountSid, authToken: "12345" });
    capability.addScope(new twilio.jwt.ClientCapability.IncomingClientScope("agent1"));
    const client = await stage.client();
    client.send("listen", { token: capability.toJwt() });
    const { error } = await client.next("error");
    expect(error).toMatchObject({ code: 31204, message: expect.stringContaining("use version 2") });
  });

  it("allow no other algorithm than HS256", async () => {
    const [, body] = tokenFor("agent1").split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", cty: "twilio-fpa;v=1" })).toString("base64url");
    expect(await refusal(`${none}.${body}.`)).toBe(31204);
  });
});

describe("a device with a token", () => {
  it("is not registered before the emulator has accepted a token", async () => {
    const client = await stage.client();
    client.send("register", { media: { audio: true } });
    expect((await client.next("error")).error?.code).toBe(31204);
    expect(stage.exchange.devices.size).toBe(0);
  });

  it("is not registered without the grant to receive calls", async () => {
    const client = await stage.client();
    client.send("listen", { token: tokenFor("agent1", { incomingAllow: false }) });
    client.send("register", { media: { audio: true } });
    expect((await client.next("error")).error?.code).toBe(31201);
    expect(stage.exchange.devices.size).toBe(0);
  });

  it("loses its registration when the token expires, and gets that error", async () => {
    const client = await stage.registered("agent1", { ttl: 60 });
    await stage.clock.advance(61_000);
    expect((await client.next("error")).error?.code).toBe(31205);
    await client.next("offline");
    expect(stage.exchange.devices.size).toBe(0);
  });

  it("stays registered if it renews the token in time", async () => {
    const client = await stage.registered("agent1", { ttl: 60 });
    client.send("listen", { token: tokenFor("agent1", { ttl: 3600 }) });
    await client.next("connected");
    await stage.clock.advance(61_000);
    await client.heard();
    expect(client.untaken()).toEqual([]);
    expect(stage.exchange.devices.size).toBe(1);
  });

  it("keeps its registration if the renewed token is wrong", async () => {
    const client = await stage.registered("agent1");
    client.send("listen", { token: tokenFor("agent1", { secret: "not the secret" }) });
    expect((await client.next("error")).error?.code).toBe(31202);
    expect(stage.exchange.devices.size).toBe(1);
  });

  it("leaves no token in the trace", async () => {
    await stage.registered("agent1");
    const listened = stage.server.trace.find(({ type }) => type === "listen");
    expect(listened?.payload.token).toBe("…");
    expect(JSON.stringify(stage.server.trace)).not.toContain("eyJ");
  });
});
