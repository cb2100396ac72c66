import { useEffect } from 'react';

/** The browser asks before the tab is closed or reloaded while something would be lost with it. */
export const useUnloadGuard = (isOn: boolean): void => {
  useEffect(() => {
    if (!isOn) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOn]);
};
