import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Demo } from './demo/Demo.tsx';
import { pageData } from './page-data.ts';
import './portal.css';

const { demo } = pageData;
createRoot(document.getElementById('root') as HTMLElement).render(demo ? <Demo demo={demo} /> : <App />);
