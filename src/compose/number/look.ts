import type { NumberState } from "../../twilio/account/account.ts";
import { type Override, overridesOf } from "../../twilio/number/plan-pointing.ts";
import { pointedAt } from "../../twilio/number/pointed-settings.ts";
import { type Backup, type NumberOptions, backupsIn } from "./backups.ts";

export interface NumberLook {
  state: NumberState;
  /** What is used in place of the voice URL, the strongest first. */
  overrides: Override[];
  /** The warm-transfer server that the voice URL leads to: its scheme and host. Null: it leads elsewhere. */
  pointsAt: string | null;
  /** What the number did before we pointed it. */
  backup: Backup | null;
}

/** What a number does now. @throws AppError not-found, config, auth, network, timeout */
export async function lookAtNumber({ account, number, dir }: NumberOptions): Promise<NumberLook> {
  const state = await account.number(number);
  const backup = (await backupsIn(dir).find(state.sid)) ?? null;
  return { state, overrides: overridesOf(state), pointsAt: pointedAt(state), backup };
}
