import type { Device } from "@twilio/voice-sdk";
import type { LostDevice } from "../model.ts";
import type { Language } from "../words/choose-words.ts";
import {
  type ChosenDevices,
  type SoundKind,
  readChosenDevices,
  writeChosenDevices,
} from "./chosen-devices.ts";
import { openSoundDialog } from "./sound-dialog.ts";
import { type SoundWords, soundWords } from "./sound-words.ts";

type Audio = NonNullable<Device["audio"]>;

/** A microphone that does not open must not keep a call from being answered. */
const PATIENCE_MS = 1_000;

interface SoundOptions {
  /** Null: the line has no Device now. */
  readonly audio: () => Audio | null;
  readonly isInCall: () => boolean;
  readonly language: Language;
  /** Chosen devices that are not there, and what takes their place. */
  readonly report: (lost: readonly LostDevice[]) => void;
}

/** The devices of this browser: which are there, which were chosen, and the dialog to choose them. */
export interface Sound {
  /** Applies the choice; call it when the line has a new Device. */
  readonly refresh: () => void;
  /** Resolves when the next call will use the chosen microphone. */
  readonly prepareMicrophone: () => Promise<void>;
  readonly show: () => void;
}

export function openSound({ audio, isInCall, language, report }: SoundOptions): Sound {
  let chosen = readChosenDevices();
  let bound: Audio | null = null;
  const words = soundWords[language];
  const choose = (kind: SoundKind, id: string): void => {
    const { [kind]: _former, ...others } = chosen;
    const label = devicesOf(kind, audio()).get(id)?.label ?? "";
    chosen = id === "" ? others : { ...others, [kind]: { id, label } };
    writeChosenDevices(chosen);
    if (kind === "microphone" && isInCall() && id === "")
      void audio()?.setInputDevice("default").catch(ignore);
    refresh();
  };
  const dialog = openSoundDialog(words, { choose });

  function refresh(): void {
    const helper = audio();
    if (!helper) return;
    if (helper !== bound) helper.on("deviceChange", refresh);
    bound = helper;
    for (const kind of ["speaker", "ring"] as const) void useOutput(helper, kind, chosen);
    if (isInCall()) void useMicrophone(helper, chosen);
    report(lostDevices(helper, chosen, words));
    dialog.update({
      chosen,
      devices: (kind) =>
        [...devicesOf(kind, helper).values()].filter(({ deviceId }) => deviceId !== "default"),
      canChooseOutput: helper.isOutputSelectionSupported,
    });
  }

  refresh();
  return {
    refresh,
    prepareMicrophone: async () => {
      const helper = audio();
      const patience = new Promise<void>((late) => setTimeout(late, PATIENCE_MS));
      if (helper) await Promise.race([useMicrophone(helper, chosen), patience]);
    },
    show: () => {
      refresh();
      dialog.show();
    },
  };
}

const ignore = (): void => undefined;

function devicesOf(kind: SoundKind, audio: Audio | null): ReadonlyMap<string, MediaDeviceInfo> {
  return (kind === "microphone" ? audio?.availableInputDevices : audio?.availableOutputDevices) ?? new Map();
}

/** Plays on the chosen device, or on the default one while that is not there. */
async function useOutput(audio: Audio, kind: "speaker" | "ring", chosen: ChosenDevices): Promise<void> {
  if (!audio.isOutputSelectionSupported) return;
  const outputs = kind === "speaker" ? audio.speakerDevices : audio.ringtoneDevices;
  const id = chosen[kind]?.id ?? "";
  const wanted = devicesOf(kind, audio).has(id) ? id : "default";
  if (![...outputs.get()].some(({ deviceId }) => deviceId === wanted))
    await outputs.set(wanted).catch(ignore);
}

async function useMicrophone(audio: Audio, { microphone }: ChosenDevices): Promise<void> {
  if (!microphone || !audio.availableInputDevices.has(microphone.id)) return;
  if (audio.inputDevice?.deviceId !== microphone.id) await audio.setInputDevice(microphone.id).catch(ignore);
}

function lostDevices(audio: Audio, chosen: ChosenDevices, words: SoundWords): LostDevice[] {
  return (["microphone", "speaker", "ring"] as const).flatMap((kind) => {
    const device = chosen[kind];
    const available = devicesOf(kind, audio);
    if (!device || available.size === 0 || available.has(device.id)) return [];
    const substitute = available.get("default") ?? [...available.values()][0];
    const name = substitute?.label || words.system;
    return [{ kind, title: words.lost(device.label), text: words.now[kind](name) }];
  });
}
