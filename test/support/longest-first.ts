import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take half a minute or more on two cores, from the project's folder. */
export const LONG_FILES = [
  "test/browser/lost-agents.test.ts",
  "test/browser/own-number.test.ts",
  "test/browser/agent-page-steering.test.ts",
  "test/browser/agent-page-axe.test.ts",
  "test/cli/emulator-command.test.ts",
  "test/cli/installed-command.test.ts",
  "test/cli/play.test.ts",
  "test/cli/sandbox-command.test.ts",
  "test/cli/start-command.test.ts",
  "test/cli/trigger-command.test.ts",
  "test/model/failing-requests.test.ts",
  "test/model/late-callbacks.test.ts",
  "test/model/lost-callbacks.test.ts",
  "test/model/prompt-callbacks.test.ts",
  "test/newcomer-command.test.ts",
];

/** Vitest starts large files first; a long one that is small would run last, and alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specs);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONG_FILES.some((file) => moduleId.endsWith(`/${file}`));
    return [...sorted.filter(isLong), ...sorted.filter((spec) => !isLong(spec))];
  }
}
