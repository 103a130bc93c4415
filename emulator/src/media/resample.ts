import { SAMPLE_RATE } from "./port.ts";
import type { Recording } from "./wav.ts";

/** How many zero crossings of the sinc to use on either side: enough for a telephone. */
const REACH = 8;
/** Points of the kernel between two zero crossings. */
const POINTS = 512;

/** A sinc under a Hann window, from its middle outwards. */
const KERNEL = Float32Array.from({ length: REACH * POINTS + 1 }, (_, point) => {
  const x = point / POINTS;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / REACH));
});

/** One sample at `centre` (in samples of the source), of the source below `cutoff` (a share of its own band). */
function sampleAt(source: Float32Array, centre: number, cutoff: number): number {
  const reach = REACH / cutoff;
  const first = Math.max(0, Math.ceil(centre - reach));
  const last = Math.min(source.length - 1, Math.floor(centre + reach));
  let sum = 0;
  for (let i = first; i <= last; i++)
    sum += source[i]! * KERNEL[Math.round(Math.abs(i - centre) * cutoff * POINTS)]!;
  return sum * cutoff;
}

/** A recording as 16-bit samples at 8 kHz; what a telephone cannot carry is filtered out and not folded back. */
export function toTelephone({ rate, samples }: Recording): Int16Array {
  const step = rate / SAMPLE_RATE;
  const cutoff = Math.min(1, 1 / step);
  const output = new Int16Array(Math.round(samples.length / step));
  for (let i = 0; i < output.length; i++) {
    const value = rate === SAMPLE_RATE ? samples[i]! : sampleAt(samples, i * step, cutoff);
    output[i] = Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767)));
  }
  return output;
}
