import { run } from './command.ts'

/** For so long what comes too fast is kept before it is dropped. */
const latencyMs = 50
/** So much may pass at once, as time; more than what comes between two ticks of the kernel's clock. */
const burstSeconds = 0.01
/** And never less than some of the largest packets, bytes. */
const leastBurst = 64_000

/**
 * Limits what an interface sends; null: no limit. Whoever is limited already goes on with the new limit.
 *
 * @param bps bits a second, of Ethernet frames
 */
export async function limitSending(namespace: string, name: string, bps: number | null): Promise<void> {
  if (bps === null) return removeLimit(namespace, name)
  const burst = Math.max(leastBurst, Math.round((bps / 8) * burstSeconds))
  const tbf = ['tbf', 'rate', `${bps}bit`, 'burst', `${burst}b`, 'latency', `${latencyMs}ms`]
  await run('tc', ['qdisc', 'replace', 'dev', name, 'root', ...tbf], { namespace })
}

async function removeLimit(namespace: string, name: string): Promise<void> {
  try {
    await run('tc', ['qdisc', 'delete', 'dev', name, 'root'], { namespace })
  } catch (error) {
    if (!(error instanceof Error && /No such file|zero|not find/i.test(error.message))) throw error
  }
}
