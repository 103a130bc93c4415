import type { Language } from "./choose-words.ts";

const en = {
  heading: "Keys",
  text: "They work while you are not typing.",
  use: "Use these keys",
  close: "Close",
  keys: { A: "Answer", M: "Mute", H: "Hold or resume", T: "Transfer", "?": "These keys" },
};

const ja: typeof en = {
  heading: "キー操作",
  text: "文字の入力中は使えません。",
  use: "これらのキーを使う",
  close: "閉じる",
  keys: { A: "応答", M: "ミュート", H: "保留と解除", T: "転送", "?": "この一覧" },
};

export const keysWords = { en, ja } satisfies Record<Language, typeof en>;
export type KeysWords = typeof en;
