export { auditAll } from '@rukun/core/sync';
