import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import { type Interrupts, untilAborted, watchInterrupts } from "../../src/cli/interrupts.ts";

describe("Ctrl-C", () => {
  let process: EventEmitter;
  let stdout: EventEmitter;
  let now: number;
  let interrupts: Interrupts;

  beforeEach(() => {
    [process, stdout, now] = [new EventEmitter(), new EventEmitter(), 0];
    interrupts = watchInterrupts(process, stdout, () => now);
  });

  const insisted = (): Promise<boolean> =>
    Promise.race([
      interrupts.insisted.then(() => true),
      new Promise<boolean>((no) => setImmediate(no, false)),
    ]);

  it.each(["SIGINT", "SIGTERM", "SIGHUP"])("asks to end when it comes as %s", async (signal) => {
    expect(interrupts.asked.aborted).toBe(false);
    process.emit(signal);
    await untilAborted(interrupts.asked);
    expect(await insisted()).toBe(false);
  });

  it("insists when it comes again", async () => {
    process.emit("SIGINT");
    now = 1000;
    process.emit("SIGINT");
    expect(await insisted()).toBe(true);
  });

  it("does not insist when one key comes twice, from the terminal and passed on by npm", async () => {
    process.emit("SIGINT");
    now = 20;
    process.emit("SIGINT");
    expect(await insisted()).toBe(false);
  });

  it("is not needed when nobody reads the output any more", () => {
    stdout.emit("error", new Error("EPIPE"));
    expect(interrupts.asked.aborted).toBe(true);
  });
});
