import { AppError } from "../../../errors.ts";
import type { Settings } from "../../../config/settings.ts";
import { type Change, type Plan, overwritesOf } from "./plan.ts";
import { type Step, isExplicit } from "./step.ts";

const NOTHING_WRITTEN = "Nothing was written.";

/** A prompt that showed the present value needs no second one. */
function needsConsent({ file, name }: Change, settings: Settings): boolean {
  if (file === ".env") return true;
  if (name === "publicUrl" || name === "tunnel")
    return isExplicit(settings.publicUrl) || isExplicit(settings.tunnel);
  return name in settings && isExplicit(settings[name as keyof Omit<Settings, "cwd">]);
}

/** `TWILIO_AUTH_TOKEN in .env: …1a2b → …9c0d` */
export function changeWords({ file, name, before, after }: Change): string {
  return `${name} in ${file}: ${before ?? "(none)"} → ${after ?? "(none)"}`;
}

/**
 * Asks before it overwrites anything.
 * @throws AppError conflict after a no, or without a terminal; it holds names, no values
 */
export async function confirmOverwrites(plan: Plan, { settings, prompts }: Step): Promise<void> {
  const overwrites = overwritesOf(plan);
  if (!prompts && overwrites.length > 0) {
    const names = overwrites.map(({ file, name }) => `${name} in ${file}`).join(", ");
    throw new AppError("conflict", `init would overwrite ${names}. ${NOTHING_WRITTEN}`, {
      hint: "Pass --yes to overwrite them.",
    });
  }
  for (const change of overwrites.filter((each) => needsConsent(each, settings))) {
    const isWanted = await prompts?.confirm({
      message: `${changeWords(change)}. Overwrite it?`,
      default: false,
    });
    if (!isWanted)
      throw new AppError("conflict", `${change.name} in ${change.file} stays. ${NOTHING_WRITTEN}`, {
        hint: "Run it again: warm-transfer init",
      });
  }
}
