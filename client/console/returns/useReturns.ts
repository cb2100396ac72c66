import { useRef, useState } from 'react';
import type { ReturnReason, TakenReturn } from '../../../server/letters/returns.schema.ts';
import { sendJson } from '../request.ts';
import { isScan } from '../shared/scannedCode.ts';

/** One piece of mail: as it was typed, then what the server made of it. */
export type ReturnedLine = {
  id: number;
  typed: string;
  letter: TakenReturn | null;
  error: unknown;
};

/** Takes mail one after the other without waiting for the one before; the latest line stands first. */
export const useReturns = () => {
  const [lines, setLines] = useState<ReturnedLine[]>([]);
  const last = useRef(0);
  const change = (id: number, part: Partial<ReturnedLine>) =>
    setLines((before) => before.map((line) => (line.id === id ? { ...line, ...part } : line)));

  const take = (typed: string, reason: ReturnReason) => {
    const id = (last.current += 1);
    setLines((before) => [{ id, typed, letter: null, error: null }, ...before]);
    const mail = isScan(typed) ? { code: typed, reason } : { reference: typed, reason };
    sendJson<TakenReturn>('POST', '/returns', mail).then(
      (letter) => change(id, { letter }),
      (error: unknown) => change(id, { error }),
    );
  };
  return { lines, take, taken: lines.filter(({ letter }) => letter !== null).length };
};
