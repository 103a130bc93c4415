/** An error that the user of the command can fix. */
export class CommandError extends Error {
  readonly hint: string;
  /** Of the process: 2 usage, 3 refused, 5 nothing answers, 6 too late. */
  readonly exitCode: number;
  constructor(message: string, hint: string, cause?: unknown, exitCode = 2) {
    super(message, { cause });
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
