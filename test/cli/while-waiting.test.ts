import { describe, expect, it } from "vitest";
import type { Stream } from "../../src/cli/terminal/output.ts";
import { createOutput } from "../../src/cli/terminal/output.ts";
import { whileWaiting } from "../../src/cli/while-waiting.ts";

/** Back to the beginning of the line, and nothing behind it. */
const CLEAR = "\r\u001b[K";

/** A stderr whose reader can wait for something to come. */
function reader(isTTY: boolean) {
  let text = "";
  let came = (): void => undefined;
  const stream: Stream = { isTTY, write: (more) => ((text += more), came()) };
  const reads = (what: RegExp): Promise<void> =>
    new Promise((resolve) => {
      came = () => what.test(text) && resolve();
      came();
    });
  return { stream, reads, text: () => text };
}

/** @param slow the second after which a message appears has passed before any work is done */
function waiting({ isTTY = false, json = false, env = {}, slow = true }) {
  const { stream, reads, text } = reader(isTTY);
  const stdout = { isTTY, write: () => expect.unreachable("talk is for stderr") };
  const cancelled: number[] = [];
  const after = (ms: number, fn: () => void): (() => void) => {
    if (slow) fn();
    return () => void cancelled.push(ms);
  };
  const output = createOutput({ stdout, stderr: stream, env, json, debug: false, after });
  const work = (until: Promise<void>) => whileWaiting("Twilio", output, () => until);
  return { output, reads, text, work, cancelled };
}

describe("slow work", () => {
  it("shows a spinner at a terminal, and removes it", async () => {
    const { reads, text, work } = waiting({ isTTY: true, env: { FORCE_COLOR: "0" } });
    await work(reads(/⠹/));
    const drawn = ["⠋", "⠙", "⠹"].map((frame) => `${CLEAR}${frame} waiting for Twilio …`);
    expect(text()).toBe(drawn.join("") + CLEAR);
  });

  it.each([{}, { isTTY: true, env: { TERM: "dumb" } }, { isTTY: true, env: { NO_COLOR: "1" } }])(
    "prints one line where it cannot draw: %j",
    async (where) => {
      const { reads, text, work } = waiting(where);
      await work(reads(/waiting/));
      expect(text()).toBe("waiting for Twilio …\n");
    },
  );

  it("prints nothing with --json", () => {
    const { output, text } = waiting({ isTTY: true, json: true });
    output.wait("waiting for Twilio …")();
    expect(text()).toBe("");
  });

  it("removes its spinner before it fails", async () => {
    const { reads, text, work } = waiting({ isTTY: true });
    const failing = reads(/waiting/).then(() => Promise.reject(new Error("refused")));
    await expect(work(failing)).rejects.toThrow("refused");
    expect(text().endsWith(CLEAR)).toBe(true);
  });
});

describe("quick work", () => {
  it("shows no message: the timer of one second is cancelled", async () => {
    const { text, work, cancelled } = waiting({ isTTY: true, slow: false });
    await work(Promise.resolve());
    expect([text(), cancelled]).toEqual(["", [1000]]);
  });
});
