const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MS = 100;
/** Back to the beginning of the line, and nothing behind it. */
const CLEAR = "\r\u001b[K";

/** Draws a text with something that turns in front of it, until the function is called that it returns. */
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
