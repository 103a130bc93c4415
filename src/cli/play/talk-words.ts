import type { TransferView } from "../../server/control-api.ts";
import type { TransferButton } from "./page-client.ts";

/** As the page's buttons say. */
export const BUTTONS: Record<TransferButton, string> = {
  complete: "Complete",
  "bring-together": "Bring together",
  swap: "Swap",
  cancel: "Cancel",
};

/** As the page offers them. */
export const WAYS: Record<TransferView["mode"], string> = {
  "three-way": "bring in",
  consult: "consult first",
  blind: "hand over now",
};
