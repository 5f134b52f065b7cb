import { eventStreamScenarios } from './event-stream.ts'
import { jsonContainerScenarios } from './json-containers.ts'
import { jsonFramingScenarios } from './json-framings.ts'
import { jsonViolationScenarios } from './json-violations.ts'
import { lineScenarios } from './lines.ts'
import type { Scenario } from './scenario.ts'
import { serverSentEventScenarios } from './server-sent-events.ts'

/** The files of the corpus, by name. */
export const corpus: Readonly<
  Record<string, { readonly decoder: string; readonly scenarios: readonly Scenario<unknown>[] }>
> = {
  'lines.json': { decoder: 'LineDecoder', scenarios: lineScenarios },
  'server-sent-events.json': { decoder: 'ServerSentEventDecoder', scenarios: serverSentEventScenarios },
  'json-values.json': {
    decoder: 'JsonSequenceDecoder',
    scenarios: [...jsonFramingScenarios, ...jsonContainerScenarios, ...jsonViolationScenarios],
  },
  'event-stream.json': { decoder: 'EventStreamDecoder', scenarios: eventStreamScenarios },
}

/** The text of a file of the corpus. */
export const serialize = (file: (typeof corpus)[string]): string => `${JSON.stringify(file, null, 2)}\n`
