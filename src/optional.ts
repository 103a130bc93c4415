import { createRequire } from "node:module";
import { AppError } from "./errors.ts";

const { resolve } = createRequire(import.meta.url);

/** `npm install --omit=optional` leaves the package out (docs/installation.md). @throws AppError config without it */
export function assertNgrokInstalled(): void {
  try {
    resolve("@ngrok/ngrok");
  } catch (cause) {
    throw new AppError("config", "An ngrok tunnel needs the package @ngrok/ngrok, which is not installed.", {
      hint: "Install warm-transfer with --include=optional, or use cloudflared or a public URL of your own.",
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
