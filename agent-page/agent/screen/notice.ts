import type { Notice, NoticeAction } from "./screen.ts";

export type { Notice } from "./screen.ts";

/** A notice; see `Notice` for what `key` and `urgent` do. */
export function notice(
  key: string,
  urgent: boolean,
  title: string,
  text: string,
  action: NoticeAction = null,
): Notice {
  return { key, urgent, title, text, action };
}
