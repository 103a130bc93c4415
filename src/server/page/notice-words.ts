export interface NoticeWords {
  title: string;
  text: string;
}

export type NoticeKind = "link" | "signed-out" | "not-found" | "too-many" | "failed";

interface Words extends Record<NoticeKind, NoticeWords> {
  product: string;
  signedOut: string;
  /** Where the sandbox shows the link that an agent needs. */
  sandboxLink: string;
}

const en: Words = {
  product: "Warm transfer",
  signedOut: "Signed out",
  sandboxLink: "In the sandbox, the terminal shows the link.",
  link: {
    title: "This sign-in link does not work",
    text: "The link has expired or is not complete. Ask an operator for a new link, and open it in this browser.",
  },
  "signed-out": {
    title: "You are signed out",
    text: "Ask an operator for a new sign-in link, and open it in this browser.",
  },
  "not-found": {
    title: "There is no page at this address",
    text: "Check the address. To take calls, open your sign-in link.",
  },
  "too-many": {
    title: "Too many attempts",
    text: "Your address has opened too many links that do not work. Wait a minute, then open your link again.",
  },
  failed: {
    title: "The server could not show this page",
    text: "Try again in a moment. If that does not help, tell the operator.",
  },
};

const ja: Words = {
  product: "Warm transfer",
  signedOut: "サインアウト済み",
  sandboxLink: "サンドボックスでは、リンクはターミナルに表示されています。",
  link: {
    title: "このサインイン用リンクは使用できません",
    text: "リンクの有効期限が切れているか、リンクが途中で切れています。管理者から新しいリンクを受け取り、このブラウザーで開いてください。",
  },
  "signed-out": {
    title: "サインアウトされています",
    text: "管理者から新しいサインイン用リンクを受け取り、このブラウザーで開いてください。",
  },
  "not-found": {
    title: "このアドレスにページはありません",
    text: "アドレスをご確認ください。電話を受けるには、サインイン用リンクを開いてください。",
  },
  "too-many": {
    title: "試行回数が多すぎます",
    text: "使用できないリンクが何度も開かれました。1分ほど待ってから、もう一度リンクを開いてください。",
  },
  failed: {
    title: "ページを表示できませんでした",
    text: "しばらくしてから、もう一度お試しください。解決しない場合は、管理者にお知らせください。",
  },
};

export type NoticeLanguage = "en" | "ja";

export const noticeWords: Readonly<Record<NoticeLanguage, Words>> = { en, ja };
