import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { Urls } from "../addresses.ts";

/** Spoken to callers and agents. */
export interface Sentences {
  greeting: string;
  goOnWaiting: string;
  /** The agent's line was lost. */
  interrupted: string;
  holdTheLine: string;
  /** The agent's page is gone, and perhaps the line. Whoever talks goes on talking. */
  agentInDoubt: string;
  closing: string;
  nobodyAnswered: string;
  notAccepted: string;
  timeLimit: string;
  error: string;
  callIsOver: string;
  /** For an outside target: what the call is, and after the note, how to take it. */
  briefing: string;
  howToTake: string;
  notTaken: string;
  leaveMessage: string;
  messageTaken: string;
  noMessage: string;
}

export type Language = "en" | "ja";

/** Settings for the voice documents, in addition to the record. */
export interface Voice {
  urls: Urls;
  language: Language;
  /** The first words that a waiting customer hears, in `language`; null: the tutorial's sentence. */
  greeting: string | null;
}

export const sentences: Record<Language, Sentences> = {
  en: {
    greeting:
      "Thank you for calling. Please wait in line for a few seconds. An agent will be with you shortly.",
    goOnWaiting: "Thank you for waiting. An agent will be with you as soon as possible.",
    interrupted: "We are sorry, the line was interrupted. Please stay on. An agent will be with you shortly.",
    holdTheLine: "Please hold the line. An agent will be with you shortly.",
    agentInDoubt:
      "If you can no longer hear each other, please stay on the line. Another agent will be with you shortly.",
    closing: "Thank you for calling. Goodbye.",
    nobodyAnswered: "We are sorry, nobody can take your call at the moment. Please try again later. Goodbye.",
    notAccepted: "We are sorry, we cannot take new calls at the moment. Please call again later. Goodbye.",
    timeLimit:
      "This call has reached its longest duration and ends now. Please call again if you need more help. Goodbye.",
    error: "We are sorry, something went wrong with your call. Please call again. Goodbye.",
    callIsOver: "This call is over or was taken by somebody else. Goodbye.",
    briefing: "A customer is being transferred to you.",
    howToTake: "To take the call, press 1. To decline it, press 2.",
    notTaken: "You do not take this call. Goodbye.",
    leaveMessage:
      "We are sorry, nobody can take your call at the moment. Please leave a message after the tone. When you have finished, press the hash key or hang up.",
    messageTaken: "Thank you. We have received your message. Goodbye.",
    noMessage: "We did not hear a message. Please call again later. Goodbye.",
  },
  ja: {
    greeting: "お電話ありがとうございます。担当者におつなぎいたしますので、少々お待ちください。",
    goOnWaiting: "お待たせしております。担当者におつなぎするまで、もうしばらくお待ちください。",
    interrupted:
      "申し訳ございません。通話が途切れました。担当者におつなぎしますので、そのままお待ちください。",
    holdTheLine: "そのままお待ちください。まもなく担当者におつなぎいたします。",
    agentInDoubt:
      "お互いの声が聞こえない場合は、電話を切らずにそのままお待ちください。まもなく別の担当者におつなぎいたします。",
    closing: "お電話ありがとうございました。失礼いたします。",
    nobodyAnswered:
      "申し訳ございません。ただいま電話に出られる担当者がおりません。のちほどおかけ直しください。",
    notAccepted: "申し訳ございません。ただいま新しいお電話をお受けできません。のちほどおかけ直しください。",
    timeLimit:
      "通話時間の上限に達したため、この通話を終了いたします。ご用件が残っている場合は、おかけ直しください。",
    error: "申し訳ございません。通話に問題が発生しました。お手数ですが、おかけ直しください。",
    callIsOver: "この通話は終了したか、ほかの担当者が応答しました。失礼いたします。",
    briefing: "お客様からのお電話をおつなぎします。",
    howToTake: "お受けになる場合は1を、お断りになる場合は2を押してください。",
    notTaken: "お断りを承りました。失礼いたします。",
    leaveMessage:
      "申し訳ございません。ただいま電話に出られる担当者がおりません。発信音のあとにメッセージをお話しください。お話しになりましたら、シャープを押すか、電話をお切りください。",
    messageTaken: "メッセージをお預かりしました。お電話ありがとうございました。失礼いたします。",
    noMessage: "メッセージを確認できませんでした。のちほどおかけ直しください。失礼いたします。",
  },
};

/** A voice must speak the language, else the verb fails (www.twilio.com/docs/voice/twiml/say). */
const SPEAKERS = {
  en: { language: "en-US" },
  ja: { language: "ja-JP", voice: "Polly.Mizuki" },
} as const;

/** A document, or a part of one. */
type Speaking = Pick<VoiceResponse, "say">;

/** The builder escapes the text. */
export function sayWords(document: Speaking, language: Language, words: string): void {
  document.say(SPEAKERS[language], words);
}

export function say(document: Speaking, language: Language, sentence: keyof Sentences): void {
  sayWords(document, language, sentences[language][sentence]);
}

/** A document that says one sentence and hangs up. */
export function sentenceAndHangup(language: Language, sentence: keyof Sentences): string {
  const document = new VoiceResponse();
  say(document, language, sentence);
  document.hangup();
  return document.toString();
}

/** A document that hangs up. */
export function hangup(): string {
  const document = new VoiceResponse();
  document.hangup();
  return document.toString();
}
