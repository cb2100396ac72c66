import type { ComponentType } from 'react';
import type { ResourceProps } from 'react-admin';

/** A resource of the console: its screens, its place in the side menu, and the permission each screen needs. */
export type ConsoleResource = ResourceProps & {
  may: Partial<Record<'list' | 'show' | 'create' | 'edit', string>>;
  /** Shown in the side menu to those who may list it. */
  menuIcon?: ComponentType;
  /** A hook that counts what waits there, shown on its place in the menu when it is not 0. */
  useCount?: () => number;
  /** The words of that number; without them, so many wait to be seen. */
  countWords?: string;
  /** Screens of one room share an entry of the side menu and stand side by side above each of them. */
  room?: 'print-room' | 'supervision' | 'administration';
};
