import { AppError } from "../errors.ts";

/** @param what completes "waiting for …" @throws AppError timeout after `ms` milliseconds, and what the promise throws */
export async function withTimeout<Value>(promise: Promise<Value>, what: string, ms = 5000): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void =>
      reject(new AppError("timeout", `Timed out after ${ms / 1000} s waiting for ${what}.`));
    timer = setTimeout(giveUp, ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
