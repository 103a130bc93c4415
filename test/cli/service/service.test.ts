import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ServiceDeps, ServiceEvent } from "../../../src/cli/service/events.ts";
import type { ServicePlan } from "../../../src/cli/service/plan.ts";
import { type Service, startService } from "../../../src/cli/service/start-service.ts";
import type { AppError } from "../../../src/errors.ts";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import { startEmulator } from "../../../src/emulator/start-emulator.ts";
import { CUSTOMER, NUMBER, config } from "../../server/support/start-server.ts";

const BEFORE = "http://127.0.0.1:9/before";

describe("a service", () => {
  let twilio: Emulator;
  let dir: string;
  let plan: ServicePlan;
  let events: ServiceEvent[];
  let owed: (AppError | null)[];
  let asked: AbortController;
  let service: Service | undefined;
  const others: Server[] = [];

  beforeEach(async () => {
    const { accountSid, authToken, apiKey, apiSecret } = config();
    twilio = await startEmulator({
      accountSid,
      authToken,
      apiKey,
      apiSecret,
      numbers: [{ phoneNumber: NUMBER, voiceUrl: BEFORE }],
      media: "none",
    });
    dir = mkdtempSync(join(tmpdir(), "service-"));
    plan = {
      config: config({ twilioApiBaseUrl: twilio.url }),
      tunnel: null,
      takeOver: false,
      dir,
      log: null,
    };
    [events, owed, asked, service] = [[], [], new AbortController(), undefined];
  });

  afterEach(async () => {
    await service?.close();
    await twilio.close();
    for (const other of others.splice(0)) other.close();
    rmSync(dir, { recursive: true });
  });

  const deps = (change: Partial<ServiceDeps> = {}): ServiceDeps => ({
    tell: (event) => void events.push(event),
    waitFor: () => undefined,
    onError: (error) => expect.unreachable(error.message),
    mayPoint: async () => true,
    saveAgents: async () => undefined,
    asked: asked.signal,
    leaving: { takeTime: () => undefined, owe: (debt) => void owed.push(debt) },
    env: {},
    ...change,
  });

  const voiceUrl = (): string => twilio.numbers[0]?.voiceUrl.replace(/#.*/, "") ?? "";
  const done = (): string[] => events.map(({ event }) => event);

  /** Another program on this machine. */
  async function anotherProgram(): Promise<number> {
    const other = createServer((_request, response) => response.end("hello"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    others.push(other);
    return (other.address() as AddressInfo).port;
  }

  /** A start that must fail: nothing listens afterwards, and the number leads where it led. */
  async function refused(): Promise<AppError> {
    const error = await startService(plan, deps()).then(
      () => expect.unreachable("it started"),
      (thrown: unknown) => thrown as AppError,
    );
    const started = events.find((event) => event.event === "server-started");
    if (started) await expect(fetch(started.url)).rejects.toThrow();
    expect(voiceUrl()).toBe(BEFORE);
    return error;
  }

  it("is a server and a number that leads to it; then the number is as it was and nothing listens", async () => {
    service = await startService(plan, deps());
    const { server } = service;
    expect(voiceUrl()).toBe(`${server.localUrl}/conference/connect/client`);
    await twilio.people.add(CUSTOMER).call(NUMBER);
    await expect.poll(async () => (await server.calls()).length).toBe(1);
    await service.close();
    expect(voiceUrl()).toBe(BEFORE);
    await expect(fetch(server.localUrl)).rejects.toThrow();
    expect(done()).toEqual(["server-started", "round-trip", "number-pointed", "number-restored"]);
  });

  it("starts in this order: server, tunnel, the way back, number", async () => {
    const port = await anotherProgram();
    others.splice(0).forEach((other) => other.close());
    const url = `http://localhost:${port}`;
    plan = { ...plan, config: { ...plan.config, port }, tunnel: { kind: "given", url } };
    service = await startService(plan, deps());
    expect(done()).toEqual(["server-started", "tunnel-opened", "round-trip", "number-pointed"]);
    expect(service.server.url).toBe(url);
    expect(voiceUrl()).toBe(`${url}/conference/connect/client`);
  });

  it("owes the number from before it is touched until it is given back", async () => {
    service = await startService(plan, deps());
    expect(owed).toMatchObject([{ hint: expect.stringContaining("warm-transfer number reset") as string }]);
    await service.close();
    expect(owed.at(-1)).toBeNull();
  });

  it("takes no new calls and gives the number back, while the live ones go on", async () => {
    service = await startService(plan, deps());
    const first = twilio.people.add(CUSTOMER);
    await first.call(NUMBER);
    await expect.poll(() => first.state).toBe("talking");
    await service.retire();
    expect(voiceUrl()).toBe(BEFORE);
    expect(first.state).toBe("talking");
    expect(await service.server.calls()).toHaveLength(1);
  });

  it("says where the number led, without a password in it", async () => {
    twilio.configureNumber(NUMBER, { voiceUrl: "https://user:secret@example.com/voice" });
    service = await startService(plan, deps());
    expect(events).toContainEqual(
      expect.objectContaining({ event: "number-pointed", before: "https://user:…@example.com/voice" }),
    );
  });

  describe("asks before it takes a number from elsewhere", () => {
    const asksFor = async (url: string): Promise<boolean> => {
      twilio.configureNumber(NUMBER, { voiceUrl: url });
      let hasAsked = false;
      const mayPoint = async (): Promise<boolean> => (hasAsked = true);
      service = await startService(plan, deps({ mayPoint }));
      return hasAsked;
    };

    it.each([
      [BEFORE, true],
      ["", false],
      ["https://demo.twilio.com/welcome/voice/", false],
      ["https://another.example.com/conference/connect/client", true],
    ])("from %j: %s", async (url, asks) => expect(await asksFor(url)).toBe(asks));

    it("and leaves it when the answer is no", async () => {
      const error = await startService(plan, deps({ mayPoint: async () => false })).catch((e: unknown) => e);
      expect(error).toMatchObject({
        category: "conflict",
        hint: expect.stringContaining("--number") as string,
      });
      expect(voiceUrl()).toBe(BEFORE);
      expect(owed).toEqual([]);
    });

    it("and not when a crash has left it leading to us; what was there first is kept", async () => {
      service = await startService(plan, deps());
      const crashed = voiceUrl();
      await service.close();
      // The same again, killed before it could give the number back.
      const killed = await startService(plan, deps());
      await killed.server.close();
      expect(voiceUrl()).not.toBe(BEFORE);
      expect(voiceUrl()).not.toBe(crashed);
      const never = (): Promise<boolean> => Promise.reject(new Error("it asked"));
      service = await startService(plan, deps({ mayPoint: never }));
      await service.close();
      expect(voiceUrl()).toBe(BEFORE);
    });
  });

  describe("undoes what came before when a step fails", () => {
    it("the port is taken", async () => {
      plan = { ...plan, config: { ...plan.config, port: await anotherProgram() } };
      expect(await refused()).toMatchObject({ category: "config", message: /already in use/ });
      expect(done()).toEqual([]);
    });

    it("the store belongs to another server", async () => {
      plan = { ...plan, config: { ...plan.config, storeUrl: `file:${join(dir, "calls.db")}` } };
      const first = await startService(plan, deps());
      const error = await startService(plan, deps()).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ category: "conflict" });
      await first.close();
    });

    it("ngrok refuses the tunnel", async () => {
      const tunnel = {
        kind: "ngrok",
        authtoken: "a-token",
        serverAddr: `127.0.0.1:${await anotherProgram()}`,
      };
      plan = { ...plan, tunnel: tunnel as ServicePlan["tunnel"] };
      expect(["network", "auth", "timeout"]).toContain((await refused()).category);
      expect(done()).toEqual(["server-started"]);
    });

    it("another program answers at the public URL", async () => {
      plan = { ...plan, tunnel: { kind: "given", url: `http://127.0.0.1:${await anotherProgram()}` } };
      expect(await refused()).toMatchObject({ category: "conflict", message: /another program answers/ });
      expect(done()).toEqual(["server-started", "tunnel-opened"]);
    });

    it("the number is answered by a trunk", async () => {
      twilio.configureNumber(NUMBER, { trunkSid: `TK${"0".repeat(32)}` });
      expect(await refused()).toMatchObject({
        category: "conflict",
        message: /SIP trunk/,
        hint: expect.stringContaining("--take-over") as string,
      });
      plan = { ...plan, takeOver: true };
      service = await startService(plan, deps());
      expect(twilio.numbers[0]?.trunkSid).toBe("");
      await service.close();
      expect(twilio.numbers[0]?.trunkSid).toBe(`TK${"0".repeat(32)}`);
    });

    it("the number is not the account's, or the token is wrong", async () => {
      const { config: settings } = plan;
      plan = { ...plan, config: { ...settings, number: "+15550199999" } };
      expect(await refused()).toMatchObject({ category: "not-found" });
      plan = { ...plan, config: { ...settings, authToken: "wrong" } };
      expect(await refused()).toMatchObject({ category: "auth" });
    });

    it("somebody asks to end while it is asked for the number", async () => {
      const mayPoint = async (): Promise<boolean> => {
        asked.abort();
        return true;
      };
      await expect(startService(plan, deps({ mayPoint }))).rejects.toMatchObject({
        name: "InterruptedError",
      });
      expect(voiceUrl()).toBe(BEFORE);
    });
  });
});
