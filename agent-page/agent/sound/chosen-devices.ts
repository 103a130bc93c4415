export type SoundKind = "microphone" | "speaker" | "ring";

/** A device as the agent chose it; its name is kept to say which one is gone. */
export interface ChosenDevice {
  readonly id: string;
  readonly label: string;
}

export type ChosenDevices = Readonly<Partial<Record<SoundKind, ChosenDevice>>>;

const KEY = "sound-devices";

/** Whether this browser remembers a choice. */
export const hasChosenDevices = (): boolean => localStorage.getItem(KEY) !== null;

/** The choice of this browser, for all its windows and agents. */
export function readChosenDevices(): ChosenDevices {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as ChosenDevices;
  } catch {
    return {};
  }
}

export function writeChosenDevices(chosen: ChosenDevices): void {
  if (Object.keys(chosen).length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(chosen));
}
