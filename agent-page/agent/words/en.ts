/** Every text of the page. `ja.ts` has the same keys; the page passes names and numbers in as it shows them. */
export const en = {
  product: "Warm transfer",
  incomingTitle: (who: string) => `Incoming call – ${who}`,
  takeCalls: "Take calls",
  signOut: "Sign out",
  tryAgain: "Try again",

  status: {
    connecting: "Connecting…",
    ready: "Ready",
    notReady: "Not ready",
    incoming: "Incoming call",
    answering: "Answering…",
    inCall: "In a call",
    lost: "Connection lost",
    microphone: "Microphone needed",
    refused: "Calls cannot reach you",
    unsupported: "Cannot take calls",
    signedOut: "Signed out",
  },

  idle: {
    waiting: "Waiting for a call",
    waitingText: "This page rings when a customer calls. You can leave it in the background.",
    silentText: "Click anywhere on this page. Until you do, the browser keeps it silent.",
    notReady: "You are not taking calls",
    notReadyText: "Switch on “Take calls” when you are ready.",
    connecting: "Just a moment",
    connectingText: "This page is connecting to the telephone line.",
    blocked: "Calls cannot reach you yet",
    blockedText: "Calls reach you again as soon as the problem is solved.",
    colleagues: "Colleagues",
  },
  colleague: {
    "signed-out": "Signed out",
    "not-ready": "Not ready",
    free: "Free",
    ringing: "Ringing",
    "in-call": "In a call",
  },

  unknownCaller: "A caller",
  withheldNumber: "Withheld number",
  answer: "Answer",
  decline: "Decline",
  transferredBy: (name: string) => `${name} is transferring this call to you.`,
  newCall: "A customer is calling.",
  lineComing: "Connecting the sound…",

  mute: "Mute",
  muteIsOn: ": on",
  hangUp: "Hang up",
  hangUpEnds: "This ends the call for the customer too.",
  hangUpLeaves: (name: string) => `Only you leave. The customer and ${name} stay connected.`,
  inThisCall: "In this call",
  you: "You",
  customer: "Customer",
  party: {
    dialling: "Calling…",
    ringing: "Ringing…",
    joined: "On the line",
    onHold: "On hold",
    muted: "Muted by an operator",
    onHoldMuted: "On hold, muted by an operator",
    mutedByYou: "Muted by you",
    mutedByThemselves: "Microphone muted",
  },

  transfer: "Transfer",
  transferTo: (name: string) => `Transfer to ${name}`,
  transferRinging: (name: string) => `${name}’s page is ringing. You and the customer can keep talking.`,
  transferJoined: (name: string) => `${name} has joined. Everyone in the call can talk.`,
  nobodyFree: "No colleague is free right now.",

  failed: {
    declined: (name: string) => `${name} declined.`,
    "no-answer": (name: string) => `${name} did not answer.`,
    busy: (name: string) => `${name} is busy.`,
    unreachable: (name: string) => `Twilio could not reach ${name}.`,
    machine: (name: string) => `A machine answered instead of ${name}.`,
    error: (name: string) => `Twilio could not call ${name}.`,
  },
  cancelledTransfer: (name: string) => `The transfer to ${name} was cancelled.`,
  handedOver: (name: string) => `${name} has the call now`,
  stillTalking: "You are still talking to the customer.",

  notice: {
    signedOut: "You are signed out",
    signedOutText:
      "Your sign-in link has expired, or you have not opened it in this browser. Ask an operator for a new link, and open it here.",
    left: "You have signed out",
    leftText: "To take calls again, open your sign-in link.",
    sandboxLink: "In the sandbox, the terminal shows the link.",
    removed: "An operator has signed you out",
    removedText:
      "You are no longer on the list of agents, and no calls come to you. To take calls again, ask an operator for a new sign-in link.",
    lost: "The server does not answer",
    lostText: "This page keeps trying. If this lasts, check your network.",
    blocked: "Live updates do not reach this page",
    blockedText:
      "The server answers, but a proxy, VPN or firewall blocks its WebSocket. Ask your administrator to allow WebSockets to this address. This page keeps trying.",
    crowded: "Too many windows are open",
    crowdedText: "You have this page open in too many windows. Close some of them. This page keeps trying.",
    away: "The server is not answering; your call continues",
    awayText:
      "The call does not need the server. This page reconnects; you can transfer the call after that.",
    gone: "This page cannot reach the server",
    goneText:
      "The server may have a new address. Ask an operator for a new sign-in link, and open it. This page keeps trying.",
    goneInCallText:
      "The call does not need the server. The server may have a new address. After the call, ask an operator for a new sign-in link.",
    lineLost: "This page has no connection to the telephone line",
    lineLostText: "The page is reconnecting. If this takes long, check your network or firewall.",
    lineRefused: "Twilio refuses this server’s access token",
    lineRefusedText: (code: string) =>
      `No calls reach you. Tell the operator of this server: Twilio error ${code}. This page keeps trying with a new token.`,
    callAtRisk: "Your call has lost its connection",
    callAtRiskText: "The page is reconnecting the call. Stay on this page.",
    askingMicrophone: "Allow the microphone",
    askingMicrophoneText:
      "Your browser is asking for it, at the top of the window. Nobody hears you until you allow it.",
    unsupported: "This browser cannot take calls",
    unsupportedText: "Open your sign-in link in a current version of Chrome, Edge, Firefox or Safari.",
    elsewhere: "This call is in another window",
    elsewhereText: "You answered it in another tab or browser. Mute and hang up there.",
    onHold: "You are on hold",
    onHoldText:
      "An operator put you on hold. You and the others do not hear each other until an operator takes you off hold.",
    muted: "An operator muted you",
    mutedText: "You hear the others. They do not hear you until an operator unmutes you.",
    handedOverText: "Your transfer is complete, and you have left the call.",
    takenOut: "You are no longer in the call",
    takenOutText:
      "The call continues without you. An operator removed you, or your connection was lost for too long.",
    notTransferred: "The server did not start the transfer",
  },
  microphone: {
    refused: {
      title: "Your browser blocks the microphone",
      text: "Open the site settings beside the address, and allow the microphone. No calls come to you until then.",
      inCall: "Nobody hears you. Open the site settings beside the address, and allow the microphone.",
    },
    missing: {
      title: "Your browser finds no microphone",
      text: "Connect a headset or microphone, then try again. No calls come to you until then.",
      inCall: "Nobody hears you. Connect a headset or microphone.",
    },
    busy: {
      title: "Your browser cannot use the microphone",
      text: "Another program may be using it. Close that program, then try again.",
      inCall:
        "Nobody hears you. Another program may be using the microphone. Close that program, then try again.",
    },
    silent: {
      title: "Your microphone is silent",
      text: "The microphone may be switched off. Switch it on, or connect another one.",
      inCall: "Nobody hears you. The microphone may be switched off. Switch it on, or connect another one.",
    },
    insecure: {
      title: "Your browser offers no microphone at this address",
      text: "Open this page with https, or as http://localhost on this machine.",
      inCall: "Nobody hears you. After the call, open this page with https.",
    },
  },
  refusal: {
    "target-busy": "That colleague is in another call.",
    "target-signed-out": "That colleague is signed out or not ready.",
    "transfer-open": "Another transfer is in progress.",
    "already-joined": "That colleague is already in this call.",
    "call-ended": "The call has ended.",
    "not-in-call": "You are no longer in this call.",
    network: "The page could not reach the server. Try again.",
    other: "Try again.",
  },

  log: { thisCall: "This call", lastCall: "Last call", missed: "Missed calls" },
  story: {
    "customer-called": () => "The customer called.",
    "agent-dialled": (name: string) => `The server called ${name}.`,
    "agent-ringing": (name: string) => `${name}’s page rang.`,
    "agent-joined": (name: string) => `${name} joined.`,
    "agent-not-reached": (name: string) => `${name} did not join.`,
    "agent-left": (name: string) => `${name} left.`,
    "transfer-started": (name: string) => `The transfer to ${name} started.`,
    "transfer-completed": (name: string) => `The transfer to ${name} is complete.`,
    "transfer-cancelled": (name: string) => `The transfer to ${name} was cancelled.`,
    "transfer-failed": (name: string) => `The transfer to ${name} failed.`,
    "transfer-abandoned": (name: string) =>
      `The customer hung up before the transfer to ${name} was complete.`,
    "customer-left": () => "The customer left.",
    "call-ended": () => "The call ended.",
  },
  endedByOperator: "An operator ended the call.",
  somebody: "An agent",
};

export type Words = typeof en;
