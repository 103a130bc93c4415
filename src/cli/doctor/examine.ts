import { connectAccount } from "../../compose/account.ts";
import { accountCredentials } from "../../config/account-credentials.ts";
import { loadSettings } from "../../config/load.ts";
import { emptyFolderMistake } from "../../config/empty-folder.ts";
import type { Settings } from "../../config/settings.ts";
import type { Context } from "../context.ts";
import { whileWaiting } from "../while-waiting.ts";
import { checkAccount } from "./checks/account.ts";
import { checkFiles } from "./checks/files.ts";
import { checkNode } from "./checks/node.ts";
import { checkNumber } from "./checks/number.ts";
import { checkRefusedSignatures } from "./checks/refused-signatures.ts";
import { checkServer } from "./checks/server.ts";
import { checkSettings } from "./checks/settings.ts";
import { checkStore } from "./checks/store.ts";
import { checkTunnel } from "./checks/tunnel.ts";
import { type Finding, reportOn } from "./finding.ts";
import { type LocalServer, findLocalServer } from "./local-server.ts";

type Report = (findings: readonly Finding[]) => void;

const notChecked = (checks: readonly string[], because: string): Finding[] =>
  checks.map((check) => reportOn(check).notChecked(because));

async function examineServer(
  settings: Settings,
  timeoutMs: number | undefined,
  { interrupted }: Context,
): Promise<{ running: LocalServer | undefined; findings: Finding[] }> {
  try {
    const running = await findLocalServer(settings, { interrupted, timeoutMs });
    if (running) {
      const refused = checkRefusedSignatures(running);
      return { running, findings: [...(await checkServer(running, settings, timeoutMs)), refused] };
    }
    const hint = "Run: warm-transfer start";
    return { running, findings: [reportOn("server").warning("No server is running for this folder.", hint)] };
  } catch (thrown) {
    return { running: undefined, findings: [reportOn("server").failed(thrown)] };
  }
}

async function examineTwilio(
  settings: Settings,
  timeoutMs: number | undefined,
  publicUrl: string | null,
): Promise<Finding[]> {
  const { accountSid, authToken } = settings;
  if (accountSid.value === "" || authToken.value === "")
    return notChecked(
      ["account", "api key", "clock", "number"],
      "TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN is not set",
    );
  try {
    const account = await connectAccount({ ...accountCredentials(settings), timeoutMs });
    const findings = await checkAccount(account, settings, timeoutMs);
    if (findings[0]?.state !== "ok") return [...findings, ...notChecked(["number"], "see account")];
    return [...findings, await checkNumber(account, settings, publicUrl, timeoutMs)];
  } catch (thrown) {
    return [reportOn("account").failed(thrown), ...notChecked(["number"], "see account")];
  }
}

/**
 * Checks everything that a server needs, in order, and carries on after a failure.
 * @param timeoutMs for each response, in milliseconds; undefined: 5 s here, 10 s at Twilio
 * @param report called with the findings as they come
 */
export async function examine(
  context: Context,
  timeoutMs: number | undefined,
  report: Report,
): Promise<void> {
  const { cwd, env, output } = context;
  report([checkNode(process.versions.node)]);
  report(await checkFiles(cwd));
  const settings = await loadSettings({ cwd, env }).catch((thrown: unknown) => {
    report([reportOn("settings").failed(thrown)]);
    return undefined;
  });
  if (!settings)
    return report(notChecked(["account", "number", "tunnel", "server", "store"], "see settings"));
  report(checkSettings(settings));
  const isEmptyFolder = emptyFolderMistake(settings) !== undefined;
  report([isEmptyFolder ? reportOn("tunnel").notChecked("see settings") : await checkTunnel(settings, env)]);
  const { running, findings } = await whileWaiting("the server", output, () =>
    examineServer(settings, timeoutMs, context),
  );
  report([await checkStore(settings, running !== undefined)]);
  report(findings);
  const publicUrl = running?.publicUrl ?? null;
  report(await whileWaiting("Twilio", output, () => examineTwilio(settings, timeoutMs, publicUrl)));
}
