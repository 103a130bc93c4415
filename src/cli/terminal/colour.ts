import pc from "picocolors";

export type Paint = ReturnType<typeof pc.createColors>;
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether a stream gets colour. `NO_COLOR` wins over `FORCE_COLOR`, so that plain text can always be had
 * (no-color.org, force-color.org).
 */
export function wantsColour(isTerminal: boolean, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !["0", "false"].includes(env.FORCE_COLOR);
  return isTerminal && env.TERM !== "dumb";
}

/** Colours for a stream; they do nothing when it gets none. */
export function paintFor(isTerminal: boolean, env: Environment): Paint {
  return pc.createColors(wantsColour(isTerminal, env));
}
