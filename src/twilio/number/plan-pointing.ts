import type { NumberSettings } from "../account/account.ts";
import { type NumberChange, changesBetween } from "./settings.ts";

/** Settings that override a number's voice URL (www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export type Override =
  { kind: "trunk"; sid: string } | { kind: "application"; sid: string } | { kind: "fax"; sid: null };

/** Highest precedence first. */
export function overridesOf(settings: NumberSettings): Override[] {
  const { trunkSid, voiceApplicationSid, voiceReceiveMode } = settings;
  const all: Override[] = [];
  if (trunkSid !== "") all.push({ kind: "trunk", sid: trunkSid });
  if (voiceApplicationSid !== "") all.push({ kind: "application", sid: voiceApplicationSid });
  if (voiceReceiveMode === "fax") all.push({ kind: "fax", sid: null });
  return all;
}

export interface PointingPlan {
  changes: NumberChange[];
  /** Settings that override ours, unless `takeOver` allows to remove them. */
  refusals: Override[];
}

export function planPointing(
  current: NumberSettings,
  wanted: NumberSettings,
  { takeOver }: { takeOver: boolean },
): PointingPlan {
  return { changes: changesBetween(current, wanted), refusals: takeOver ? [] : overridesOf(current) };
}
