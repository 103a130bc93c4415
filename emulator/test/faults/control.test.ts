import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator } from "../../src/emulator.ts";
import type { Fault } from "../../src/faults/fault.ts";
import { startEmulator } from "../../src/start-emulator.ts";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ media: "none" });
});
afterEach(() => emulator.close());

async function ask(method: string, given: { body?: unknown; headers?: Record<string, string> } = {}) {
  const { body, headers = { "content-type": "application/json" } } = given;
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const reply = await fetch(`${emulator.url}/faults`, {
    method,
    headers,
    ...(sent !== undefined && { body: sent }),
  });
  return { status: reply.status, body: (await reply.json().catch(() => null)) as Record<string, unknown> };
}

describe("/faults", () => {
  it("adds faults, lists them with their remaining count, and removes them", async () => {
    const fault = { rest: "CreateCall", answer: 429, times: 3 };
    expect(await ask("POST", { body: fault })).toEqual({ status: 201, body: { ...fault, id: 1, left: 3 } });
    emulator.faults.add({ webhook: "call-status", event: "ringing", does: "drop" });
    expect((await ask("GET")).body).toEqual({ faults: emulator.faults.list() });
    expect(emulator.faults.list()).toHaveLength(2);
    expect((await ask("DELETE")).status).toBe(204);
    expect(emulator.faults.list()).toEqual([]);
  });

  it("accepts every example of docs/guide.md", async () => {
    const written = await readFile(new URL("../../docs/guide.md", import.meta.url), "utf8");
    const examples = written.split("\n").filter((line) => /^\{ "(rest|webhook)"/.test(line));
    expect(examples.length).toBeGreaterThan(5);
    for (const body of examples) expect([body, (await ask("POST", { body })).status]).toEqual([body, 201]);
  });

  it("refuses pages of other origins, whatever they send", async () => {
    const body = { rest: "*", answer: 500 };
    const foreign = { "content-type": "application/json", origin: "https://example.com" };
    expect((await ask("POST", { body, headers: foreign })).status).toBe(403);
    expect((await ask("POST", { body, headers: { "content-type": "text/plain" } })).status).toBe(415);
    expect((await ask("PUT", { body })).status).toBe(405);
    expect(emulator.faults.list()).toEqual([]);
  });

  it.each([
    ["{", "not JSON"],
    [[], "is an object"],
    [{}, "either `rest` or `webhook`"],
    [{ rest: "*", webhook: "*", answer: 500 }, "either `rest` or `webhook`"],
    [{ rest: "CreateCalls", answer: 500 }, "`rest` must be one of *, FetchAccount"],
    [{ rest: "CreateCall" }, "lacks answer, delayMs or both"],
    [{ rest: "CreateCall", answer: 200 }, "`answer` must be html, reset, or an HTTP status"],
    [{ rest: "CreateCall", answer: "html", code: 20429 }, "`code` must be beside a status"],
    [{ rest: "CreateCall", answer: 500, times: 0 }, "`times` must be a whole number from 1"],
    [{ rest: "CreateCall", answer: 500, does: "drop" }, "A fault has no `does`"],
    [{ webhook: "voices", does: "drop" }, "`webhook` must be one of *, voice"],
    [{ webhook: "voice", event: "ringing", does: "drop" }, "`event` must be left out"],
    [{ webhook: "call-status", event: "join", does: "drop" }, "`event` must be one of initiated"],
    [{ webhook: "voice", does: "reorder" }, "reorder, which is for status callbacks"],
    [{ webhook: "voice", does: "drop", delayMs: 5 }, "`delayMs` must be left out"],
    [{ webhook: "voice", does: "delay" }, "lacks delayMs"],
    [{ webhook: "voice" }, "lacks does"],
  ])("refuses %j", async (body, message) => {
    const reply = await ask("POST", { body });
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain(message);
    if (typeof body !== "string") expect(() => emulator.faults.add(body as Fault)).toThrow(message);
    expect(emulator.faults.list()).toEqual([]);
  });
});
