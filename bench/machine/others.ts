import { readFileSync } from 'node:fs';
import { cpuSeconds, endedChildrenSeconds, TICKS_PER_SECOND } from './process-stats.ts';
import { ServerProcess } from './server-process.ts';

/** Watches how much of the machine others take while something is measured. */
export class Others {
  readonly #begun = performance.now();
  readonly #busy = machineSeconds();
  readonly #own = ownSeconds();

  /** Processors that neither this process nor its servers used since then, on average; above 0.1 the figures are doubtful. */
  processors(): number {
    const others = machineSeconds() - this.#busy - (ownSeconds() - this.#own);
    return Math.max(0, others / ((performance.now() - this.#begun) / 1000));
  }
}

function ownSeconds(): number {
  const servers = ServerProcess.running().reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  return cpuSeconds(process.pid) + endedChildrenSeconds(process.pid) + servers;
}

/** What all processors have done so far, and what the host took from them; seconds. */
function machineSeconds(): number {
  const [, ...fields] = (/^cpu .*$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[0] ?? '').split(/\s+/);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = fields.map(Number);
  return (user + nice + system + irq + softIrq + steal) / TICKS_PER_SECOND;
}
