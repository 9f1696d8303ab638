export { Computed, Value } from '@rukun/core/foundation';
