import type { Language } from "../words/choose-words.ts";

const en = {
  heading: "Sound",
  close: "Close",
  microphone: "Microphone",
  speaker: "Speaker",
  ring: "Ring",
  level: "Microphone level",
  test: "Test the ring",
  system: "System default",
  unnamed: (n: number) => `Device ${n}`,
  outputsFixed: "This browser plays all sound on the system’s own device.",
  lost: (name: string) => `${name} is not connected`,
  now: {
    microphone: (name: string) => `Your microphone is now ${name}.`,
    speaker: (name: string) => `You hear the call on ${name}.`,
    ring: (name: string) => `The page rings on ${name}.`,
  },
};

const ja: typeof en = {
  heading: "音声",
  close: "閉じる",
  microphone: "マイク",
  speaker: "スピーカー",
  ring: "着信音",
  level: "マイクの音量",
  test: "着信音を再生",
  system: "システムの既定",
  unnamed: (n) => `機器 ${n}`,
  outputsFixed: "このブラウザーでは、音はシステムの既定の機器から流れます。",
  lost: (name) => `${name} が接続されていません`,
  now: {
    microphone: (name) => `マイクは ${name} に切り替わりました。`,
    speaker: (name) => `通話の音は ${name} から流れます。`,
    ring: (name) => `着信音は ${name} から流れます。`,
  },
};

export const soundWords = { en, ja } satisfies Record<Language, typeof en>;
export type SoundWords = typeof en;
