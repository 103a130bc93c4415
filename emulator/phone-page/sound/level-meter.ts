/** Shows how loud a stream is on a bar. */
export interface LevelMeter {
  watch(stream: MediaStream): void;
  stop(): void;
}

const QUIETEST_DB = -60;
const ANNOUNCE_EVERY_MS = 500;
/** Drawn with every frame, the bar would take a tenth of a processor core more for as long as a call lasts. */
const DRAW_EVERY_MS = 50;

function loudness(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): number {
  analyser.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const db = 10 * Math.log10(power + 1e-9);
  return Math.max(0, Math.min(1, 1 - db / QUIETEST_DB));
}

export function createLevelMeter(bar: HTMLElement, context: () => AudioContext): LevelMeter {
  let source: MediaStreamAudioSourceNode | undefined;
  let timer = 0;
  let announcedAt = 0;
  const show = (level: number, now: number): void => {
    bar.style.setProperty("--level", level.toFixed(3));
    if (now - announcedAt < ANNOUNCE_EVERY_MS && level > 0) return;
    announcedAt = now;
    bar.setAttribute("aria-valuenow", String(Math.round(level * 100)));
  };
  const stop = (): void => {
    clearInterval(timer);
    source?.disconnect();
    source = undefined;
    show(0, 0);
  };
  return {
    stop,
    watch(stream) {
      stop();
      const analyser = context().createAnalyser();
      // About as long as from one look to the next.
      analyser.fftSize = 2048;
      const samples = new Float32Array(analyser.fftSize);
      source = context().createMediaStreamSource(stream);
      source.connect(analyser);
      let shown = 0;
      timer = window.setInterval(() => {
        // Up at once, down slowly: easier on the eye.
        shown = Math.max(loudness(analyser, samples), shown * 0.73);
        show(shown < 0.01 ? 0 : shown, performance.now());
      }, DRAW_EVERY_MS);
    },
  };
}
