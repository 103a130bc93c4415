import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "../../src/errors.ts";
import { type Interrupts, untilAborted, watchInterrupts } from "../../src/cli/terminal/interrupts.ts";

describe("Ctrl-C", () => {
  let process: EventEmitter;
  let stdout: EventEmitter;
  let stderr: EventEmitter;
  let now: number;
  let interrupts: Interrupts;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    [process, stdout, stderr, now] = [new EventEmitter(), new EventEmitter(), new EventEmitter(), 0];
    interrupts = watchInterrupts(process, [stdout, stderr], () => now);
  });

  afterEach(() => void vi.useRealTimers());

  const isForced = (): Promise<boolean> =>
    Promise.race([interrupts.forced.then(() => true), new Promise<boolean>((no) => setImmediate(no, false))]);

  it.each(["SIGINT", "SIGTERM", "SIGHUP"])(
    "requests the end of the command when it comes as %s",
    async (signal) => {
      expect(interrupts.interrupted.aborted).toBe(false);
      process.emit(signal);
      await untilAborted(interrupts.interrupted);
      expect(await isForced()).toBe(false);
    },
  );

  it("as SIGHUP calls a command's own handler, as long as there is one", () => {
    let hangUps = 0;
    interrupts.shutdown.onSighup(() => (hangUps += 1));
    process.emit("SIGHUP");
    process.emit("SIGHUP");
    expect([hangUps, interrupts.interrupted.aborted]).toEqual([2, false]);
    interrupts.shutdown.onSighup(null);
    process.emit("SIGHUP");
    expect([hangUps, interrupts.interrupted.aborted]).toEqual([2, true]);
  });

  it("exits at once when it comes again", async () => {
    process.emit("SIGINT");
    now = 1000;
    process.emit("SIGINT");
    expect(await isForced()).toBe(true);
  });

  it("counts once when npm passes on the terminal's signal", async () => {
    process.emit("SIGINT");
    now = 20;
    process.emit("SIGINT");
    expect(await isForced()).toBe(false);
  });

  it("allows 3 s for the end", async () => {
    process.emit("SIGTERM");
    vi.advanceTimersByTime(2999);
    expect(await isForced()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isForced()).toBe(true);
  });

  it("lets a command that waits for calls take its time, and no more", async () => {
    process.emit("SIGINT");
    vi.advanceTimersByTime(2000);
    interrupts.shutdown.extendGrace(60_000);
    vi.advanceTimersByTime(59_999);
    expect(await isForced()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isForced()).toBe(true);
  });

  it("allows the time that the command had requested before", async () => {
    interrupts.shutdown.extendGrace(10_000);
    vi.advanceTimersByTime(20_000);
    process.emit("SIGINT");
    vi.advanceTimersByTime(9999);
    expect(await isForced()).toBe(false);
  });

  it("prints the unfinished steps when it exits at once", async () => {
    const pending = new AppError("conflict", "The number still points here.");
    interrupts.shutdown.setPendingError(pending);
    process.emit("SIGINT");
    now = 1000;
    process.emit("SIGINT");
    expect(await interrupts.forced).toBe(pending);
  });

  it("prints nothing when no step is unfinished", async () => {
    interrupts.shutdown.setPendingError(new AppError("conflict", "The number still points here."));
    interrupts.shutdown.setPendingError(null);
    process.emit("SIGINT");
    now = 1000;
    process.emit("SIGINT");
    expect(await interrupts.forced).toBeNull();
  });

  it.each(["stdout", "stderr"])("is not needed once the reader of %s is gone", (name) => {
    (name === "stdout" ? stdout : stderr).emit("error", new Error("EPIPE"));
    expect([interrupts.interrupted.aborted, interrupts.isOutputClosed()]).toEqual([true, true]);
  });

  it("stays the reason when the pipe closes after it", () => {
    process.emit("SIGINT");
    stdout.emit("error", new Error("EPIPE"));
    expect(interrupts.isOutputClosed()).toBe(false);
  });
});
