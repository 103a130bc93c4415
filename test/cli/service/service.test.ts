import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, NUMBER } from "../../server/support/start-server.ts";
import { freePort } from "../../support/world/free-port.ts";
import { BEFORE, type ServiceStage, aServiceStage } from "./support/service-stage.ts";

describe("a service", () => {
  let stage: ServiceStage;
  beforeEach(async () => void (stage = await aServiceStage()));

  it("is a server and a number that points at it; at its end the number is restored and nothing listens", async () => {
    const service = await stage.start();
    const { server } = service;
    expect(stage.voiceUrl()).toBe(`${server.localUrl}/conference/connect/client`);
    await stage.twilio.people.add(CUSTOMER).call(NUMBER);
    await expect.poll(async () => (await server.calls()).length).toBe(1);
    await service.close();
    expect(stage.voiceUrl()).toBe(BEFORE);
    await expect(fetch(server.localUrl)).rejects.toThrow();
    expect(stage.done()).toEqual(["server-started", "round-trip", "number-pointed", "number-restored"]);
  });

  it("starts in this order: server, tunnel, round trip, number", async () => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    stage.plan.config.port = port;
    stage.plan.tunnel = { kind: "given", url };
    const { server } = await stage.start();
    expect(stage.done()).toEqual(["server-started", "tunnel-opened", "round-trip", "number-pointed"]);
    expect(server.url).toBe(url);
    expect(stage.voiceUrl()).toBe(`${url}/conference/connect/client`);
  });

  it("lists the number as unfinished from before its change until it is restored", async () => {
    const service = await stage.start();
    const hint = expect.stringContaining("warm-transfer number reset") as string;
    expect(stage.pendingErrors).toMatchObject([{ hint }]);
    await service.close();
    expect(stage.pendingErrors.at(-1)).toBeNull();
  });

  it("refuses new calls and restores the number, while the live calls go on", async () => {
    const service = await stage.start();
    const here = stage.voiceUrl();
    const first = stage.twilio.people.add(CUSTOMER);
    await first.call(NUMBER);
    await expect.poll(() => first.state).toBe("talking");
    await service.releaseNumber();
    expect(stage.voiceUrl()).toBe(BEFORE);
    expect(first.state).toBe("talking");
    // One that Twilio sends on all the same.
    stage.twilio.configureNumber(NUMBER, { voiceUrl: here });
    await stage.twilio.people.add("+15550122222").call(NUMBER);
    await stage.twilio.settled();
    expect(await service.server.calls()).toHaveLength(1);
  });

  it("reports where the number pointed, without a password", async () => {
    stage.twilio.configureNumber(NUMBER, { voiceUrl: "https://user:secret@example.com/voice" });
    await stage.start();
    const before = "https://user:…@example.com/voice";
    expect(stage.events).toContainEqual(expect.objectContaining({ event: "number-pointed", before }));
  });

  it("ends when it cannot restore the number, and reports that", async () => {
    const errors: string[] = [];
    const service = await stage.start({ onError: ({ message }) => void errors.push(message) });
    stage.twilio.faults.add({ rest: "*", times: 99, answer: 401 });
    await service.close();
    await expect(fetch(service.server.localUrl)).rejects.toThrow();
    expect(errors).toHaveLength(1);
    expect(stage.pendingErrors.at(-1)).not.toBeNull();
  });

  it("logs failures at its end", async () => {
    const file = join(stage.plan.dir ?? "", "server.log");
    stage.plan.log = { file };
    const service = await stage.start({ onError: () => undefined });
    stage.twilio.faults.add({ rest: "*", times: 99, answer: 401 });
    await service.close();
    const lines = readFileSync(file, "utf8").trim().split("\n");
    const warnings = lines
      .map((line) => JSON.parse(line) as { level: string })
      .filter(({ level }) => level === "warn");
    expect(warnings).toMatchObject([{ category: "auth" }]);
  });
});

describe("a service prompts before it changes a number that points elsewhere", () => {
  let stage: ServiceStage;
  beforeEach(async () => void (stage = await aServiceStage()));

  it.each([
    [BEFORE, true],
    ["", false],
    ["https://demo.twilio.com/welcome/voice/", false],
    ["https://another.example.com/conference/connect/client", true],
  ])("from %j: %s", async (url, asks) => {
    stage.twilio.configureNumber(NUMBER, { voiceUrl: url });
    let hasAsked = false;
    await stage.start({ confirmPointing: async () => (hasAsked = true) });
    expect(hasAsked).toBe(asks);
  });

  it("and leaves the number unchanged when the answer is no", async () => {
    const hint = expect.stringContaining("--number") as string;
    expect(await stage.refused({ confirmPointing: async () => false })).toMatchObject({
      category: "conflict",
      hint,
    });
    expect(stage.pendingErrors).toEqual([]);
  });

  it("but not when a crash left the number pointing at us; the first settings stay saved", async () => {
    const killed = await stage.start();
    const crashed = stage.voiceUrl();
    await killed.server.close();
    const again = await stage.start({ confirmPointing: () => Promise.reject(new Error("it asked")) });
    expect(stage.voiceUrl()).not.toBe(crashed);
    await again.close();
    expect(stage.voiceUrl()).toBe(BEFORE);
  });
});
