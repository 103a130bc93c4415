import { describe, expect, it } from "vitest";
import type { AppError } from "../../../src/errors.ts";
import { createUndo } from "../../../src/cli/service/undo.ts";

const toNobody = ({ message }: AppError): void => expect.unreachable(message);

describe("undoing", () => {
  it("takes the last first", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    for (const name of ["server", "tunnel", "number"]) undo.add(async () => void done.push(name));
    await undo.all(toNobody);
    expect(done).toEqual(["number", "tunnel", "server"]);
  });

  it("does each once, whoever asks and how often", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    undo.add(async () => void done.push("server"));
    const restore = undo.add(async () => void done.push("number"));
    await Promise.all([restore(), restore()]);
    await undo.all(toNobody);
    await undo.all(toNobody);
    expect(done).toEqual(["number", "server"]);
  });

  it("goes on when one fails, and says so before the next: that may be what is told", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    undo.add(async () => void done.push("log"));
    undo.add(() => Promise.reject(new Error("Twilio is away")));
    await undo.all(({ message }) => void done.push(message));
    expect(done).toEqual(["Twilio is away", "log"]);
  });

  it("tells a failure to whoever has undone it, and to nobody else", async () => {
    const undo = createUndo();
    const restore = undo.add(() => Promise.reject(new Error("Twilio is away")));
    await expect(restore()).rejects.toThrow("Twilio is away");
    await undo.all(toNobody);
  });
});
