import { afterParts, completeAnswer, type CataloguedFault } from './catalogued-fault.ts'

/** The same answer, late or never. */
export const delays: readonly CataloguedFault[] = [
  {
    id: 'late-headers',
    group: 'Slow',
    title: 'Late first byte',
    summary: 'A long queue, or a long prompt: nothing comes for a while, and then all is well.',
    expected: completeAnswer,
    members: { headersDelayMs: 900 },
    fields: [{ key: 'headersDelayMs', label: 'Delay, ms', min: 0, max: 2500, initial: 900 }],
  },
  {
    id: 'uneven',
    group: 'Slow',
    title: 'Uneven pace',
    summary: 'A shared GPU: every part waits for its turn. Look at the 95th percentile.',
    expected: completeAnswer,
    members: { delayMs: 5, jitterMs: 90 },
    fields: [{ key: 'jitterMs', label: 'At most, ms', min: 0, max: 1000, initial: 90 }],
  },
  {
    id: 'stall',
    group: 'Slow',
    title: 'Stalls half-way',
    summary:
      'Nothing more comes, and the connection stays open. A client without a time limit between parts waits forever.',
    expected: 'timeout',
    members: { ending: 'stall', afterParts: 6 },
    fields: [afterParts],
  },
  {
    id: 'silence',
    group: 'Slow',
    title: 'No answer at all',
    summary: 'Not a single header, and the connection stays open.',
    expected: 'timeout',
    members: { refusal: 'silence' },
    fields: [],
  },
]
