import { AppError, toAppError } from "../../errors.ts";
import type { Account, NumberSettings, NumberState } from "../../twilio/account/account.ts";
import { changeOf } from "../../twilio/number/change-of.ts";
import { changesBetween } from "../../twilio/number/settings.ts";

/** Twilio may change one setting because of another: what is left then is asked for once more. */
const ROUNDS = 2;

/** Whether it was carried out is not known: what was there before is kept, whatever is there now. */
function inDoubt(thrown: unknown): AppError {
  const { category, message, docs, hint = "" } = toAppError(thrown);
  return new AppError(category, message, {
    hint: `${hint} warm-transfer number show tells what the number does now, number reset restores what it did before.`.trim(),
    cause: thrown,
    ...(docs === undefined ? {} : { docs }),
  });
}

/** Makes a number what it is wanted to be. @returns what it is then @throws AppError */
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
    throw inDoubt(thrown);
  }
  return state;
}
