import type { FaultDescription, FaultField } from '../../protocol/setup.ts'

/** A fault with the words in which the local runtime is asked for it. */
export interface CataloguedFault extends FaultDescription {
  /** Members of the runtime's faults; a field of the same name replaces its value. */
  readonly members: Readonly<Record<string, string | number>>
}

/** How much of the answer arrives before it breaks off. */
export const afterParts: FaultField = { key: 'afterParts', label: 'After parts', min: 0, max: 50, initial: 6 }

/** Expected where the answer is complete in spite of the fault. */
export const completeAnswer = 'answer'
