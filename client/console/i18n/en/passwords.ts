import type { passwords as french } from '../fr/passwords.ts';

export const passwords: typeof french = {
  first: {
    title: 'Choose a new password',
    text: 'Your administrator asks for it. The rest of the console opens right after.',
  },
  invitation: {
    title: 'Choose your password',
    text: 'This link works once. Then sign in with your username and this password.',
    done: 'Your password is kept. Your username is %{username}.',
    signIn: 'Sign in',
  },
  own: { title: 'Password', text: 'Your other sessions end when you change it.' },
  rule: 'At least 12 characters. Several words that have nothing to do with one another make a good password.',
  current: 'Current password',
  next: 'New password',
  again: 'The same, a second time',
  different: 'The two are not the same.',
  submit: 'Save the password',
  done: 'Password changed.',
};
