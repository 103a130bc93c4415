type Style = (text: string) => string;

export interface Paint {
  bold: Style;
  dim: Style;
  green: Style;
  cyan: Style;
  yellow: Style;
}

/** ANSI styles, or none. */
export function createPaint(coloured: boolean): Paint {
  const style =
    (on: number, off: number): Style =>
    (text) =>
      coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    green: style(32, 39),
    cyan: style(36, 39),
    yellow: style(33, 39),
  };
}
