import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { callSettings } from "../../compose/context.ts";
import { configOf, loadSettings } from "../../config/load.ts";
import { AppError, systemCode } from "../../errors.ts";
import { readCallFile } from "../../replay/call-file.ts";
import { replay } from "../../replay/replay.ts";
import { reportOf } from "../../replay/report.ts";
import type { Context } from "../context.ts";
import { DONE } from "../exit-codes.ts";
import { replayPage } from "../views/replay-page.ts";

const MOST_BYTES = 64 * 1024 * 1024;

/** @throws AppError not-found, or usage for a file that cannot be read */
async function read(path: string, name: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MOST_BYTES) throw new AppError("usage", `${name} is larger than 64 MB.`);
    return bytes.toString("utf8");
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const code = systemCode(thrown);
    if (code === "ENOENT") throw new AppError("not-found", `There is no file ${name}.`, { cause: thrown });
    throw new AppError("usage", `${name} cannot be read: ${code ?? String(thrown)}.`, { cause: thrown });
  }
}

/** `replay FILE` */
export async function replayCall(name: string, { output, cwd }: Context): Promise<number> {
  const file = readCallFile(await read(resolve(cwd, name), name), name);
  const settings = await loadSettings({ cwd, env: {} });
  const isDefault = Object.values(settings).every(
    (one) =>
      typeof one !== "object" || one === null || !("source" in one) || one.source !== "warm-transfer.json",
  );
  const replayed = await replay(file, callSettings(configOf(settings)));
  if (replayed.steps.length === 0)
    throw new AppError("usage", `${name} has no webhook that a warm-transfer server answers.`, {
      hint: "Only calls to this server can be replayed, not those of another app.",
    });
  const report = reportOf(file, replayed, isDefault ? "the defaults" : "warm-transfer.json in this folder");
  output.event(report);
  for (const line of replayPage(report, output.paint)) output.line(line);
  return DONE;
}
