import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Settings } from "../../../config/settings.ts";
import type { Environment } from "../../colour.ts";
import { type Finding, reportOn } from "../finding.ts";

async function isOnPath(program: string, { PATH = "" }: Environment): Promise<boolean> {
  const tries = PATH.split(delimiter).map((folder) =>
    access(join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(tries)).includes(true);
}

function ngrokFinding(authtoken: string): Finding {
  const report = reportOn("tunnel");
  if (/^[!-~]{20,}$/.test(authtoken))
    return report.ok("ngrok has an authtoken; `start` says if ngrok refuses it.");
  const what = authtoken === "" ? "ngrok has no authtoken" : "The ngrok authtoken is not one";
  return report.failure(
    `${what}: without it there is no tunnel.`,
    "Copy it from https://dashboard.ngrok.com/get-started/your-authtoken and set NGROK_AUTHTOKEN, or type: warm-transfer init",
  );
}

/** Whether there is what the way to the server needs. */
export async function checkTunnel(
  { publicUrl, tunnel, ngrokAuthtoken }: Settings,
  env: Environment,
): Promise<Finding> {
  const report = reportOn("tunnel");
  if (publicUrl.value !== null) return report.ok(`None is needed: the public URL is ${publicUrl.value}.`);
  if (tunnel.value?.kind !== "cloudflared") return ngrokFinding(ngrokAuthtoken.value);
  if (await isOnPath("cloudflared", env)) return report.ok("cloudflared is installed.");
  return report.failure(
    "cloudflared is not on the PATH.",
    "Install it, or choose ngrok or an address of your own: warm-transfer init",
  );
}
