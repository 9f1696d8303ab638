export { mayRead, mayWrite, type Actor, type Target, type Touch } from './policy.ts';
