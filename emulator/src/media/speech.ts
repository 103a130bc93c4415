import { clipOf, quietClip, sequenceOf } from "./clip.ts";
import type { Clip } from "./sounds.ts";
import { playNotes } from "./synth.ts";

const CHIME_MS = 500;
/** About how many characters a voice says in a second. A Japanese or Chinese character is most of a syllable. */
const SYLLABIC_RATE = 7;
const ALPHABETIC_RATE = 15;
const SYLLABIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const SHORTEST_MS = 600;

const chime = playNotes(
  [
    { hz: 660, fromMs: 0, lengthMs: 350, level: 0.2 },
    { hz: 880, fromMs: 140, lengthMs: 360, level: 0.2 },
  ],
  CHIME_MS,
);

/** About how long a voice would take to say a text, in milliseconds; nothing takes no time. */
function speakingTime(text: string): number {
  const spoken = text.trim();
  if (spoken === "") return 0;
  const syllabic = spoken.match(SYLLABIC)?.length ?? 0;
  const alphabetic = spoken.length - syllabic;
  const ms = (syllabic / SYLLABIC_RATE + alphabetic / ALPHABETIC_RATE) * 1000;
  return Math.max(SHORTEST_MS, Math.round(ms / 20) * 20);
}

/** A chime, then quiet until the sentence would be over: the emulator has no voice of its own. */
export function speechClip(text: string): Clip {
  const durationMs = speakingTime(text);
  if (durationMs === 0) return quietClip(0);
  return sequenceOf([clipOf(chime), quietClip(durationMs - CHIME_MS)], durationMs);
}
