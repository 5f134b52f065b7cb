import { formatDuration } from '../../page/call/format.ts'
import type { Contract } from './contract.ts'
import type { Diagnosis } from './diagnose.ts'

const framings: Readonly<Record<NonNullable<Diagnosis['framing']>, string>> = {
  'server-sent-events': 'yes, as server-sent events',
  'json-lines': 'yes, as JSON lines',
  document: 'no: the answer came as one document',
}

/**
 * A diagnosis for the reader: a name and a sentence each.
 *
 * @param connection the options with which the endpoint was reached.
 */
export function describeDiagnosis(
  diagnosis: Diagnosis,
  connection: readonly string[],
): readonly (readonly [string, string])[] {
  const { contract, dimensions, durationMs, error, framing, knownBy } = diagnosis
  const rows: (readonly [string, string | false | undefined])[] = [
    ['Endpoint', diagnosis.endpoint],
    ['Format', contract && `${contract.name}${knownBy === 'refusal' ? ', by the words of its refusal' : ''}`],
    ['Streams', streams(diagnosis)],
    ['Vectors', dimensions !== undefined && `${dimensions} numbers`],
    // A request in no format is refused by those that are strict: then it is no error.
    ['Error', knownBy !== 'refusal' && error?.message],
    ['Refusal', knownBy === 'refusal' && error?.message],
    ['Meaning', knownBy !== 'refusal' && error?.advice],
    ['Answered', framing && durationMs !== undefined && `in ${formatDuration(durationMs)}`],
    ['Request id', diagnosis.requestId ?? error?.requestId],
    ['Variant', diagnosis.variant],
    ['Log', error?.logStreamArn],
    ['Call it', contract && callWith(contract, connection)],
    ['Note', contract?.hint],
  ]
  return rows.filter((row): row is readonly [string, string] => typeof row[1] === 'string')
}

function streams({ contract, framing, knownBy }: Diagnosis): string | undefined {
  if (framing !== undefined) return contract?.kind === 'embedding' ? undefined : framings[framing]
  if (knownBy !== 'refusal' || contract?.kind !== 'text') return undefined
  return `${contract.canStream ? 'yes' : 'no'}, as far as is known of this format; it did not answer`
}

function callWith({ handler, kind }: Contract, connection: readonly string[]): string {
  const command = kind === 'embedding' ? 'embed' : handler === undefined ? 'chat' : 'complete'
  return ['playground', command, ...connection, ...(handler === undefined ? [] : ['--handler', handler])].join(' ')
}
