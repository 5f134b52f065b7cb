import { SvelteMap } from 'svelte/reactivity'
import { recordRun } from '../call/record-run.ts'
import { Recording } from '../call/recording.svelte.ts'
import type { EndpointReference } from '../../protocol/run-request.ts'
import type { FaultDescription } from '../../protocol/setup.ts'

/** What came of an experiment: `answer`, `stopped`, or the code of the error; `undefined` while it runs. */
export const outcomeOf = ({ status, error }: Recording): string | undefined => {
  if (status === 'running') return undefined
  return status === 'failed' ? error?.code : status === 'done' ? 'answer' : 'stopped'
}

/** Experiments: one call each, with a fault switched on. */
export class Lab {
  prompt: string = $state('Say something in many scripts.')
  endpointName: string | undefined = $state()
  faultId: string | undefined = $state()
  running: boolean = $state(false)
  /** Values of the faults' fields, by fault and field. */
  readonly values: SvelteMap<string, number> = new SvelteMap()
  /** The latest experiment with each fault. */
  readonly experiments: SvelteMap<string, Recording> = new SvelteMap()

  #abort = new AbortController()

  valueOf(fault: FaultDescription, key: string): number {
    return this.values.get(`${fault.id} ${key}`) ?? fault.fields.find((field) => field.key === key)?.initial ?? 0
  }

  setValue(fault: FaultDescription, key: string, value: number): void {
    this.values.set(`${fault.id} ${key}`, value)
  }

  /** Makes the calls one after the other; each is shown as it begins. */
  async run(
    faults: readonly FaultDescription[],
    endpoint: EndpointReference,
    onbegin: (recording: Recording) => void,
  ): Promise<void> {
    if (this.running) return
    this.running = true
    this.#abort = new AbortController()
    for (const fault of faults) {
      if (this.#abort.signal.aborted) break
      const recording = this.#prepare(fault, endpoint)
      this.experiments.set(fault.id, recording)
      onbegin(recording)
      await recordRun(recording, this.#abort.signal)
    }
    this.running = false
  }

  stop(): void {
    this.#abort.abort()
  }

  #prepare(fault: FaultDescription, endpoint: EndpointReference): Recording {
    const values = Object.fromEntries(fault.fields.map(({ key }) => [key, this.valueOf(fault, key)]))
    return new Recording({
      mode: 'chat',
      messages: [{ role: 'user', content: this.prompt }],
      endpoint,
      parameters: { maxNewTokens: 60, seed: 1 },
      stream: true,
      fault: { id: fault.id, values },
    })
  }
}
