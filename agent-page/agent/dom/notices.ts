import type { Notice } from "../screen/screen.ts";
import type { Words } from "../words/en.ts";
import { byId, make, onPress, setText } from "./elements.ts";
import { keyedList } from "./keyed-list.ts";

/** Shows problems with their fixes. Screen readers speak an urgent one at once, as an alert, and others when they are idle. */
export function noticeList(words: Words, tryMicrophone: () => void): (notices: readonly Notice[]) => void {
  const urgent = noticesIn("urgent-notices", words, tryMicrophone);
  const calm = noticesIn("calm-notices", words, tryMicrophone);
  return (notices) => {
    urgent(notices.filter((notice) => notice.urgent));
    calm(notices.filter((notice) => !notice.urgent));
  };
}

function noticesIn(id: string, words: Words, tryMicrophone: () => void) {
  return keyedList<Notice, HTMLElement>(
    byId(id, HTMLElement),
    (notice) => {
      const box = make("div", notice.urgent ? "notice urgent" : "notice");
      if (notice.urgent) box.setAttribute("role", "alert");
      box.append(make("p", "notice-title"), make("p"));
      if (notice.action === "microphone") {
        const retry = make("button", "", words.tryAgain);
        retry.type = "button";
        onPress(retry, tryMicrophone);
        box.append(retry);
      }
      return box;
    },
    (box, notice) => {
      const [title, text] = box.children;
      if (title) setText(title, notice.title);
      if (text) setText(text, notice.text);
    },
  );
}
