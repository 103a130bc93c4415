/** Sounds that the phone makes itself: those that tell a person what the line does. */
export interface Tones {
  /** What a caller hears while the other side rings. */
  ringBack(): void;
  /** What rings when somebody calls. */
  bell(): void;
  key(digit: string): void;
  stop(): void;
}

const KEYS = "123456789*0#";
const ROW_HZ = [697, 770, 852, 941];
const COLUMN_HZ = [1209, 1336, 1477];
const KEY_MS = 120;
const RING_EVERY_MS = 4000;

export function createTones(context: () => AudioContext): Tones {
  let playing: AudioNode[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;

  const play = (hz: readonly number[], ms: number, volume: number): void => {
    const gain = context().createGain();
    const now = context().currentTime;
    gain.gain.setValueAtTime(0, now);
    gain.gain.linearRampToValueAtTime(volume, now + 0.02);
    gain.gain.setValueAtTime(volume, now + ms / 1000 - 0.02);
    gain.gain.linearRampToValueAtTime(0, now + ms / 1000);
    gain.connect(context().destination);
    playing.push(gain);
    for (const each of hz) {
      const oscillator = context().createOscillator();
      oscillator.frequency.value = each;
      oscillator.connect(gain);
      oscillator.start(now);
      oscillator.stop(now + ms / 1000);
    }
  };
  const stop = (): void => {
    clearInterval(timer);
    for (const node of playing) node.disconnect();
    playing = [];
  };
  const repeat = (hz: readonly number[], ms: number, volume: number): void => {
    stop();
    play(hz, ms, volume);
    timer = setInterval(() => play(hz, ms, volume), RING_EVERY_MS);
  };
  return {
    ringBack: () => repeat([440, 480], 1800, 0.04),
    bell: () => repeat([523, 659], 1500, 0.08),
    key(digit) {
      const index = KEYS.indexOf(digit);
      play([ROW_HZ[Math.floor(index / 3)] ?? 0, COLUMN_HZ[index % 3] ?? 0], KEY_MS, 0.05);
    },
    stop,
  };
}
