import { completeAnswer, type CataloguedFault } from './catalogued-fault.ts'

/** The same bytes in other parts. */
export const cuts: readonly CataloguedFault[] = [
  {
    id: 'small-parts',
    group: 'Cut differently',
    title: 'Parts of a few bytes',
    summary: 'SageMaker cuts an answer wherever its buffers end: in the middle of a line, of a number, of a character.',
    expected: completeAnswer,
    members: { parts: 5 },
    fields: [{ key: 'parts', label: 'Bytes per part', min: 1, max: 64, initial: 5 }],
  },
  {
    id: 'inside-characters',
    group: 'Cut differently',
    title: 'Inside every character',
    summary: 'Every character of several bytes is cut. A client that decodes part by part shows � in its place.',
    expected: completeAnswer,
    members: { parts: 'inside-characters' },
    fields: [],
  },
  {
    id: 'random-parts',
    group: 'Cut differently',
    title: 'At random',
    summary: 'Parts of 1 to 40 bytes, as a busy network delivers them.',
    expected: completeAnswer,
    members: { parts: 'random', seed: 1 },
    fields: [{ key: 'seed', label: 'Seed', min: 1, max: 999, initial: 1 }],
  },
  {
    id: 'joined',
    group: 'Cut differently',
    title: 'All in one part',
    summary:
      'A container, or a proxy before it, that buffers: the whole answer arrives at once. A client that reads one event per part loses all but the first.',
    expected: completeAnswer,
    members: { parts: 'joined' },
    fields: [],
  },
]
