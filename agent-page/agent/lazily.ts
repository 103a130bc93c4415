/** Shows a part of the page whose script is fetched when it is first opened. A fetch that failed is repeated. */
export function lazily<Shown>(
  fetchPart: () => Promise<(shown: Shown | null) => void>,
): (shown: Shown | null) => void {
  let shown: Shown | null = null;
  let loading: Promise<void | ((shown: Shown | null) => void)> | null = null;
  const forget = (): void => {
    loading = null;
  };
  return (next) => {
    shown = next;
    if (next !== null) loading ??= fetchPart().catch(forget);
    void loading?.then((show) => show?.(shown));
  };
}
