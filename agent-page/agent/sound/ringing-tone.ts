import { readChosenDevices } from "./chosen-devices.ts";

/** ITU-T E.180 (www.itu.int/rec/T-REC-E.180): 425 Hz is preferred; 0.67 to 1.5 s of tone, then 3 to 5 s of silence. */
const HZ = 425;
const TONE_S = 1;
const PERIOD_S = 5;
/** 26 dB below full scale: a voice is louder. */
const LEVEL = 0.05;
/** A tone that starts or stops at once clicks. */
const FADE_S = 0.02;
const RATE = 8_000;

/** Returns what starts and stops the tone, on the chosen speaker if there is one. Any value but null starts it. */
export function createRingingTone(): (ringing: string | null) => void {
  let context: AudioContext | null = null;
  return (ringing) => {
    if ((ringing !== null) === (context !== null)) return;
    void context?.close();
    context = ringing === null ? null : play();
  };
}

function play(): AudioContext {
  const context: AudioContext & { setSinkId?: (id: string) => Promise<void> } = new AudioContext();
  const speaker = readChosenDevices().speaker?.id;
  // A device that is gone, or a browser that cannot choose: the default one plays.
  if (speaker !== undefined) void context.setSinkId?.(speaker).catch(() => undefined);
  const buffer = context.createBuffer(1, PERIOD_S * RATE, RATE);
  buffer.copyToChannel(Float32Array.from({ length: TONE_S * RATE }, sample), 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(context.destination);
  source.start();
  return context;
}

function sample(_: undefined, index: number): number {
  const at = index / RATE;
  const fade = Math.min(1, at / FADE_S, (TONE_S - at) / FADE_S);
  return LEVEL * fade * Math.sin(2 * Math.PI * HZ * at);
}
