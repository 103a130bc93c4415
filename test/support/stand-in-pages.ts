import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

/** A folder in place of the built pages, until the test ends. */
export function standInPages(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "index.html"), "<!doctype html><html><title>Agent</title></html>");
  return folder;
}
