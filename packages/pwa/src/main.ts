import './styles/tokens.css';
import './styles/base.css';
import './app/app-shell.ts';
import { browserParts } from './app/browser-parts.ts';
import { createApp } from './app/context.ts';
import { showStartFailure } from './app/start-failure.ts';

try {
  const app = await createApp(browserParts());
  document.body.append(Object.assign(document.createElement('rk-app'), { app }));
} catch (error) {
  showStartFailure(document.body, error);
}
