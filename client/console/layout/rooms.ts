import type { ConsoleResource } from '../shared/resource.ts';

/** What an agent with these permissions finds in the menus, in its order. */
export const shownTo = (resources: ConsoleResource[], permissions: string[]): ConsoleResource[] =>
  resources.filter(({ menuIcon, may }) => menuIcon && may.list && permissions.includes(may.list));

/** The entries of the side menu: each the screens of one room, or one screen that has no room. */
export const entriesOf = (shown: ConsoleResource[]): ConsoleResource[][] => {
  const entries: ConsoleResource[][] = [];
  for (const resource of shown) {
    const mates = entries.find(([first]) => resource.room && first?.room === resource.room);
    if (mates) mates.push(resource);
    else entries.push([resource]);
  }
  return entries;
};

/** Whether a screen of this resource stands at this path. */
export const isAt = ({ name }: ConsoleResource, pathname: string): boolean =>
  pathname === `/${name}` || pathname.startsWith(`/${name}/`);
