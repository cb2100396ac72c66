import { Box } from '@mui/material';
import { useState } from 'react';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { Verified } from '../../../server/verifications/verifications.schema.ts';
import { ResumeCalls } from '../shared/ResumeCalls.tsx';
import { CallerSection } from '../verifications/CallerSection.tsx';
import { ActsPanel } from './ActsPanel.tsx';
import { ApprovalsPanel } from './ApprovalsPanel.tsx';
import { CallbacksPanel } from './CallbacksPanel.tsx';
import { ContactsPanel } from './ContactsPanel.tsx';
import { CorrectButton } from './CorrectButton.tsx';
import { HeadlineBand } from './HeadlineBand.tsx';
import { HouseholdPanel } from './HouseholdPanel.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { LettersPanel } from './LettersPanel.tsx';
import { MessagesPanel } from './MessagesPanel.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { OutcomePanel, type Done } from './OutcomePanel.tsx';
import { RepeatCalls } from './RepeatCalls.tsx';
import { SayBanner } from './SayBanner.tsx';
import { SuspicionBand } from './SuspicionBand.tsx';
import { TimelinePanel } from './TimelinePanel.tsx';
import { useProgress } from './useProgress.ts';

type Props = { member: MemberPage; readAt: number | undefined; onReload: () => void };

/** From top to bottom: may they get in, who speaks and what they proved, what to say, what may be done, the rest. */
export const MemberBody = ({ member: read, readAt, onReload }: Props) => {
  const progress = useProgress(read, readAt);
  const [done, setDone] = useState<Done | null>(null);
  const [stepped, setStepped] = useState<{ verified: Verified; readAt: number | undefined } | null>(null);
  const [asked, setAsked] = useState(0);
  // What moves by itself is shown as it is now; what may be done stays as it was read.
  const member = progress
    ? { ...read, headline: progress.headline, letters: progress.letters, approvals: progress.approvals }
    : read;
  // The answer of a step is newer than the page until the page has been read again.
  const justProved = stepped?.readAt === readAt ? stepped?.verified.verification : undefined;
  const verification = justProved ?? progress?.verification ?? read.verification;
  const isStale =
    progress !== undefined &&
    !justProved &&
    (progress.version !== read.version || verification.level !== read.verification.level);
  const onDone = (what: Done) => {
    setDone(what);
    setStepped(null);
    onReload();
  };
  const both = { onDone, onReload };
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <HeadlineBand headline={member.headline} />
      {member.suspicion && <SuspicionBand member={member} suspicion={member.suspicion} {...both} />}
      <Box sx={{ display: 'grid', gridTemplateColumns: '7fr 5fr', gap: 1.5, alignItems: 'start' }}>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <ResumeCalls memberId={member.id} onResumed={onReload} />
          <CallerSection
            member={member}
            verification={verification}
            asked={asked}
            onStepped={(verified) => {
              setDone(null);
              setStepped({ verified, readAt });
              onReload();
            }}
            onReload={onReload}
          />
          {done ? (
            <OutcomePanel done={done} onDismiss={() => setDone(null)} />
          ) : (
            <SayBanner
              say={member.say}
              now={verification.failed ? null : (stepped?.verified.toSay ?? null)}
            />
          )}
          <ActsPanel
            member={member}
            verification={verification}
            isStale={isStale}
            onProve={() => setAsked((times) => times + 1)}
            {...both}
          />
          <ApprovalsPanel approvals={member.approvals} onReload={onReload} />
          <MessagesPanel messages={member.messages} progress={progress} />
          <LettersPanel member={member} progress={progress} {...both} />
          <TimelinePanel timeline={member.timeline} />
        </Box>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <RepeatCalls repeatCalls={member.repeatCalls} />
          <IdentityPanel member={member} aside={<CorrectButton member={member} {...both} />} />
          <ContactsPanel contacts={member.contacts} aside={<CorrectButton member={member} {...both} />} />
          <NotesPanel member={member} onReload={onReload} />
          <CallbacksPanel member={member} onReload={onReload} />
          <HouseholdPanel household={member.household} />
        </Box>
      </Box>
    </Box>
  );
};
