import type { Command } from "commander";

/** Shows examples first in a command's help. Each is `[command line, comment]`. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const width = Math.max(...examples.map(([typed]) => typed.length));
  return command.addHelpText("before", () => {
    const style = command.createHelp();
    const lines = examples.map(([typed, meaning]) => `  $ ${typed.padEnd(width)}   ${meaning}`);
    return `${style.styleTitle("Examples:")}\n${lines.join("\n")}\n`;
  });
}
