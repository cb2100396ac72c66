import { useTranslate } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { RejectedLines } from '../shared/RejectedLines.tsx';

/** The refused lines of an import, or that there are none. */
export const Rejections = ({ one: { rejections, rejected, state } }: { one: Import }) => {
  const translate = useTranslate();
  if (rejections.length === 0 && (rejected > 0 || state !== 'done')) return null;
  const title = translate('imports.rejections.title');
  return (
    <Panel title={title}>
      {rejections.length === 0 && translate('imports.rejections.none')}
      <RejectedLines label={title} lines={rejections} rejected={rejected} />
    </Panel>
  );
};
