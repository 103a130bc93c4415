import type { NumberState } from "../../twilio/account/account.ts";
import { type Override, overridesOf, pointedAt } from "../../twilio/number/pointing.ts";
import { type Backup, type NumberOptions, backupsIn } from "./backups.ts";

export interface NumberLook {
  state: NumberState;
  /** Settings that override the voice URL, highest precedence first. */
  overrides: Override[];
  /** The origin of the warm-transfer server that the voice URL points at. Null: it points elsewhere. */
  pointsAt: string | null;
  /** The settings before this server changed them. */
  backup: Backup | null;
}

/** @throws AppError not-found, config, auth, network, timeout */
export async function lookAtNumber({ account, number, dir }: NumberOptions): Promise<NumberLook> {
  const state = await account.number(number);
  const backup = (await backupsIn(dir).find(state.sid)) ?? null;
  return { state, overrides: overridesOf(state), pointsAt: pointedAt(state), backup };
}
