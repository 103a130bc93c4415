/** Keeps the agent's choice to take calls in this browser, because a restarted server has forgotten it. */
export function storedTakesCalls(agent: string) {
  const key = `takes-calls ${agent}`;
  return {
    /** Default: true. */
    read: (): boolean => localStorage.getItem(key) !== "no",
    write: (on: boolean): void => (on ? localStorage.removeItem(key) : localStorage.setItem(key, "no")),
  };
}
