import { describe, expect, it } from "vitest";
import type { AppError } from "../../../src/errors.ts";
import { createUndo } from "../../../src/cli/service/undo.ts";

const toNobody = ({ message }: AppError): void => expect.unreachable(message);

describe("undoing", () => {
  it("runs the last step first", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    for (const name of ["server", "tunnel", "number"]) undo.add(async () => void done.push(name));
    await undo.all(toNobody);
    expect(done).toEqual(["number", "tunnel", "server"]);
  });

  it("runs each step once, however often it is requested", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    undo.add(async () => void done.push("server"));
    const restore = undo.add(async () => void done.push("number"));
    await Promise.all([restore(), restore()]);
    await undo.all(toNobody);
    await undo.all(toNobody);
    expect(done).toEqual(["number", "server"]);
  });

  it("continues when a step fails, and reports the failure before the next step", async () => {
    const [undo, done] = [createUndo(), [] as string[]];
    undo.add(async () => void done.push("log"));
    undo.add(() => Promise.reject(new Error("Twilio is away")));
    await undo.all(({ message }) => void done.push(message));
    expect(done).toEqual(["Twilio is away", "log"]);
  });

  it("reports a failure only to the caller that ran the step", async () => {
    const undo = createUndo();
    const restore = undo.add(() => Promise.reject(new Error("Twilio is away")));
    await expect(restore()).rejects.toThrow("Twilio is away");
    await undo.all(toNobody);
  });
});
