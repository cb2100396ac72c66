import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** Solves one task apart from the page, which stays alive; answers the library's payload, or null. */
addEventListener('message', ({ data }: MessageEvent<Challenge>) => {
  solveChallenge({ challenge: data, deriveKey }).then(
    (solution) => postMessage(solution && btoa(JSON.stringify({ challenge: data, solution }))),
    () => postMessage(null),
  );
});
