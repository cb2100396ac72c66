/** The organisation's own colour, as its members see it; only a reminder beside its name. */
export const Swatch = ({ colour, size = 14 }: { colour: string; size?: number }) => (
  <svg width={size} height={size} aria-hidden style={{ marginRight: 8, verticalAlign: '-2px' }}>
    <rect width={size} height={size} rx={3} fill={colour} />
  </svg>
);
