import type { NumberSettings } from "../account/account.ts";
import { type NumberChange, changesBetween } from "./settings.ts";

/** What answers a number's calls in place of its voice URL (www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource). */
export type Override =
  { kind: "trunk"; sid: string } | { kind: "application"; sid: string } | { kind: "fax"; sid: null };

/** The strongest first. */
export function overridesOf(settings: NumberSettings): Override[] {
  const { trunkSid, voiceApplicationSid, voiceReceiveMode } = settings;
  const all: Override[] = [];
  if (trunkSid !== "") all.push({ kind: "trunk", sid: trunkSid });
  if (voiceApplicationSid !== "") all.push({ kind: "application", sid: voiceApplicationSid });
  if (voiceReceiveMode === "fax") all.push({ kind: "fax", sid: null });
  return all;
}

export interface PointingPlan {
  /** Old to new. */
  changes: NumberChange[];
  /** What would be taken away from somebody: asked for, or refused. */
  refusals: Override[];
}

/** What has to be done to a number so that it has the wanted settings. */
export function planPointing(
  current: NumberSettings,
  wanted: NumberSettings,
  { takeOver }: { takeOver: boolean },
): PointingPlan {
  return { changes: changesBetween(current, wanted), refusals: takeOver ? [] : overridesOf(current) };
}
