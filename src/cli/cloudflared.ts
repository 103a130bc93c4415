import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Environment } from "./terminal/colour.ts";

const FILE = process.platform === "win32" ? "cloudflared.exe" : "cloudflared";

const DOWNLOADS = "https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/";
const COMMANDS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "brew install cloudflared",
  win32: "winget install --id Cloudflare.cloudflared",
};

/** A hint for this platform. */
export const INSTALL_CLOUDFLARED = `Install it: ${COMMANDS[process.platform] ?? DOWNLOADS}`;

/** Looks for the executable on the PATH; does not run it. */
export async function hasCloudflared({ PATH = "" }: Environment): Promise<boolean> {
  const tries = PATH.split(delimiter).map((folder) =>
    access(join(folder, FILE), constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(tries)).includes(true);
}
