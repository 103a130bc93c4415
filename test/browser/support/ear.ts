import type { Page } from "playwright-core";

/**
 * Above the first: heard. Below the second: not heard. Between the two: not sure, and a test listens again. Measured at the
 * speaker's frequency: a speaker comes at -14 to -22 dB, everybody else at -52 dB or less (two voices mixed in mu-law
 * leave faint tones of their own, 35 dB below them).
 */
export const HEARD_DB = -35;
export const NOT_HEARD_DB = -45;

/** Runs in the page before anything else: listens to what the page and its peer connections play, and knows what each sends. */
function installEar(): void {
  const analysers: AnalyserNode[] = [];
  const context = new AudioContext();
  const listen = (stream: MediaStream): void => {
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    analysers.push(analyser);
  };
  const connections: RTCPeerConnection[] = [];
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener("track", (event) => listen(new MediaStream([event.track])));
    }
  };
  const loudness = (hz: number): number => {
    const spectrum = new Float32Array(2048);
    const bin = Math.round((hz * 4096) / context.sampleRate);
    return Math.max(
      -120,
      ...analysers.map((analyser) => {
        analyser.getFloatFrequencyData(spectrum);
        return Math.max(...spectrum.slice(bin - 1, bin + 2));
      }),
    );
  };
  const sentTracks = (): MediaStreamTrack[] =>
    connections.flatMap((connection) => connection.getSenders().flatMap(({ track }) => track ?? []));
  const tones: AnalyserNode[] = [];
  const tap = (node: AudioNode): void => {
    const analyser = new AnalyserNode(node.context, { fftSize: 2048 });
    connect.call(node, analyser);
    tones.push(analyser);
  };
  type Connect = (this: AudioNode, to: AudioNode, ...rest: number[]) => AudioNode;
  const connect = Reflect.get(AudioNode.prototype, "connect") as Connect;
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode, ...rest: number[]) {
    // The SDK has nodes of its own at the destination, which are silent and none of these.
    if (this instanceof AudioBufferSourceNode && to instanceof AudioDestinationNode) tap(this);
    return connect.call(this, to, ...rest);
  } as typeof AudioNode.prototype.connect;
  const peak = (analyser: AnalyserNode): number => {
    const samples = new Float32Array(2048);
    analyser.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  };
  const ownSound = (): number | null => {
    const running = tones.filter(({ context: { state } }) => state === "running");
    return running.length === 0 ? null : Math.max(...running.map(peak));
  };
  Object.assign(globalThis, { loudness, sentTracks, ownSound });
}

export async function giveEar(page: Page): Promise<void> {
  await page.addInitScript(installEar);
}

/**
 * How loud each frequency is, in dB: the upper quartile of about 1.2 s. A tone that beeps is there most of the time; a
 * click, which is heard at every frequency, is not.
 */
export async function listen(page: Page, frequencies: readonly number[]): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const loudness = (globalThis as unknown as { loudness: (hz: number) => number }).loudness;
    const impressions: number[][] = wanted.map(() => []);
    for (let round = 0; round < 24; round++) {
      wanted.forEach((hz, i) => impressions[i]?.push(loudness(hz)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return impressions.map((levels) => levels.toSorted((a, b) => b - a)[6] ?? -120);
  }, frequencies);
}

/** The peak, 0 to 1, of what the page itself plays now from a buffer, 0 in a pause; null: it plays nothing. */
export function ownSound(page: Page): Promise<number | null> {
  return page.evaluate(() => (globalThis as unknown as { ownSound: () => number | null }).ownSound());
}
