import { simulatedRuns } from './simulated-runs.ts';

simulatedRuns(1, 1_000);
