import { describe, expect, it } from "vitest";
import { createLineWriter } from "../../src/log/line-writer.ts";

const trouble = (code: string): Error => Object.assign(new Error(code), { code });
const told = (lines: number): string => `lost ${lines}\n`;

/** A destination that takes bytes as long as `answer` gives a count, and what it has taken. */
function destination(answer: (data: Buffer) => number | Promise<number>) {
  const taken: Buffer[] = [];
  const file = {
    async write(data: Buffer) {
      const bytesWritten = await answer(data);
      taken.push(data.subarray(0, bytesWritten));
      return { bytesWritten };
    },
    close: async () => {},
  };
  return { file, text: () => Buffer.concat(taken).toString() };
}

describe("lines that are written in the background", () => {
  it("are whole, however little is taken at a time", async () => {
    const { file, text } = destination(() => 1);
    const writer = createLineWriter(file, told);
    for (const line of ["one\n", "two\n", "é\n"]) writer.write(line);
    await writer.close();
    expect(text()).toBe("one\ntwo\né\n");
  });

  it("wait for a full pipe", async () => {
    let isFull = true;
    const { file, text } = destination((data) => {
      if (!isFull) return data.length;
      isFull = false;
      throw trouble("EAGAIN");
    });
    const writer = createLineWriter(file, told);
    writer.write("one\n");
    await writer.close();
    expect(text()).toBe("one\n");
  });

  it("are counted when lost, and the count is logged once the disk has space", async () => {
    let isFull = true;
    const { file, text } = destination((data) => {
      if (isFull) throw trouble("ENOSPC");
      return data.length;
    });
    const writer = createLineWriter(file, told);
    writer.write("one\n");
    writer.write("two\n");
    await writer.close();
    isFull = false;
    writer.write("three\n");
    await writer.close();
    expect(text()).toBe("\nlost 2\nthree\n");
  });

  it("are not waited for when nothing is taken any more", async () => {
    const { file, text } = destination(() => new Promise<number>(() => {}));
    const writer = createLineWriter(file, told, 10);
    writer.write("one\n");
    await writer.close();
    expect(text()).toBe("");
  });

  it("are dropped and counted beyond the buffer of a slow reader", async () => {
    let goOn = (): void => {};
    const stuck = new Promise<void>((resolve) => (goOn = resolve));
    const { file, text } = destination((data) => stuck.then(() => data.length));
    const writer = createLineWriter(file, told);
    const line = `${"x".repeat(1023)}\n`;
    for (let i = 0; i < 5_000; i++) writer.write(line);
    goOn();
    await writer.close();
    expect(text().length).toBeLessThan(1.1 * 1024 * 1024);
    expect(text()).toMatch(/\nlost 39\d\d\n/);
  });
});
