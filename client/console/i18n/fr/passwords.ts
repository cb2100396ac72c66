/** The agent's own password of the desk: the first one, a required one, another one. */
export const passwords = {
  first: {
    title: 'Choisissez un nouveau mot de passe',
    text: 'Votre administrateur vous le demande. Le reste de la console s’ouvre juste après.',
  },
  invitation: {
    title: 'Choisissez votre mot de passe',
    text: 'Ce lien sert une fois. Ensuite, connectez-vous avec votre identifiant et ce mot de passe.',
    done: 'Votre mot de passe est enregistré. Votre identifiant est %{username}.',
    signIn: 'Se connecter',
  },
  own: { title: 'Mot de passe', text: 'Vos autres sessions s’arrêtent quand vous le changez.' },
  rule: 'Au moins 12 caractères. Plusieurs mots sans rapport entre eux font un bon mot de passe.',
  current: 'Mot de passe actuel',
  next: 'Nouveau mot de passe',
  again: 'Le même, une seconde fois',
  different: 'Les deux ne sont pas les mêmes.',
  submit: 'Enregistrer le mot de passe',
  done: 'Mot de passe changé.',
};
