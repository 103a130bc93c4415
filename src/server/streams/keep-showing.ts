/**
 * Shows a value that changes: `changed()` looks at it again, one look at a time and never one too few, and `show` is called
 * when it differs from what was shown last.
 */
export function keepShowing(look: () => Promise<string>, show: (value: string) => void) {
  let shown: string | undefined;
  let looking = false;
  let again = false;
  const lookAgain = async (): Promise<void> => {
    looking = true;
    while (again) {
      again = false;
      // A look that fails shows nothing new; the next change looks again.
      const value = await look().catch(() => shown);
      if (value !== undefined && value !== shown) show((shown = value));
    }
    looking = false;
  };
  return {
    changed(): void {
      again = true;
      if (!looking) void lookAgain();
    },
  };
}
