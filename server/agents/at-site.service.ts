export { listAtSite as agentsAtSite } from './at-site.store.ts';
