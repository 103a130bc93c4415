import type { NoticeKey } from "../words/en.ts";

export type Microphone = { stream: MediaStream } | { problem: NoticeKey };

function problemOf(thrown: unknown): NoticeKey {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "unusable";
}

/** Asks for the microphone. The browser asks the person the first time. */
export async function openMicrophone(): Promise<Microphone> {
  // Typed as always there, but missing on pages that are not secure.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return { problem: "insecure" };
  try {
    return { stream: await devices.getUserMedia({ audio: true }) };
  } catch (thrown) {
    return { problem: problemOf(thrown) };
  }
}
