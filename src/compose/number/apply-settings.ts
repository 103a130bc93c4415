import { AppError, toAppError } from "../../errors.ts";
import type { Account, NumberSettings, NumberState } from "../../twilio/account/account.ts";
import { changeOf, changesBetween } from "../../twilio/number/settings.ts";

/** Twilio may change one setting because of another; a second round sets the rest. */
const ROUNDS = 2;

/** The change may have succeeded, so the backup stays. */
function uncertainError(thrown: unknown): AppError {
  const { category, message, docs, hint = "" } = toAppError(thrown);
  return new AppError(category, message, {
    hint: `${hint} The number may have changed: check it with warm-transfer number show, undo it with warm-transfer number reset.`.trim(),
    cause: thrown,
    ...(docs === undefined ? {} : { docs }),
  });
}

/** @returns the number after the change @throws AppError */
export async function applySettings(
  account: Account,
  current: NumberState,
  wanted: NumberSettings,
): Promise<NumberState> {
  let state = current;
  try {
    for (let round = 0; round < ROUNDS && changesBetween(state, wanted).length > 0; round += 1)
      state = await account.updateNumber(state.sid, changeOf(state, wanted));
  } catch (thrown) {
    throw uncertainError(thrown);
  }
  return state;
}
