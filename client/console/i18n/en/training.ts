import type { training as french } from '../fr/training.ts';

export const training: typeof french = {
  title: 'Training',
  band: 'TRAINING SPACE: invented people and calls, nothing leaves',
  nobody: 'Nobody is on the line.',
  first: 'Take a call',
  next: 'Next call',
  rings: '%{name} (%{organisation}, no. %{number}):',
  ask: 'Ask for:',
  askCode: 'The code received',
  debrief: 'Hang up and review',
  done: 'What you did: %{what}',
  nothing: 'You did nothing for this member.',
};
