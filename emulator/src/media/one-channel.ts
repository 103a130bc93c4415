/** Several channels mixed into one. @param samples one of each channel after the other */
export function oneChannel(samples: Int16Array, channels: number): Int16Array {
  return Int16Array.from({ length: samples.length / channels }, (_, i) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[i * channels + channel] ?? 0;
    return Math.min(32_767, Math.max(-32_768, sum));
  });
}
