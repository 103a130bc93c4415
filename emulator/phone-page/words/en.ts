/** Every text of the phone page. `ja.ts` has the same keys. */
export const en = {
  title: "Customer’s phone",
  ownNumber: (number: string) => `Your number: ${number}`,
  numberToCall: "Number to call",
  talkingTo: "In a call with",
  callFrom: "Call from",
  you: "You",
  farEnd: "Other side",
  captions: "Announcements",
  noSentences: "During a call, this page shows what the service says.",
  speak: "Read aloud",
  keypad: "Keypad",
  call: "Call",
  hangUp: "Hang up",
  answer: "Answer",
  decline: "Decline",
  noSound: "This emulator runs without media. Calls work, but have no sound.",
  lasted: (time: string) => `The last call lasted ${time}.`,

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
      "This page has lost its connection to the emulator",
      "Check in its terminal that the emulator is running. This page reconnects.",
    ],
    refused: [
      "Your browser blocks the microphone",
      "Open the site settings beside the address, and allow the microphone. Then call again.",
    ],
    missing: ["Your browser finds no microphone", "Connect a headset or microphone, then call again."],
    unusable: [
      "Your browser cannot use the microphone",
      "Another program may be using it. Close that program, then call again.",
    ],
    insecure: [
      "Your browser offers no microphone at this address",
      "Open this page as http://localhost or http://127.0.0.1 on the emulator’s own machine.",
    ],
    busy: ["The line is busy", "Try again in a moment."],
    "no-answer": ["Nobody answered", "Try again in a moment."],
    failed: ["The call failed", "The emulator’s inspector page shows what went wrong."],
  },
};

export type Words = Omit<typeof en, "notice"> & { notice: Record<keyof (typeof en)["notice"], string[]> };
export type NoticeKey = keyof (typeof en)["notice"];
