import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { AppError, systemCode } from "../errors.ts";

/** A text file; undefined when there is none. @throws AppError config when it is there and cannot be read */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (thrown) {
    if (systemCode(thrown) === "ENOENT") return undefined;
    throw new AppError("config", `${basename(path)} is there but cannot be read.`, {
      hint: `Look at it: ls -l ${basename(path)}`,
      cause: thrown,
    });
  }
}
