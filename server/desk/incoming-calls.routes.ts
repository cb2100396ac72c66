import { looking, steps, type Route } from '../http/routes.ts';
import { AnnouncedCall, IncomingAddress, IncomingCall } from './incoming-calls.schema.ts';
import { announceCall, incomingCall } from './incoming-calls.service.ts';

export const incomingCallRoutes: Route[] = [
  steps('post', '/telephony/incoming-calls', {
    summary: 'A telephone system announces a call that rings, with its key as Bearer; the address to open',
    permission: 'public',
    body: AnnouncedCall,
    response: IncomingAddress,
    status: 201,
    handle: (visit, { body }) => announceCall(visit, body),
  }),
  looking('get', '/incoming-calls/:id', {
    summary: 'Who may be calling: members who have the number shown, which proves nothing',
    permission: 'member.search',
    response: IncomingCall,
    handle: (visit, { id }) => incomingCall(visit, id),
  }),
];
