import { useEffect, useEffectEvent, useState } from 'react';
import { useRefreshCall } from '../shared/useCall.ts';

/** Before a line that broke, or could not be had, is tried again. */
const waits = [1_000, 2_000, 5_000, 15_000, 30_000];
const longestWait = 30_000;
/** A line that held for so long was a good one. */
const heldMs = 60_000;
/** What happens together is read once. */
const settlingMs = 150;

/**
 * Listens to what happens to a member while `isOn`. `news` rises when something did, and whenever the line opens:
 * what happened before is not told. While `isOpen` is false, whoever wants to know must ask.
 */
export const useLive = (memberId: string, isOn: boolean): { isOpen: boolean; news: number } => {
  const [isOpen, setOpen] = useState(false);
  const [news, setNews] = useState(0);
  const refreshCall = useRefreshCall();
  // The server ended it for good: most likely the call is over, and this page does not know yet.
  const onOver = useEffectEvent(refreshCall);

  useEffect(() => {
    if (!isOn) return;
    let line: EventSource;
    let opensAgain: ReturnType<typeof setTimeout> | undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const tell = () => {
      clearTimeout(settling);
      settling = setTimeout(() => setNews((count) => count + 1), settlingMs);
    };
    const open = () => {
      const openedAt = Date.now();
      line = new EventSource(`/api/members/${encodeURIComponent(memberId)}/events`);
      line.onopen = () => {
        setOpen(true);
        tell();
      };
      line.onmessage = tell;
      line.addEventListener('over', () => {
        onOver();
        close(longestWait);
      });
      line.onerror = () => {
        if (Date.now() - openedAt > heldMs) failures = 0;
        close(waits[failures] ?? longestWait);
        failures += 1;
      };
    };
    const close = (openAgainAfter: number) => {
      clearTimeout(settling);
      line.close();
      setOpen(false);
      opensAgain = setTimeout(open, openAgainAfter);
    };

    open();
    return () => {
      clearTimeout(opensAgain);
      clearTimeout(settling);
      line.close();
      setOpen(false);
    };
  }, [memberId, isOn]);

  return { isOpen, news };
};
