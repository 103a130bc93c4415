/** Returns a switch: while it is on, the browser asks before the page is left. */
export function leaveGuard(): (on: boolean) => void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  return (on) => {
    // Adding it again changes nothing. Only while needed: it keeps a page out of the back-forward cache.
    if (on) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  };
}
