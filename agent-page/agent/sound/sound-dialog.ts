import { createLevelMeter } from "./level-meter.ts";
import { make, setShown } from "../dom/elements.ts";
import type { ChosenDevices, SoundKind } from "./chosen-devices.ts";
import type { SoundWords } from "./sound-words.ts";

export interface SoundChoices {
  readonly chosen: ChosenDevices;
  readonly devices: (kind: SoundKind) => readonly MediaDeviceInfo[];
  readonly canChooseOutput: boolean;
}

interface DialogActions {
  /** `id` empty: the system's default. */
  readonly choose: (kind: SoundKind, id: string) => void;
}

const KINDS = ["microphone", "speaker", "ring"] as const;

/** The dialog to choose microphone, speaker and ring, with the microphone's level while it is open. */
export function openSoundDialog(words: SoundWords, { choose }: DialogActions) {
  const meter = openMeter(words);
  const selects = Object.fromEntries(KINDS.map((kind) => [kind, make("select")])) as Record<
    SoundKind,
    HTMLSelectElement
  >;
  const rows = KINDS.map((kind) => {
    selects[kind].addEventListener("change", () => {
      choose(kind, selects[kind].value);
      if (kind === "microphone") void meter.watch(selects.microphone.value);
    });
    return make("label", "", make("span", "label", words[kind]), selects[kind]);
  });
  const fixed = make("p", "quiet", words.outputsFixed);
  const test = textButton(words.test, () => void playRing(selects.ring.value));
  const close = textButton(words.close, () => dialog.close());
  close.className = "primary";
  const heading = make("h2", "", words.heading);
  heading.id = "sound-heading";
  const dialog = make(
    "dialog",
    "sound",
    heading,
    rows[0]!,
    meter.bar,
    rows[1]!,
    rows[2]!,
    fixed,
    test,
    close,
  );
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("close", meter.stop);
  document.body.append(dialog);
  return {
    update({ chosen, devices, canChooseOutput }: SoundChoices): void {
      for (const kind of KINDS) fill(selects[kind], devices(kind), chosen[kind]?.id ?? "", words);
      setShown(fixed, !canChooseOutput);
      for (const row of rows.slice(1)) setShown(row, canChooseOutput);
    },
    show(): void {
      if (!dialog.open) dialog.showModal();
      void meter.watch(selects.microphone.value);
    },
  };
}

function textButton(text: string, act: () => void): HTMLButtonElement {
  const button = make("button", "", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function fill(
  select: HTMLSelectElement,
  devices: readonly MediaDeviceInfo[],
  chosen: string,
  words: SoundWords,
): void {
  const option = (value: string, text: string): HTMLOptionElement => {
    const made = make("option", "", text);
    made.value = value;
    return made;
  };
  select.replaceChildren(
    option("", words.system),
    ...devices.map(({ deviceId, label }, i) => option(deviceId, label || words.unnamed(i + 1))),
  );
  select.value = devices.some(({ deviceId }) => deviceId === chosen) ? chosen : "";
}

/** Plays the ring once on a device; empty: on the default one. */
async function playRing(id: string): Promise<void> {
  const audio = new Audio(new URL("./sounds/ring.wav", document.baseURI).href);
  if (id !== "" && "setSinkId" in audio) await audio.setSinkId(id).catch(() => undefined);
  await audio.play().catch(() => undefined);
}

function openMeter(words: SoundWords) {
  const bar = make("div", "level");
  for (const [name, value] of [
    ["role", "meter"],
    ["aria-label", words.level],
    ["aria-valuemin", "0"],
    ["aria-valuemax", "100"],
    ["aria-valuenow", "0"],
  ] as const)
    bar.setAttribute(name, value);
  let context: AudioContext | undefined;
  let stream: MediaStream | undefined;
  const level = createLevelMeter(bar, () => (context ??= new AudioContext()));
  const stop = (): void => {
    level.stop();
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
  };
  return {
    bar,
    stop,
    async watch(id: string): Promise<void> {
      stop();
      const audio = id === "" ? true : { deviceId: { exact: id } };
      // The page shows why there is no microphone.
      stream = await navigator.mediaDevices.getUserMedia({ audio }).catch(() => undefined);
      if (stream) level.watch(stream);
    },
  };
}
