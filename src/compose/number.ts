export type { Override } from "../twilio/number/plan-pointing.ts";
export type { NumberChange } from "../twilio/number/settings.ts";
export { keptNumbers } from "./number/backups.ts";
export { type NumberLook, lookAtNumber } from "./number/look.ts";
export { type PointOptions, type Pointing, pointNumber, previewPointing } from "./number/point.ts";
export {
  type Restoration,
  type RestorationPreview,
  previewRestoration,
  restoreNumber,
} from "./number/restore.ts";
