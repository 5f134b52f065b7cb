import { isObject, parseJson } from '../../answers/json-fields.ts'
import type { TransformRequest } from './transform-request.ts'

/** Sends one record to the model. Resolves to the body of the answer, or `undefined` if the model failed. */
export type AskModel = (body: Uint8Array) => Promise<Uint8Array | undefined>

/** Result of transforming an object: its output, or what was wrong. */
export type TransformedObject = { readonly output: string } | { readonly problem: string }

/**
 * Transforms an object as SageMaker does: each record is filtered, sent by itself, and joined with the answer. All records must succeed.
 */
export async function transformObject(
  job: TransformRequest,
  data: Uint8Array,
  ask: AskModel,
): Promise<TransformedObject> {
  const text = new TextDecoder().decode(data)
  const records = job.splitsLines ? text.split('\n').filter((line) => line !== '') : [text]
  const outputs: string[] = []
  let next = 0
  let problem: string | undefined
  const work = async (): Promise<void> => {
    while (problem === undefined && next < records.length) {
      const index = next++
      const result = await transformRecord(job, records[index] ?? '', ask)
      if ('problem' in result) problem = result.problem
      else outputs[index] = result.output
    }
  }
  await Promise.all(Array.from({ length: job.maxConcurrentTransforms }, work))
  if (problem !== undefined) return { problem }
  return { output: job.assemblesLines ? outputs.map((line) => `${line}\n`).join('') : outputs.join('') }
}

async function transformRecord(job: TransformRequest, record: string, ask: AskModel): Promise<TransformedObject> {
  const parsed = parseJson(record)
  const isJson = !('error' in parsed)
  if (!isJson && job.joins) return { problem: 'A record is not valid JSON, which JoinSource requires.' }
  const sent = isJson ? job.inputFilter(parsed.value) : record
  const body = new TextEncoder().encode(typeof sent === 'string' && !isJson ? sent : JSON.stringify(sent ?? null))
  if (body.length > job.maxPayloadBytes) return { problem: 'The payload of a record exceeds MaxPayloadInMB.' }
  const answer = await ask(body)
  if (answer === undefined) return { problem: 'ClientError: the model failed on a record. See the logs of the job.' }
  const answered = new TextDecoder().decode(answer)
  if (!job.joins) return { output: answered }
  const value = parseJson(answered)
  if ('error' in value) return { problem: 'The answer of the model is not valid JSON, which JoinSource requires.' }
  const input = isJson ? parsed.value : record
  const joined = isObject(input)
    ? { ...input, SageMakerOutput: value.value }
    : { SageMakerInput: input, SageMakerOutput: value.value }
  return { output: JSON.stringify(job.outputFilter(joined)) }
}
