import type { AudioPort, Frame } from "./port.ts";

/** Two ports that are each other's far end: a frame that the mixer sends to one comes from the other. */
export function createPortPair(): [AudioPort, AudioPort] {
  const receivers: [(frame: Frame) => void, (frame: Frame) => void] = [() => {}, () => {}];
  const port = (own: 0 | 1, other: 0 | 1): AudioPort => ({
    onFrame: (receive) => void (receivers[own] = receive),
    // The mixer may use its frame again.
    send: (frame) => receivers[other](frame.slice()),
    close() {},
  });
  return [port(0, 1), port(1, 0)];
}
