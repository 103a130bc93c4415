import pc from "picocolors";

export type Paint = ReturnType<typeof pc.createColors>;
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `NO_COLOR` wins over `FORCE_COLOR` (no-color.org, force-color.org).
 */
export function wantsColour(isTerminal: boolean, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !["0", "false"].includes(env.FORCE_COLOR);
  return isTerminal && env.TERM !== "dumb";
}

export function paintFor(isTerminal: boolean, env: Environment): Paint {
  return pc.createColors(wantsColour(isTerminal, env));
}
