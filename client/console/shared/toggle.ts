/** How a choice of a few words looks: what is chosen stands out by more than its colour's shade. */
export const toggle = {
  px: 1.25,
  py: 0.5,
  color: 'var(--ink)',
  backgroundColor: 'var(--paper)',
  borderColor: 'var(--ink-soft)',
  '&.Mui-selected, &.Mui-selected:hover': { color: 'var(--on-accent)', backgroundColor: 'var(--accent)' },
};
