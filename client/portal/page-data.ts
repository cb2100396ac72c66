import type { PortalPageData } from '../../server/http/portal-page.schema.ts';

/** What the server wrote into the page. */
export const pageData = JSON.parse(document.documentElement.dataset.page ?? '{}') as PortalPageData;
