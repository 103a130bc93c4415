/** Browsers mute a page until the first user gesture. */
const GESTURES = ["pointerup", "keydown"] as const;

/** False while the browser mutes this page. */
export function isActivated(): boolean {
  return (navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true;
}

/** Acts now, or at the first gesture. Returns a function that cancels. */
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
