import type { Settings } from "../../../config/settings.ts";
import type { Environment } from "../../terminal/colour.ts";
import { INSTALL_CLOUDFLARED, hasCloudflared } from "../../cloudflared.ts";
import { type Finding, reportOn } from "../finding.ts";

function ngrokFinding(authtoken: string): Finding {
  const report = reportOn("tunnel");
  if (/^[!-~]{20,}$/.test(authtoken))
    return report.ok("An ngrok authtoken is set. `start` shows whether ngrok accepts it.");
  return report.failure(
    authtoken === "" ? "NGROK_AUTHTOKEN is not set." : "NGROK_AUTHTOKEN is malformed.",
    "Copy it from https://dashboard.ngrok.com/get-started/your-authtoken, or run: warm-transfer init",
  );
}

/** Whether the configured tunnel has what it needs. Opens none. */
export async function checkTunnel(
  { publicUrl, tunnel, ngrokAuthtoken }: Settings,
  env: Environment,
): Promise<Finding> {
  const report = reportOn("tunnel");
  if (publicUrl.value !== null) return report.ok(`Not needed: PUBLIC_URL is ${publicUrl.value}.`);
  if (tunnel.value?.kind !== "cloudflared") return ngrokFinding(ngrokAuthtoken.value);
  if (await hasCloudflared(env)) return report.ok("cloudflared is on the PATH. `start` opens the tunnel.");
  return report.failure(
    "cloudflared is not on the PATH.",
    `${INSTALL_CLOUDFLARED}. Or choose ngrok or your own public URL: warm-transfer init`,
  );
}
