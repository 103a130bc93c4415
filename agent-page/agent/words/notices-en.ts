/** Problems and their fixes; `notices-ja.ts` has the same keys. */
export const enNotices = {
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
    lineRefused: "Twilio refuses this server’s access token or connection",
    lineRefusedText: (code: string) =>
      `No calls reach you. Tell the operator of this server: Twilio error ${code}. This page keeps trying.`,
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
};
