const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MS = 100;
/** Moves to the start of the line and clears it. */
const CLEAR = "\r\u001b[K";

/** Shows a spinner with a label. Returns a function that stops it. */
export function spin(stream: { write(text: string): unknown }, text: string): () => void {
  let turn = 0;
  const draw = (): void => void stream.write(`${CLEAR}${FRAMES[turn++ % FRAMES.length]} ${text}`);
  draw();
  const timer = setInterval(draw, FRAME_MS).unref();
  return () => {
    clearInterval(timer);
    stream.write(CLEAR);
  };
}
