/** A part of the page whose script is fetched when it is first needed. */
export interface LazyPart<Part> {
  /** Fetches the part at the first call, and again after a fetch that failed: then it resolves with undefined. */
  load(): Promise<Part | undefined>;
  /** Null if nothing has been fetched; fetches nothing. */
  loading(): Promise<Part | undefined> | null;
}

export function lazyPart<Part>(fetchPart: () => Promise<Part>): LazyPart<Part> {
  let loading: Promise<Part | undefined> | null = null;
  const forget = (): undefined => void (loading = null);
  return {
    load: () => (loading ??= fetchPart().catch(forget)),
    loading: () => loading,
  };
}

/** Shows a lazy part: the first value fetches it, null hides it. */
export function lazily<Shown>(
  fetchPart: () => Promise<(shown: Shown | null) => void>,
): (shown: Shown | null) => void {
  let shown: Shown | null = null;
  const part = lazyPart(fetchPart);
  return (next) => {
    shown = next;
    const loading = next === null ? part.loading() : part.load();
    void loading?.then((show) => show?.(shown));
  };
}
