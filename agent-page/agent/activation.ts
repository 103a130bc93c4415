/** Browsers keep a page silent until the person has touched it once. */
const TOUCHES = ["pointerup", "keydown"] as const;

/** False while the browser would not let this page be heard. */
export function isActivated(): boolean {
  return (navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true;
}

/** Acts at once, or at the first touch. Returns the way to call it off. */
export function whenActivated(act: () => void): () => void {
  const touched = (): void => {
    if (!isActivated()) return;
    forget();
    act();
  };
  const forget = (): void => {
    for (const touch of TOUCHES) document.removeEventListener(touch, touched);
  };
  for (const touch of TOUCHES) document.addEventListener(touch, touched);
  touched();
  return forget;
}
