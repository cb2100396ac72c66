/** How an agent proves who they are: second factors, recovery codes, single sign-on. */
export const ownAccount = {
  title: 'My account',
  factors: 'Second factor',
  requiredText:
    'Your role asks for a second factor at each sign-in and before sensitive acts. Keep two: losing one does not lock you out.',
  optionalText:
    'A second factor protects your account even if your password is known. It is asked at sign-in and before sensitive acts.',
  name: 'A name to know it by',
  goOn: 'Go on',
  ownPassword: 'Your password',
  lastUsed: 'last used %{at}',
  neverUsed: 'never used',
  kind: { totp: 'Authenticator app', 'security-key': 'Security key' },
  code: 'Code of the app, or recovery code',
  codeHelp: 'Six digits, new every thirty seconds.',
  recoveryCode: 'Recovery code',
  recoveryHelp: 'If you do not have your key: sixteen characters, each works once.',
  useKey: 'Use the security key',
  keyAsked: 'Touch your key…',
  keyGiven: 'Key recognised: confirm',
  keyFailed: 'The key did not answer. Check that it is plugged in, then try again.',
  keyKnown: 'This key is enrolled for you already. Take another one.',
  app: {
    add: 'Add an app',
    title: 'Add an authenticator app',
    before:
      'Open an authenticator app (TOTP) on your telephone. You are about to store a secret in it that is shown once.',
    qr: 'QR code to scan with the app',
    scan: 'Scan this code with the app, then type the six digits that it shows.',
    byHand: 'Or type this secret by hand:',
    code: 'Six-digit code',
    confirm: 'Enrol',
    usualName: 'Telephone',
  },
  key: {
    add: 'Add a security key',
    title: 'Add a security key',
    before: 'Plug in your key, name it, then touch it when the browser asks.',
    usualName: 'Key',
  },
  codes: {
    title: 'Your recovery codes',
    text: 'Print or copy them now: they will not be shown again. Each stands in once for your second factor. Keep them away from your desk.',
    print: 'Print',
    kept: 'I have kept them',
    left: '%{smart_count} recovery code is left. |||| %{smart_count} recovery codes are left.',
    renew: 'New recovery codes',
    renewText: 'Ten new codes take the place of all former ones.',
  },
  remove: {
    button: 'Remove',
    title: 'Remove "%{name}"',
    text: 'It will no longer be accepted. Your other sessions end; this one stays open.',
  },
  first: {
    title: 'Enrol your second factor',
    text: 'Your role works with a second factor: an app on your telephone or a security key. Nothing else is open before; it takes two minutes.',
  },
  step: {
    text: 'Your second factor is left to give.',
    back: 'Back',
  },
  admin: {
    'reset-factors': {
      button: 'Reset second factors',
      title: 'Reset the second factors of %{name}',
      text: 'For somebody who lost theirs, once you have recognised them. Their sessions end; their password stays, and they enrol others if their role asks for it.',
      done: 'Second factors reset.',
    },
    'permit-sso': {
      button: 'Allow the link',
      title: 'Allow the link of %{name} to single sign-on',
      text: 'At their next single sign-on with the same username, the person finds this account again. Check that the username is theirs in the directory. It works once.',
      done: 'Link allowed.',
    },
  },
  sso: {
    or: 'or',
    ending: 'Signing out of Guichet does not end your session with that service.',
  },
};
