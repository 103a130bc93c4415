import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { NUMBER } from "../../server/support/start-server.ts";
import { BEFORE, type ServiceStage, aServiceStage, anotherProgram } from "./support/service-stage.ts";

const INTERRUPTED = { name: "InterruptedError" };

describe("a service that cannot start undoes its earlier steps:", () => {
  let stage: ServiceStage;
  beforeEach(async () => void (stage = await aServiceStage()));

  it("the port is taken", async () => {
    stage.plan.config.port = await anotherProgram();
    expect(await stage.refused()).toMatchObject({ category: "config", message: /already in use/ });
    expect(stage.done()).toEqual([]);
  });

  it("the store belongs to another server", async () => {
    stage.plan.config.storeUrl = `file:${join(stage.plan.dir ?? "", "calls.db")}`;
    const first = await stage.start();
    await expect(stage.start()).rejects.toMatchObject({ category: "conflict" });
    await first.close();
  });

  it("the log cannot be written", async () => {
    const inTheWay = join(stage.plan.dir ?? "", "note");
    writeFileSync(inTheWay, "a file is no folder");
    stage.plan.log = { file: join(inTheWay, "server.log") };
    expect(await stage.refused()).toMatchObject({ category: "config", message: /log file/ });
  });

  it("another program answers at the public URL", async () => {
    stage.plan.tunnel = { kind: "given", url: `http://127.0.0.1:${await anotherProgram()}` };
    expect(await stage.refused()).toMatchObject({ category: "conflict", message: /another program answers/ });
    expect(stage.done()).toEqual(["server-started", "tunnel-opened"]);
  });

  it("Twilio does not answer in time", async () => {
    stage.plan.timeoutMs = 50;
    stage.twilio.faults.add({ rest: "*", times: 99, delayMs: 60_000 });
    expect(await stage.refused()).toMatchObject({ category: "timeout" });
    expect(stage.done()).toEqual(["server-started", "round-trip"]);
  });

  it("a trunk answers the number; with take-over the number is pointed here, and gets the trunk back", async () => {
    const trunkSid = `TK${"0".repeat(32)}`;
    stage.twilio.configureNumber(NUMBER, { trunkSid });
    const hint = expect.stringContaining("--take-over") as string;
    expect(await stage.refused()).toMatchObject({ category: "conflict", message: /SIP trunk/, hint });
    stage.plan.takeOver = true;
    const service = await stage.start();
    expect(stage.twilio.numbers[0]?.trunkSid).toBe("");
    await service.close();
    expect(stage.twilio.numbers[0]?.trunkSid).toBe(trunkSid);
  });

  it("the number does not belong to the account, or the token is wrong", async () => {
    stage.plan.config.number = "+15550199999";
    expect(await stage.refused()).toMatchObject({ category: "not-found" });
    stage.plan.config.authToken = "wrong";
    expect(await stage.refused()).toMatchObject({ category: "auth" });
  });

  it("the user ends it while the public URL does not lead here yet", async () => {
    const port = await anotherProgram(() => stage.interruption.abort());
    stage.plan.tunnel = { kind: "given", url: `http://127.0.0.1:${port}` };
    expect(await stage.refused()).toMatchObject(INTERRUPTED);
  });

  it("the user ends it at the prompt for the number", async () => {
    const confirmPointing = async (): Promise<boolean> => {
      stage.interruption.abort();
      return true;
    };
    expect(await stage.refused({ confirmPointing })).toMatchObject(INTERRUPTED);
    expect(stage.pendingErrors).toEqual([]);
  });

  it("the user ends it while it points the number", async () => {
    const pointed: string[] = [];
    const started = stage.start({
      onEvent({ event }) {
        if (event !== "number-pointed") return;
        pointed.push(stage.voiceUrl());
        stage.interruption.abort();
      },
    });
    await expect(started).rejects.toMatchObject(INTERRUPTED);
    expect(pointed).not.toEqual([BEFORE]);
    expect(stage.voiceUrl()).toBe(BEFORE);
    expect(stage.pendingErrors.at(-1)).toBeNull();
  });
});
