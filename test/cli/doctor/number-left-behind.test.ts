import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../support/world/free-port.ts";
import { NUMBER, aFolder, ask, pointAt, startIn } from "../support/doctor-folder.ts";

const CONNECT = "/conference/connect/client";
const RESET = expect.stringContaining("warm-transfer number reset") as string;

async function numberIn(cwd: string) {
  const { code, checks } = await ask(cwd);
  return { code, number: checks.find(({ check }) => check === "number") };
}

async function anotherProgram(): Promise<string> {
  const server = createServer((_request, response) => response.end("hello"));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a number that still points at a killed server", () => {
  it("is a failure, and the hint names number reset", async () => {
    const { cwd, port } = await aFolder();
    await pointAt(`http://127.0.0.1:${port}`, cwd);
    expect(await numberIn(cwd)).toEqual({
      code: 1,
      number: {
        check: "number",
        state: "failure",
        message: `Its calls go to 127.0.0.1:${port}, where no warm-transfer server runs: the connection was refused.`,
        hint: RESET,
      },
    });
  });

  it("is a failure, too, when another program has taken the port", async () => {
    const { cwd } = await aFolder();
    await pointAt(await anotherProgram(), cwd);
    expect(await numberIn(cwd)).toMatchObject({
      code: 1,
      number: { state: "failure", message: expect.stringContaining("another program answers"), hint: RESET },
    });
  });

  it("is a warning when another folder's server answers its calls", async () => {
    const other = await startIn((await aFolder()).cwd);
    const { cwd } = await aFolder();
    await pointAt(other.url, cwd);
    expect(await numberIn(cwd)).toMatchObject({
      code: 0,
      number: { state: "warning", message: expect.stringContaining("server of another folder"), hint: RESET },
    });
  });
});

describe("a number that never pointed here", () => {
  it("is a warning when its address does not answer, without advice to reset it", async () => {
    const { cwd, emulator } = await aFolder();
    emulator.configureNumber(NUMBER, { voiceUrl: `http://127.0.0.1:${await freePort()}/voice` });
    const { number } = await numberIn(cwd);
    expect(number).toMatchObject({ state: "warning", message: expect.stringContaining("does not answer") });
    expect(number?.hint).not.toContain("reset");
  });

  it("is fine when its address answers", async () => {
    const { cwd, emulator } = await aFolder();
    emulator.configureNumber(NUMBER, { voiceUrl: `${await anotherProgram()}/voice` });
    expect((await numberIn(cwd)).number).toMatchObject({ state: "ok" });
  });
});

describe("a number that points at the running server", () => {
  it.each([
    ["failure", "voiceMethod", { voiceMethod: "GET" }],
    ["warning", "voiceFallbackUrl", { voiceFallbackUrl: "" }],
    ["warning", "statusCallback", { statusCallback: "" }],
  ] as const)("is a %s when its %s differs from what start sets", async (state, setting, change) => {
    const { cwd, emulator } = await aFolder();
    const server = await startIn(cwd);
    await pointAt(server.url, cwd);
    emulator.configureNumber(NUMBER, change);
    expect((await numberIn(cwd)).number).toMatchObject({ state, message: expect.stringContaining(setting) });
  });

  it("is a failure when the path is not the server's", async () => {
    const { cwd, emulator } = await aFolder();
    const server = await startIn(cwd);
    emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}${CONNECT}/other` });
    expect((await numberIn(cwd)).number).toMatchObject({ state: "failure" });
  });
});
