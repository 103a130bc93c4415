import type { MicrophoneState } from "./model.ts";
import { readChosenDevices } from "./sound/chosen-devices.ts";

const STATES: Record<string, MicrophoneState> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
};

/**
 * Opens the microphone for a moment, so that a refusal is known before a customer is on the line. Resolves with the
 * device's id, or with null when it does not open.
 */
export async function tryMicrophone(report: (state: MicrophoneState) => void): Promise<string | null> {
  if (!navigator.mediaDevices) {
    report("insecure");
    return null;
  }
  if ((await permission())?.state === "prompt") report("asking");
  try {
    const chosen = readChosenDevices().microphone?.id;
    const audio = chosen === undefined ? true : { deviceId: { ideal: chosen } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    const tracks = stream.getTracks();
    const { deviceId = "" } = tracks[0]?.getSettings() ?? {};
    for (const track of tracks) track.stop();
    report("ready");
    return deviceId;
  } catch (error) {
    report(STATES[error instanceof DOMException ? error.name : ""] ?? "busy");
    return null;
  }
}

/** Calls back when a device came or went, or the agent changed the permission. */
export async function onMicrophoneChange(changed: (what: "devices" | "permission") => void): Promise<void> {
  navigator.mediaDevices?.addEventListener("devicechange", () => changed("devices"));
  (await permission())?.addEventListener("change", () => changed("permission"));
}

/** Undefined in browsers that do not report it. */
async function permission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: "microphone" });
  } catch {
    return undefined;
  }
}
