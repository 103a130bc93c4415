import { AppError } from "../../../errors.ts";
import type { Settings } from "../../../config/settings.ts";
import { type Change, type Plan, overwritesOf } from "./plan.ts";
import { type Step, isSaid } from "./step.ts";

const isKept = "Nothing was written.";

/** At a terminal, what was answered just now with the present value before one's eyes needs no second question. */
function needsConsent({ file, name }: Change, settings: Settings): boolean {
  if (file === ".env") return true;
  if (name === "publicUrl" || name === "tunnel") return isSaid(settings.publicUrl) || isSaid(settings.tunnel);
  return name in settings && isSaid(settings[name as keyof Omit<Settings, "cwd">]);
}

/** `TWILIO_AUTH_TOKEN in .env: …1a2b → …9c0d` */
export function changeWords({ file, name, before, after }: Change): string {
  return `${name} in ${file}: ${before ?? "(none)"} → ${after ?? "(none)"}`;
}

/**
 * Makes sure that nothing is overwritten that somebody wanted to keep.
 * @throws AppError conflict when somebody does, or when nobody can be asked; names only, no values
 */
export async function consent(plan: Plan, { settings, prompts }: Step): Promise<void> {
  const overwrites = overwritesOf(plan);
  if (!prompts && overwrites.length > 0) {
    const names = overwrites.map(({ file, name }) => `${name} in ${file}`).join(", ");
    throw new AppError("conflict", `This would be overwritten: ${names}. ${isKept}`, {
      hint: "Add --yes to overwrite it.",
    });
  }
  for (const change of overwrites.filter((each) => needsConsent(each, settings))) {
    const isWanted = await prompts?.confirm({
      message: `${changeWords(change)}. Overwrite it?`,
      default: false,
    });
    if (!isWanted)
      throw new AppError("conflict", `${change.name} in ${change.file} stays as it is. ${isKept}`, {
        hint: "Start again with: warm-transfer init",
      });
  }
}
