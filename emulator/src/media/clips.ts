import type { Clip } from "./sounds.ts";

/** All sounds of the emulator. The engine plays clips without looking inside. */
export interface ClipLibrary {
  /** A short chime and quiet for about as long as the sentence takes to say. */
  say(text: string, language: string): Clip;
  /** A WAV file (PCM 8/16 bit or mu-law, any rate, mono or stereo), as 8 kHz mono. Throws an Error that says what is wrong. */
  wav(bytes: Uint8Array): Clip;
  /** Built-in music, endless when looped: stands for whatever is not a WAV file, and for Twilio's hold music. */
  music(): Clip;
  /** One key of a keypad. */
  digits(digits: string): Clip;
  silence(durationMs: number): Clip;
  /** A clip repeated; 0 means for ever (`durationMs` is then Infinity). */
  loop(clip: Clip, times: number): Clip;
}
