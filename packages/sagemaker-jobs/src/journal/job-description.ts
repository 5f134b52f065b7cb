import { isJsonObject, numberIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { SagemakerError } from '@x/sagemaker-endpoint'

/**
 * Version of the format of a store. A store of an older version is read as it is; a store of a newer one is refused. A version is
 * raised when a reader of the version before it would misread a store.
 */
const format = 1

/** What a job is, written once when it is started. */
export interface JobDescription {
  readonly id: string
  /** Kind of the engine. */
  readonly engine: string
  /** Endpoint or model. */
  readonly target: string
  /** Name of the codec. */
  readonly codec: string
}

/** Writes a description. */
export function descriptionText(description: JobDescription): string {
  return `${JSON.stringify({ format, ...description, startedAt: new Date().toISOString() }, undefined, 2)}\n`
}

/** @throws {SagemakerError} `invalid-configuration` if it is none, or of a newer version. */
export function readDescription(text: string, location: string): JobDescription {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  const version = isJsonObject(value) ? numberIn(value, 'format') : undefined
  if (!isJsonObject(value) || version === undefined) {
    const message = `job.json in ${location} does not describe a job. Restore it, or start the job in another store.`
    throw new SagemakerError('invalid-configuration', message, { path: 'format' })
  }
  if (version > format) {
    const message = `the job in ${location} was written by a newer version of @x/sagemaker-jobs (format ${version}, this one reads up to ${format}). Update the package.`
    throw new SagemakerError('invalid-configuration', message, { path: 'format' })
  }
  const member = (name: string): string => stringIn(value, name) ?? ''
  return { id: member('id'), engine: member('engine'), target: member('target'), codec: member('codec') }
}

/** @throws {SagemakerError} `job-changed` if a job is resumed with another engine, endpoint or codec. */
export function checkUnchanged(stored: JobDescription, given: Omit<JobDescription, 'id'>, location: string): void {
  for (const name of ['engine', 'target', 'codec'] as const) {
    if (stored[name] === given[name]) continue
    const message = `the job in ${location} was started with ${name} ${stored[name]}, not ${given[name]}. Resume it with the same, or start another job.`
    throw new SagemakerError('job-changed', message, { path: name })
  }
}
