import type { Account } from "../../../compose/account.ts";
import { type NumberLook, lookAtNumber } from "../../../compose/number/look.ts";
import { previewPointing } from "../../../compose/number/point.ts";
import type { Settings } from "../../../config/settings.ts";
import { stateFolder } from "../../../config/state-folder.ts";
import { isTwilioDemo } from "../../service/voice-url.ts";
import { type Finding, reportOn } from "../finding.ts";
import { probe } from "../probe.ts";

const report = reportOn("number");
const TIMEOUT_MS = 5_000;
const SET = "Run: warm-transfer number set, or restart: warm-transfer start";

/** Settings that keep Twilio from using the number's voice URL (www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
function overrides({ overrides: [override] }: NumberLook): Finding | undefined {
  if (!override) return undefined;
  const words = {
    trunk: `Its calls go to a SIP trunk (${override.sid}).`,
    application: `Its calls go to a TwiML application (${override.sid}).`,
    fax: "It takes faxes instead of calls.",
  };
  return report.failure(
    words[override.kind],
    "Run: warm-transfer number set --take-over. Or choose another number: warm-transfer init",
  );
}

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/** Compares the number's settings with those that `start` sets. */
async function servedFinding(
  { state, pointsAt }: NumberLook,
  publicUrl: string,
  account: Account,
  { number, language, twilioApiBaseUrl }: Settings,
): Promise<Finding> {
  if (pointsAt !== publicUrl) {
    const host = hostOf(state.voiceUrl);
    return report.failure(
      host === undefined ? "It has no voice URL." : `Its calls go to ${host}, not to this server.`,
      SET,
    );
  }
  const { changes } = await previewPointing({
    account,
    number: number.value,
    dir: null,
    publicUrl,
    language: language.value,
    twilioApiBaseUrl: twilioApiBaseUrl.value,
    takeOver: true,
  });
  if (changes.length === 0) return report.ok("Its calls go to this server.");
  const names = changes.map(({ setting }) => setting).join(", ");
  const what = `Its calls go to this server, but these settings differ from what start sets: ${names}.`;
  return names.includes("voiceMethod") ? report.failure(what, SET) : report.warning(what, SET);
}

/** If the number still points at a stopped server, customers hear an apology. */
async function unservedFinding({ state, pointsAt, backup }: NumberLook, timeoutMs: number): Promise<Finding> {
  const { voiceUrl } = state;
  const host = hostOf(voiceUrl);
  if (host === undefined || isTwilioDemo(voiceUrl))
    return report.ok("The account owns it. `warm-transfer start` points it at the server while that runs.");
  const found = await probe(new URL(voiceUrl).origin, timeoutMs);
  const hint = backup
    ? "To restore its previous settings, run: warm-transfer number reset. Or serve its calls: warm-transfer start"
    : "To serve its calls, run: warm-transfer start";
  if (pointsAt !== null && found.kind !== "server") {
    const reason = found.kind === "silent" ? found.words : "another program answers";
    return report.failure(`Its calls go to ${host}, where no warm-transfer server runs: ${reason}.`, hint);
  }
  if (pointsAt !== null)
    return report.warning(`Its calls go to a warm-transfer server of another folder, at ${host}.`, hint);
  if (found.kind === "silent")
    return report.warning(`Its calls go to ${host}, which does not answer: ${found.words}.`, hint);
  return report.ok(`The account owns it. Its calls go to ${host} until \`warm-transfer start\` runs.`);
}

/**
 * Whether the account owns the number and where its calls go.
 * @param publicUrl of the running server; null when none runs
 */
export async function checkNumber(
  account: Account,
  settings: Settings,
  publicUrl: string | null,
  timeoutMs = TIMEOUT_MS,
): Promise<Finding> {
  try {
    const dir = stateFolder(settings.cwd);
    const look = await lookAtNumber({ account, number: settings.number.value, dir });
    const overridden = overrides(look);
    if (overridden) return overridden;
    return publicUrl === null
      ? await unservedFinding(look, timeoutMs)
      : await servedFinding(look, publicUrl, account, settings);
  } catch (thrown) {
    return report.failed(thrown);
  }
}
