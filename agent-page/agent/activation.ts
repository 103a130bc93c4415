/** Browsers keep a page silent until the person has touched it once. */
const GESTURES = ["pointerup", "keydown"] as const;

/** False while the browser would not let this page be heard. */
export function isActivated(): boolean {
  return (navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true;
}

/** Acts at once, or at the first touch. Returns the way to call it off. */
export function whenActivated(act: () => void): () => void {
  const onGesture = (): void => {
    if (!isActivated()) return;
    cancel();
    act();
  };
  const cancel = (): void => {
    for (const touch of GESTURES) document.removeEventListener(touch, onGesture);
  };
  for (const touch of GESTURES) document.addEventListener(touch, onGesture);
  onGesture();
  return cancel;
}
