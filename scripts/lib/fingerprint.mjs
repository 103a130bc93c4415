import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.mjs";

function* filesBelow(path) {
  const stat = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isFile()) yield { path, stat };
  else for (const name of readdirSync(join(ROOT, path)).sort()) yield* filesBelow(join(path, name));
}

/** A hash that changes when a file below `paths` is changed, added or removed. */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    for (const file of filesBelow(path)) hash.update(`${file.path} ${file.stat.size} ${file.stat.mtimeMs}\n`);
  return hash.digest("hex");
}

export function contentHash(path) {
  return createHash("sha256")
    .update(readFileSync(join(ROOT, path)))
    .digest("hex");
}
