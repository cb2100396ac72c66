/** Fills that are told apart without colour: full, strokes one way, dots, lines, strokes the other way. */
export const Hatchings = ({ id }: { id: string }) => (
  <defs>
    {kinds.map(({ colour, path, isFull }, at) => (
      <pattern key={at} id={`${id}${at}`} width={6} height={6} patternUnits="userSpaceOnUse">
        <rect width={6} height={6} fill={isFull ? colour : 'var(--paper)'} />
        {path && <path d={path} stroke={colour} strokeWidth={2} fill="none" />}
      </pattern>
    ))}
  </defs>
);

export const hatched = (id: string, at: number): string => `url(#${id}${at % kinds.length})`;

const kinds: { colour: string; path?: string; isFull?: true }[] = [
  { colour: 'var(--accent)', isFull: true },
  { colour: 'var(--locked-ink)', path: 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2' },
  { colour: 'var(--waiting-ink)', path: 'M2,3 h2' },
  { colour: 'var(--open-ink)', path: 'M0,3 h6' },
  { colour: 'var(--danger-ink)', path: 'M-1,5 l2,2 M0,0 l6,6 M5,-1 l2,2' },
];
