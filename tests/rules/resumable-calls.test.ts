import { describe, expect, test } from 'vitest';
import { resumableUntil } from '../../server/calls/resumable.ts';
import { callChannels, callEnds } from '../../server/core/vocabulary.ts';

const endedAt = '2026-11-18T09:00:00.000Z';
const tenMinutes = '2026-11-18T09:10:00.000Z';
const twoDays = '2026-11-20T09:00:00.000Z';

describe('until when a call may be taken up again', () => {
  const written = ['email', 'post'];
  test.each(callChannels.flatMap((channel) => callEnds.map((endedBy) => ({ channel, endedBy }))))(
    '$channel, ended by $endedBy',
    ({ channel, endedBy }) => {
      const isWritten = written.includes(channel);
      const expected = {
        agent: null,
        dropped: isWritten ? twoDays : tenMinutes,
        idle: isWritten ? twoDays : tenMinutes,
        'next-call': isWritten ? twoDays : null,
      }[endedBy];

      expect(resumableUntil({ channel, endedAt, endedBy })).toBe(expected);
    },
  );

  test('a call that lasts has no such moment', () => {
    expect(resumableUntil({ channel: 'telephone', endedAt: null, endedBy: null })).toBeNull();
  });
});
