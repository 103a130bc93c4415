import { createRequire } from "node:module";
import { AppError } from "./errors.ts";

const { resolve } = createRequire(import.meta.url);

/** Packages that `npm install --omit=optional` leaves out, with the feature that needs them (docs/installation.md). */
const NEEDED_BY = {
  "@ngrok/ngrok": { user: "An ngrok tunnel", otherwise: ", or use cloudflared or a public URL of your own" },
  "node-datachannel": { user: "Sound in the browser", otherwise: "" },
} as const;

/** @throws AppError config when the package was left out of the installation */
export function assertInstalled(name: keyof typeof NEEDED_BY): void {
  try {
    resolve(name);
  } catch (cause) {
    const { user, otherwise } = NEEDED_BY[name];
    throw new AppError("config", `${user} needs the package ${name}, which is not installed.`, {
      hint: `Install warm-transfer with --include=optional${otherwise}.`,
      cause,
    });
  }
}

/** Explains an error of loading libsql: `--omit=optional` leaves out its package for this platform, too. */
export function explainMissing(thrown: unknown): unknown {
  const name =
    thrown instanceof Error ? /Cannot find module '(@libsql\/[\w-]+)'/.exec(thrown.message)?.[1] : undefined;
  if (name === undefined) return thrown;
  return new AppError("config", `The store file needs the package ${name}, which is not installed.`, {
    hint: `Run npm install ${name} in the same folder, or keep calls in memory only: STORE_URL=memory:`,
    cause: thrown,
  });
}
