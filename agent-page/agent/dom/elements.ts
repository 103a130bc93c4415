/** The element of index.html with this id. @throws Error when index.html has none of that kind */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} #${id}`);
  return found;
}

/** Sets text only when it differs, so that screen readers do not say it again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A number fits on one line; an address may be several times as long, and is shown smaller. */
export function setNumber(heading: HTMLElement, number: string): void {
  setText(heading, number);
  heading.dataset.long = String(number.length > 24);
}

export function setShown(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}

/**
 * A button that is off keeps the keyboard focus and says so to screen readers; `onPress` ignores it.
 * (A `disabled` button would drop the focus in the middle of a call.)
 */
export function setEnabled(button: HTMLButtonElement, enabled: boolean): void {
  if (enabled) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}

/** The second click of a double click is not meant for what the first has put in its place. */
export function onPress(button: HTMLButtonElement, act: () => void): void {
  button.addEventListener("click", ({ detail }) => {
    if (detail < 2 && button.getAttribute("aria-disabled") !== "true") act();
  });
}

/** A new element with its class and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}
