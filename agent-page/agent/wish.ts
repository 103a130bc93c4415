/**
 * Whether the agent wants calls, kept for all windows of this agent: two of them with different wishes would
 * otherwise tell the server different things. On until switched off.
 */
export function keepWish(agent: string, changed: (on: boolean) => void) {
  const key = `takes-calls ${agent}`;
  window.addEventListener("storage", (event) => {
    if (event.key === key) changed(event.newValue !== "no");
  });
  return {
    read: (): boolean => localStorage.getItem(key) !== "no",
    write: (on: boolean): void => (on ? localStorage.removeItem(key) : localStorage.setItem(key, "no")),
  };
}
