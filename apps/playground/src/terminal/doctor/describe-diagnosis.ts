import type { DescribedContainer, EndpointDescription } from '@x/sagemaker-discovery'
import { formatDuration } from '../../page/call/format.ts'
import type { Diagnosis } from './diagnose.ts'
import type { Discovery } from './discover.ts'
import type { Identity } from './identity.ts'

/** Everything that doctor found out. */
export interface Findings extends Discovery {
  readonly diagnosis: Diagnosis
  /** With which identity AWS was called; `undefined` for a local runtime. */
  readonly identity?: Identity | undefined
  /** Command lines that call the endpoint, most likely first. */
  readonly commandLines: readonly string[]
}

const framings: Readonly<Record<NonNullable<Diagnosis['framing']>, string>> = {
  'server-sent-events': 'yes, as server-sent events',
  'json-lines': 'yes, as JSON lines',
  document: 'no: the answer came as one document',
}

export type Row = readonly [name: string, sentence: string | false | undefined]

/** Formats the findings as rows of a label and a sentence. */
export function describeFindings(findings: Findings): readonly (readonly [string, string])[] {
  const { diagnosis, description, problem, commandLines } = findings
  const { contract, dimensions, durationMs, error, framing, knownBy } = diagnosis
  const rows: readonly Row[] = [
    ...(findings.identity === undefined ? [] : identityRows(findings.identity)),
    ['Endpoint', endpointWords(diagnosis.endpoint, description)],
    ...(description === undefined ? [] : descriptionRows(description)),
    ['Discovery', problem && `not possible: ${problem.message}`],
    ['Format', contract && `${contract.name}${knownBy === 'refusal' ? ', by the words of its refusal' : ''}`],
    ['Streams', streams(diagnosis)],
    ['Vectors', dimensions !== undefined && `${dimensions} numbers`],
    // The probe is in no container's exact format, so a rejection is not an error.
    ['Error', knownBy !== 'refusal' && error?.message],
    ['Refusal', knownBy === 'refusal' && error?.message],
    ['Meaning', knownBy !== 'refusal' && error?.advice],
    ['Answered', error === undefined && durationMs !== undefined && `in ${formatDuration(durationMs)}`],
    ['Request id', diagnosis.requestId ?? error?.requestId],
    ['Variant', diagnosis.variant],
    ['Log', error?.logStreamArn],
    ...commandLines.map((line, index): Row => [index === 0 ? 'Call it' : 'Or', line]),
    ['Note', contract?.hint],
  ]
  return printableRows(rows)

  function streams({ confirmed, streams: came }: Diagnosis): string | undefined {
    if ((contract !== undefined && contract.kind !== 'language') || dimensions !== undefined) return undefined
    if (framing !== undefined) return framings[framing]
    if (confirmed === true && came !== undefined) return came ? 'yes' : 'no: the answer came as a whole'
    if (knownBy !== 'refusal' || contract === undefined) return undefined
    return `${contract.canStream ? 'yes' : 'no'}, as far as is known of this format; it did not answer`
  }
}

/** Formats an identity as rows of a label and a sentence. */
export function identityRows({ accountId, arn, problem, region, source }: Identity): readonly Row[] {
  return [
    ['Identity', arn ?? (problem === undefined ? undefined : `not known: ${problem}`)],
    [
      'AWS',
      [accountId && `account ${accountId}`, region, source && `credentials from ${source}`].filter(Boolean).join(', '),
    ],
  ]
}

function endpointWords(name: string, description: EndpointDescription | undefined): string {
  return description === undefined ? name : `${name}, ${description.status}`
}

function descriptionRows(description: EndpointDescription): readonly Row[] {
  const { accountId, asynchronous, container, failureReason, inferenceComponents, model, region, variants } =
    description
  const { deniedActions, instanceTypes, suggestion } = description
  const length = model.maxModelLength
  return [
    ['Account', [accountId, region].filter((part) => part !== undefined).join(', ')],
    ['Failure', failureReason],
    ['Runs', [containerWords(container), model.id, length && `up to ${length} tokens`].filter(Boolean).join(', ')],
    ['Image', container.image],
    ['Instances', instanceTypes.length > 0 && instanceTypes.join(', ')],
    [
      'Variants',
      variants.length > 1 && variants.map(({ name, isShadow }) => `${name}${isShadow ? ' (shadow)' : ''}`).join(', '),
    ],
    ...inferenceComponents.map(({ name, baseComponentName, container: its, model: served, status }): Row => {
      const what = baseComponentName === undefined ? containerWords(its) : `adapter of ${baseComponentName}`
      return ['Component', [name, status, what, served.id].filter(Boolean).join(', ')]
    }),
    ['Async', asynchronous && `answers go to ${asynchronous.outputPath ?? 'S3'}`],
    ['Denied', deniedActions.length > 0 && deniedActions.join(', ')],
    ['Why', suggestion.why],
  ]
}

function containerWords({ name, version }: DescribedContainer): string {
  return name === 'unknown' ? 'an unknown container' : `${name}${version === undefined ? '' : ` ${version}`}`
}

/** Leaves out rows without a sentence and escapes the others. */
export function printableRows(rows: readonly Row[]): readonly (readonly [string, string])[] {
  return rows
    .filter((row): row is readonly [string, string] => typeof row[1] === 'string' && row[1] !== '')
    .map(printableRow)
}

/** Escapes control characters: text from containers, from AWS and from tags must not control the terminal. */
function printableRow([name, sentence]: readonly [string, string]): readonly [string, string] {
  return [
    name,
    sentence.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`),
  ]
}
