import Computer from '@mui/icons-material/SettingsOutlined';
import Headset from '@mui/icons-material/HeadsetMicOutlined';
import Person from '@mui/icons-material/PersonOutlined';
import Print from '@mui/icons-material/PrintOutlined';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { Moment } from '../shared/PromiseDate.tsx';

const icons = { member: Person, desk: Headset, 'print-room': Print, system: Computer };

/** What happened, the latest first, from the member's side and from ours. */
export const TimelinePanel = ({ timeline }: { timeline: MemberPage['timeline'] }) => {
  const translate = useTranslate();
  return (
    <Panel title={translate('members.timeline.title')}>
      {timeline.length === 0 && translate('members.timeline.none')}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
        {timeline.map((entry) => (
          <TimelineLine
            key={entry.id}
            entry={entry}
            side={translate(`members.timeline.side.${entry.side}`)}
          />
        ))}
      </Box>
    </Panel>
  );
};

const TimelineLine = ({ entry, side }: { entry: MemberPage['timeline'][number]; side: string }) => {
  const translate = useTranslate();
  const Icon = icons[entry.side];
  const isMember = entry.side === 'member';
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gridTemplateColumns: '150px 24px 1fr', columnGap: 1, alignItems: 'start' }}
    >
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)', pt: '2px' }}>
        <Moment at={entry.at} />
      </Box>
      <Icon
        aria-hidden
        sx={{ fontSize: 20, mt: '1px', color: isMember ? 'var(--accent)' : 'var(--ink-soft)' }}
      />
      <Box>
        {entry.text}
        {entry.times > 1 && ` (${translate('members.timeline.times', { smart_count: entry.times })})`}{' '}
        <Box component="span" sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {[side, entry.who].filter(Boolean).join(' · ')}
        </Box>
      </Box>
    </Box>
  );
};
