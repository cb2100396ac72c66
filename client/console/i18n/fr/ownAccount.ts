/** How an agent proves who they are: second factors, recovery codes, single sign-on. */
export const ownAccount = {
  title: 'Mon compte',
  factors: 'Second facteur',
  requiredText:
    'Votre rôle demande un second facteur à chaque connexion et avant les actes sensibles. Gardez-en deux : un perdu ne vous bloque pas.',
  optionalText:
    'Un second facteur protège votre compte même si votre mot de passe est connu. Il est demandé à la connexion et avant les actes sensibles.',
  name: 'Nom, pour le reconnaître',
  goOn: 'Continuer',
  ownPassword: 'Votre mot de passe',
  lastUsed: 'dernier usage %{at}',
  neverUsed: 'jamais utilisé',
  kind: { totp: 'Application d’authentification', 'security-key': 'Clé de sécurité' },
  code: 'Code de l’application, ou code de secours',
  codeHelp: 'Six chiffres, renouvelés toutes les trente secondes.',
  recoveryCode: 'Code de secours',
  recoveryHelp: 'Si vous n’avez pas votre clé : seize caractères, chacun ne sert qu’une fois.',
  useKey: 'Utiliser la clé de sécurité',
  keyAsked: 'Touchez votre clé…',
  keyGiven: 'Clé reconnue : confirmez',
  keyFailed: 'La clé n’a pas répondu. Vérifiez qu’elle est branchée, puis recommencez.',
  keyKnown: 'Cette clé est déjà enregistrée pour vous. Prenez-en une autre.',
  app: {
    add: 'Ajouter une application',
    title: 'Ajouter une application d’authentification',
    before:
      'Ouvrez sur votre téléphone une application d’authentification (TOTP). Vous allez y enregistrer un secret montré une seule fois.',
    qr: 'QR code à scanner avec l’application',
    scan: 'Scannez ce code avec l’application, puis tapez les six chiffres qu’elle affiche.',
    byHand: 'Ou tapez ce secret à la main :',
    code: 'Code à six chiffres',
    confirm: 'Enregistrer',
    usualName: 'Téléphone',
  },
  key: {
    add: 'Ajouter une clé de sécurité',
    title: 'Ajouter une clé de sécurité',
    before: 'Branchez votre clé, donnez-lui un nom, puis touchez-la quand le navigateur le demande.',
    usualName: 'Clé',
  },
  codes: {
    title: 'Vos codes de secours',
    text: 'Imprimez-les ou recopiez-les maintenant : ils ne seront plus montrés. Chacun remplace une fois votre second facteur. Rangez-les loin de votre poste.',
    print: 'Imprimer',
    kept: 'Je les ai gardés',
    left: 'Il reste %{smart_count} code de secours. |||| Il reste %{smart_count} codes de secours.',
    renew: 'Nouveaux codes de secours',
    renewText: 'Dix nouveaux codes remplacent tous les anciens.',
  },
  remove: {
    button: 'Retirer',
    title: 'Retirer « %{name} »',
    text: 'Il ne sera plus accepté. Vos autres sessions se ferment ; celle-ci reste ouverte.',
  },
  first: {
    title: 'Enregistrez votre second facteur',
    text: 'Votre rôle travaille avec un second facteur : une application sur votre téléphone ou une clé de sécurité. Rien d’autre n’est ouvert avant ; cela prend deux minutes.',
  },
  step: {
    text: 'Il reste à donner votre second facteur.',
    back: 'Revenir',
  },
  admin: {
    'reset-factors': {
      button: 'Effacer les seconds facteurs',
      title: 'Effacer les seconds facteurs de %{name}',
      text: 'Pour une personne qui a perdu les siens, une fois que vous l’avez reconnue. Ses sessions se ferment ; son mot de passe reste, et elle en enregistre d’autres si son rôle le demande.',
      done: 'Seconds facteurs effacés.',
    },
    'permit-sso': {
      button: 'Autoriser le rattachement',
      title: 'Autoriser le rattachement de %{name} à la connexion unique',
      text: 'À sa prochaine connexion unique sous le même identifiant, la personne retrouvera ce compte. Vérifiez que l’identifiant est bien le sien dans l’annuaire. L’autorisation sert une fois.',
      done: 'Rattachement autorisé.',
    },
  },
  sso: {
    or: 'ou',
    againTitle: 'Identifiez-vous de nouveau',
    againEnded:
      'Votre session a pris fin. Identifiez-vous par la connexion unique : cet écran vous attend, tel quel.',
    againSoon: 'Votre session se termine à %{time}. Identifiez-vous maintenant pour ne pas être interrompu.',
    ask: 'Confirmez que c’est bien vous par la connexion unique : elle s’ouvre dans une autre fenêtre.',
    asking: 'En attente de l’autre fenêtre…',
    given: 'La connexion unique a confirmé que c’est vous.',
    blocked:
      'Le navigateur a bloqué la fenêtre de la connexion unique. Autorisez-la pour Guichet, puis recommencez.',
    notBack: 'La connexion unique n’a pas abouti dans les temps. Recommencez.',
    closeWindow: 'Vous pouvez fermer cette fenêtre.',
    ending: 'Se déconnecter de Guichet ne ferme pas votre session chez ce service.',
  },
};
