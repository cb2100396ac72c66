import { useTranslate } from 'react-admin';

/** Minutes as one says them: « 10 minutes », « 24 heures ». */
export const useLifetime = (): ((minutes: number) => string) => {
  const translate = useTranslate();
  return (minutes) => {
    const isHours = minutes >= 120 && minutes % 60 === 0;
    return translate(isHours ? 'date.hours' : 'date.minutes', {
      smart_count: isHours ? minutes / 60 : minutes,
    });
  };
};
