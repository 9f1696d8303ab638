import './styles/tokens.css';
import './styles/base.css';
import './app/app-shell.ts';
import { browserParts } from './app/browser-parts.ts';
import { createApp } from './app/context.ts';
import { showStartFailure } from './app/start-failure.ts';
import { loadLanguage } from './i18n/translate.ts';

try {
  const [app] = await Promise.all([createApp(browserParts()), loadLanguage()]);
  document.body.append(Object.assign(document.createElement('rk-app'), { app }));
} catch (error) {
  showStartFailure(document.body, error);
}
