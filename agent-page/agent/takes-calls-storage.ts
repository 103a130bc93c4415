/** What this browser last knew of the agent's choice to take calls: a server that was restarted knows nothing of it. */
export function storedTakesCalls(agent: string) {
  const key = `takes-calls ${agent}`;
  return {
    /** True where nothing is known. */
    read: (): boolean => localStorage.getItem(key) !== "no",
    write: (on: boolean): void => (on ? localStorage.removeItem(key) : localStorage.setItem(key, "no")),
  };
}
