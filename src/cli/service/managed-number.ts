import { type Account, connectAccount } from "../../compose/account.ts";
import { lookAtNumber } from "../../compose/number/look.ts";
import { type PointOptions, pointNumber, previewPointing } from "../../compose/number/point.ts";
import { restoreNumber } from "../../compose/number/restore.ts";
import { AppError } from "../../errors.ts";
import { maskPassword } from "../../mask.ts";
import { SKEW_WARNING_MS, clockSkew } from "../clock-skew.ts";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import type { ServiceDeps } from "./events.ts";
import type { ServicePlan } from "./plan.ts";
import { needsNoConfirmation, withoutRetrySettings } from "./voice-url.ts";

/** A number that points at this server while it runs. */
export interface ManagedNumber {
  /**
   * Asks first when the number points elsewhere. Does nothing after `restore`.
   * @throws AppError conflict when it is in use or may not change; it is unchanged then
   */
  point(publicUrl: string): Promise<void>;
  /** Restores its previous settings if it was changed. @throws AppError */
  restore(): Promise<void>;
}

const UNDO = "warm-transfer number reset";

function notRestoredError(number: string): AppError {
  return new AppError("conflict", `The number ${number} still points at this server, which has stopped.`, {
    hint: `Restore its previous settings: ${UNDO}`,
  });
}

async function assertPointingConfirmed(
  options: PointOptions,
  { confirmPointing, interrupted }: ServiceDeps,
): Promise<void> {
  const [{ before, after, changes }, { backup }] = await Promise.all([
    previewPointing(options),
    lookAtNumber(options),
  ]);
  if (changes.length === 0 || needsNoConfirmation(before.voiceUrl, backup)) return;
  const { number } = options;
  const isConfirmed = await confirmPointing({
    number,
    before: maskPassword(before.voiceUrl),
    after: withoutRetrySettings(after.voiceUrl),
  });
  if (interrupted.aborted) throw new InterruptedError();
  if (isConfirmed) return;
  throw new AppError("conflict", `The number ${number} was not changed.`, {
    hint: "Choose another number with --number, or confirm the change.",
  });
}

/** Uses the Date header of an earlier response. */
function warnOfSkew(account: Account, { onEvent }: ServiceDeps): void {
  const time = account.lastServerTime();
  const skewMs = time ? clockSkew(time) : 0;
  if (Math.abs(skewMs) >= SKEW_WARNING_MS) onEvent({ event: "clock-skewed", at: Date.now(), skewMs });
}

/** @throws AppError config when TWILIO_API_BASE_URL does not point at this machine */
export async function manageNumber(
  { config, dir, takeOver, timeoutMs }: ServicePlan,
  deps: ServiceDeps,
): Promise<ManagedNumber> {
  const { number, language, twilioApiBaseUrl } = config;
  const account = await connectAccount({ ...config, apiBaseUrl: twilioApiBaseUrl, timeoutMs });
  const setPendingError = (error: AppError | null): void =>
    void (dir !== null && deps.shutdown.setPendingError(error));
  let isChanged = false;
  let isRestored = false;
  return {
    async point(publicUrl) {
      if (isRestored) return;
      const options = { account, number, dir, publicUrl, language, twilioApiBaseUrl, takeOver };
      if (!isChanged) {
        await assertPointingConfirmed(options, deps);
        warnOfSkew(account, deps);
      }
      const from = performance.now();
      isChanged = true;
      setPendingError(notRestoredError(number));
      const { before, after } = await pointNumber(options);
      const ms = Math.round(performance.now() - from);
      deps.onEvent({
        event: "number-pointed",
        at: Date.now(),
        ms,
        before: maskPassword(before.voiceUrl),
        after: after.voiceUrl,
      });
    },
    async restore() {
      isRestored = true;
      if (!isChanged || dir === null) return;
      const { after } = await restoreNumber({ account, number, dir });
      setPendingError(null);
      deps.onEvent({ event: "number-restored", at: Date.now(), voiceUrl: maskPassword(after.voiceUrl) });
    },
  };
}
