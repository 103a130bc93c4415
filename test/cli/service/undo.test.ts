import { describe, expect, it } from "vitest";
import { createUndo } from "../../../src/cli/service/undo.ts";

describe("undoing", () => {
  it("takes the last first", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    for (const name of ["server", "tunnel", "number"]) undo.add(async () => void done.push(name));
    expect(await undo.all()).toEqual([]);
    expect(done).toEqual(["number", "tunnel", "server"]);
  });

  it("does each once, whoever asks and how often", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    undo.add(async () => void done.push("server"));
    const restore = undo.add(async () => void done.push("number"));
    await Promise.all([restore(), restore()]);
    await undo.all();
    await undo.all();
    expect(done).toEqual(["number", "server"]);
  });

  it("goes on when one fails, and says so", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    undo.add(async () => void done.push("server"));
    undo.add(() => Promise.reject(new Error("Twilio is away")));
    expect(await undo.all()).toMatchObject([{ message: "Twilio is away" }]);
    expect(done).toEqual(["server"]);
  });

  it("tells a failure to whoever has undone it, and to nobody else", async () => {
    const undo = createUndo();
    const restore = undo.add(() => Promise.reject(new Error("Twilio is away")));
    await expect(restore()).rejects.toThrow("Twilio is away");
    expect(await undo.all()).toEqual([]);
  });
});
