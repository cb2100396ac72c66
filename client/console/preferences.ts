import { memoryStore, type Store } from 'react-admin';

const remembered = ['locale', 'theme'];

/** Nothing of a member outlives the tab: only the language and the palette are kept by the browser. */
export const preferencesStore = (): Store => {
  const kept = Object.fromEntries(remembered.flatMap((key) => entryOf(key)));
  const memory = memoryStore(kept);
  return {
    ...memory,
    setItem: (key, value) => {
      if (remembered.includes(key)) localStorage.setItem(`guichet.${key}`, String(value));
      memory.setItem(key, value);
    },
    reset: () => {
      memory.reset();
      for (const key of remembered) {
        const [entry] = entryOf(key);
        if (entry) memory.setItem(...entry);
      }
    },
  };
};

const entryOf = (key: string): [string, string][] => {
  const value = localStorage.getItem(`guichet.${key}`);
  return value ? [[key, value]] : [];
};
