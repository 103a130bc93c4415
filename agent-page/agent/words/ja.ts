import type { Words } from "./en.ts";

export const ja: Words = {
  product: "Warm transfer",
  incomingTitle: (who) => `着信中 – ${who}`,
  takeCalls: "電話を受ける",
  signOut: "サインアウト",
  tryAgain: "再試行",

  status: {
    connecting: "接続しています…",
    ready: "待受中",
    notReady: "受付停止中",
    incoming: "着信中",
    answering: "応答しています…",
    inCall: "通話中",
    lost: "接続切れ",
    microphone: "マイクが必要です",
    unsupported: "電話を受けられません",
    signedOut: "サインアウト済み",
  },

  idle: {
    waiting: "着信をお待ちください",
    waitingText: "お客様からお電話があると、このページで着信音が鳴ります。ほかの作業をしていても構いません。",
    silentText:
      "このページを一度クリックしてください。クリックするまで、ブラウザーの制限により着信音が鳴りません。",
    notReady: "現在、電話を受け付けていません",
    notReadyText: "準備ができましたら「電話を受ける」をオンにしてください。",
    connecting: "少々お待ちください",
    connectingText: "電話回線を準備しています。",
    blocked: "まだ電話を受けられません",
    blockedText: "上記の問題が解決すると、自動的に待受中になります。",
    colleagues: "ほかのオペレーター",
  },
  colleague: {
    "signed-out": "サインアウト",
    "not-ready": "受付停止中",
    free: "待受中",
    ringing: "呼出中",
    "in-call": "通話中",
  },

  unknownCaller: "発信者",
  answer: "応答",
  decline: "拒否",
  transferredBy: (name) => `${name}さんからの転送です。`,
  newCall: "お客様からの新しいお電話です。",
  lineComing: "音声を接続しています…",

  mute: "ミュート",
  hangUp: "通話を終了",
  hangUpEnds: "お客様との通話も終了します。",
  hangUpLeaves: (name) => `退出するのはあなただけです。お客様と${name}さんの通話は続きます。`,
  inThisCall: "参加者",
  you: "あなた",
  customer: "お客様",
  party: {
    dialling: "発信中…",
    ringing: "呼出中…",
    joined: "通話中",
    onHold: "保留中",
    muted: "ミュート中",
    onHoldMuted: "保留中・ミュート中",
  },

  transfer: "転送",
  transferTo: (name) => `${name}さんに転送`,
  transferRinging: (name) => `${name}さんを呼び出しています。お客様との通話はそのまま続けられます。`,
  transferJoined: (name) => `${name}さんが参加しました。三者で通話できます。`,
  nobodyFree: "現在、転送できるオペレーターがいません。",

  failed: {
    declined: (name) => `${name}さんが着信を拒否しました。`,
    "no-answer": (name) => `${name}さんが応答しませんでした。`,
    busy: (name) => `${name}さんは話し中です。`,
    unreachable: (name) => `${name}さんにつながりませんでした。`,
    machine: (name) => `${name}さんの代わりに自動応答につながりました。`,
    error: (name) => `${name}さんを呼び出せませんでした。`,
  },
  cancelledTransfer: (name) => `${name}さんへの転送は取り消されました。`,
  handedOver: (name) => `${name}さんに通話を引き継ぎました`,
  stillTalking: "お客様との通話は続いています。",

  notice: {
    signedOut: "サインアウトされています",
    signedOutText:
      "サインイン用リンクの有効期限が切れたか、このブラウザーでまだ使われていません。新しいリンクを受け取り、このブラウザーで開いてください。サンドボックスでは、リンクはターミナルに表示されています。",
    left: "サインアウトしました",
    leftText:
      "再び電話を受けるには、サインイン用リンクを開いてください。サンドボックスでは、リンクはターミナルに表示されています。",
    removed: "サインアウトされました",
    removedText:
      "管理者があなたを担当者の一覧から外したため、電話はかかってきません。再び電話を受けるには、新しいサインイン用リンクを受け取ってください。",
    lost: "サーバーとの接続が切れました",
    lostText: "自動的に再接続しています。時間がかかる場合は、ネットワークをご確認ください。",
    away: "サーバーが応答していません。通話は続いています",
    awayText:
      "お客様との通話はそのまま続けられます。このページは自動的に元に戻ります。転送はそれまでお待ちください。",
    gone: "サーバーに接続できません",
    goneText:
      "アドレスが変わった可能性があります。新しいサインイン用リンクを受け取り、開いてください。その間も、このページは再接続を続けます。",
    goneInCallText:
      "お客様との通話はそのまま続けられます。サーバーのアドレスが変わった可能性があります。通話が終わったら、新しいサインイン用リンクを受け取り、開いてください。",
    lineLost: "電話回線が切れました",
    lineLostText:
      "自動的に再接続しています。時間がかかる場合は、ネットワークまたはファイアウォールをご確認ください。",
    callAtRisk: "通話の接続が途切れています",
    callAtRiskText: "再接続しています。このページを閉じずにお待ちください。",
    askingMicrophone: "マイクの使用を許可してください",
    askingMicrophoneText:
      "ブラウザーの上部に確認が表示されています。許可すると、お客様に声が届くようになります。",
    refused: "マイクがブロックされています",
    refusedText:
      "アドレスバー横のサイト設定でこのページのマイクを許可し、「再試行」を押してください。許可されるまで、電話はつながりません。",
    missing: "マイクが見つかりません",
    missingText:
      "ヘッドセットまたはマイクを接続し、「再試行」を押してください。それまで電話はつながりません。",
    busy: "マイクを使用できません",
    busyText: "ほかのアプリが使用している可能性があります。そのアプリを閉じて、「再試行」を押してください。",
    insecure: "この接続ではマイクを使用できません",
    insecureText: "https のアドレス、またはこのパソコン上の http://localhost で開いてください。",
    unsupported: "このブラウザーでは電話を受けられません",
    unsupportedText: "最新の Chrome、Edge、Firefox、Safari のいずれかでサインイン用リンクを開いてください。",
    elsewhere: "この通話は別のウィンドウで行われています",
    elsewhereText: "別のタブまたはブラウザーで応答済みです。ミュートや終了の操作もそちらで行ってください。",
    onHold: "あなたは保留中です",
    onHoldText:
      "管理者が保留にしました。解除されるまで、あなたの声はほかの参加者に届かず、ほかの参加者の声も聞こえません。",
    muted: "あなたはミュートされています",
    mutedText:
      "管理者がミュートにしました。ほかの参加者の声は聞こえますが、解除されるまで、あなたの声は届きません。",
    handedOverText: "転送が完了しました。あなたは退出し、お客様の通話は続いています。",
    takenOut: "あなたは通話から退出しました",
    takenOutText: "通話は続いています。管理者があなたを退出させたか、接続が長く途切れました。",
    notTransferred: "転送できませんでした",
  },
  refusal: {
    "target-busy": "そのオペレーターは別の通話中です。",
    "target-signed-out": "そのオペレーターは現在、電話を受け付けていません。",
    "transfer-open": "別の転送が進行中です。",
    "already-joined": "そのオペレーターはすでにこの通話に参加しています。",
    "call-ended": "この通話は終了しました。",
    "not-in-call": "あなたはすでにこの通話から退出しています。",
    network: "サーバーに接続できませんでした。もう一度お試しください。",
    other: "もう一度お試しください。",
  },

  log: { thisCall: "この通話の記録", lastCall: "前回の通話の記録" },
  story: {
    "customer-called": () => "お客様からお電話がありました。",
    "agent-dialled": (name) => `${name}さんに発信しました。`,
    "agent-ringing": (name) => `${name}さんを呼び出しました。`,
    "agent-joined": (name) => `${name}さんが参加しました。`,
    "agent-not-reached": (name) => `${name}さんにつながりませんでした。`,
    "agent-left": (name) => `${name}さんが退出しました。`,
    "transfer-started": (name) => `${name}さんへの転送を開始しました。`,
    "transfer-completed": (name) => `${name}さんへの転送が完了しました。`,
    "transfer-cancelled": (name) => `${name}さんへの転送を取り消しました。`,
    "transfer-failed": (name) => `${name}さんへの転送は成立しませんでした。`,
    "transfer-abandoned": (name) => `${name}さんへの転送が完了する前に、お客様が電話を切りました。`,
    "customer-left": () => "お客様が退出しました。",
    "call-ended": () => "通話が終了しました。",
  },
  endedByOperator: "管理者が通話を終了しました。",
  somebody: "オペレーター",
};
