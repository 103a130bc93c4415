import { connectAccount } from "../../compose/account.ts";
import {
  type PointOptions,
  lookAtNumber,
  pointNumber,
  previewPointing,
  restoreNumber,
} from "../../compose/number.ts";
import { AppError } from "../../errors.ts";
import { maskPassword } from "../../mask.ts";
import { InterruptedError } from "../interrupted-error.ts";
import type { ServiceDeps } from "./events.ts";
import type { ServicePlan } from "./plan.ts";
import { withoutRetries } from "./without-retries.ts";
import { isFree } from "./whose-number.ts";

/** A number that leads to us for as long as we run. */
export interface NumberHolder {
  /**
   * Points it; asks first when it would be taken from somewhere else. Does nothing once it was restored.
   * @throws AppError conflict when it is in use or may not be taken; nothing has been changed then
   */
  point(publicUrl: string): Promise<void>;
  /** Gives it back what it had, if it was touched. @throws AppError when it cannot */
  restore(): Promise<void>;
}

const UNDO = "warm-transfer number reset";

function owed(number: string): AppError {
  return new AppError("conflict", `The number ${number} still leads to this server, which has ended.`, {
    hint: `Give it back what it had: ${UNDO}`,
  });
}

async function assertMayPoint(options: PointOptions, { mayPoint, asked }: ServiceDeps): Promise<void> {
  const [{ before, after, changes }, { backup }] = await Promise.all([
    previewPointing(options),
    lookAtNumber(options),
  ]);
  if (changes.length === 0 || isFree(before.voiceUrl, backup)) return;
  const { number } = options;
  const mayIt = await mayPoint({
    number,
    before: maskPassword(before.voiceUrl),
    after: withoutRetries(after.voiceUrl),
  });
  if (asked.aborted) throw new InterruptedError();
  if (mayIt) return;
  throw new AppError("conflict", `The number ${number} was left as it is.`, {
    hint: "Choose another one: --number, or say yes next time.",
  });
}

/** @throws AppError config when the address of a local Twilio is none of this machine's */
export async function holdNumber(
  { config, dir, takeOver, timeoutMs }: ServicePlan,
  deps: ServiceDeps,
): Promise<NumberHolder> {
  const { number, language, twilioApiBaseUrl } = config;
  const account = await connectAccount({ ...config, apiBaseUrl: twilioApiBaseUrl, timeoutMs });
  const owe = (debt: AppError | null): void => void (dir !== null && deps.leaving.owe(debt));
  let isTouched = false;
  let isRestored = false;
  return {
    async point(publicUrl) {
      if (isRestored) return;
      const options = { account, number, dir, publicUrl, language, twilioApiBaseUrl, takeOver };
      if (!isTouched) await assertMayPoint(options, deps);
      const from = performance.now();
      isTouched = true;
      owe(owed(number));
      const { before, after } = await pointNumber(options);
      const ms = Math.round(performance.now() - from);
      deps.tell({
        event: "number-pointed",
        at: Date.now(),
        ms,
        before: maskPassword(before.voiceUrl),
        after: after.voiceUrl,
      });
    },
    async restore() {
      isRestored = true;
      if (!isTouched || dir === null) return;
      const { after } = await restoreNumber({ account, number, dir });
      owe(null);
      deps.tell({ event: "number-restored", at: Date.now(), voiceUrl: maskPassword(after.voiceUrl) });
    },
  };
}
