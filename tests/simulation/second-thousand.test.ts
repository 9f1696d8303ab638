import { simulatedRuns } from './simulated-runs.ts';

simulatedRuns(1_001, 1_000);
