/** Everything that the phone page says. `ja.ts` has the same keys. */
export const en = {
  title: "Customer’s phone",
  ownNumber: (number: string) => `Your number: ${number}`,
  numberToCall: "Number to call",
  talkingTo: "In a call with",
  callFrom: "Call from",
  you: "You",
  farEnd: "Other side",
  captions: "What is said",
  noSentences: "What the service says appears here while you are in a call.",
  speak: "Read aloud",
  keypad: "Keypad",
  call: "Call",
  hangUp: "Hang up",
  answer: "Answer",
  decline: "Decline",
  noSound: "This emulator runs without media: calls work, but carry no sound.",
  lasted: (time: string) => `The last call took ${time}.`,

  status: {
    connecting: "Connecting…",
    lost: "Connection lost",
    ready: "Ready",
    preparing: "Microphone…",
    calling: "Calling…",
    ringing: "Ringing…",
    incoming: "Incoming call",
    answering: "Answering…",
    connected: "Connected",
  },

  notice: {
    lost: [
      "The connection to the emulator is lost",
      "Is it still running? Look at its terminal. This page connects again by itself.",
    ],
    refused: [
      "The microphone is blocked",
      "Open the site settings beside the address, allow the microphone for this page, then call again.",
    ],
    missing: ["No microphone was found", "Plug in a headset or a microphone, then call again."],
    unusable: [
      "The microphone cannot be used",
      "Another program may be using it. Close that program, then call again.",
    ],
    insecure: [
      "The browser offers no microphone here",
      "Open this page as http://localhost or http://127.0.0.1 on the emulator’s own machine.",
    ],
    busy: ["The line is busy", "Try again in a moment."],
    "no-answer": ["Nobody answered", "Try again in a moment."],
    failed: ["The call failed", "Look at the emulator’s inspector page for what went wrong."],
  },
};

export type Words = Omit<typeof en, "notice"> & { notice: Record<keyof (typeof en)["notice"], string[]> };
export type NoticeKey = keyof (typeof en)["notice"];
