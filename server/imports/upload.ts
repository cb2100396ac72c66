/**
 * Hands an upload over so that its reader may stop early: the rest is then received and dropped, since a browser
 * that is cut off while it sends never sees why.
 */
export const receive = async <T>(
  upload: AsyncIterable<Uint8Array>,
  work: (source: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> => {
  const bytes = upload[Symbol.asyncIterator]();
  // Without `return`, leaving the loop does not destroy the request, and with it the connection of the answer.
  const source: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }) };
  try {
    return await work(source);
  } catch (error) {
    await drop(bytes);
    throw error;
  }
};

const drop = async (bytes: AsyncIterator<Uint8Array>): Promise<void> => {
  // The sender may have gone, which is no reason to hide what went wrong before.
  for (let next = await step(bytes); next; next = await step(bytes));
};

const step = (bytes: AsyncIterator<Uint8Array>): Promise<boolean> =>
  bytes.next().then(
    ({ done }) => !done,
    () => false,
  );
