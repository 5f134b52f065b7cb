import { judgeAnswer, judgeCuts, judgeStream, judgeUsage } from './answer-checks.ts'
import { checkJson, checkStop, checkTools } from './ability-checks.ts'
import { askModel, type RecordedAnswer } from './ask-model.ts'
import { checkPing, waitForPing } from './container-http.ts'
import { checkErrors } from './error-check.ts'
import { findContract, type ContractValues, type FoundContract } from './find-contract.ts'
import { runCheck, skipped, type CheckName, type CheckResult, type Finding } from './finding.ts'
import { checkPayload, judgeDuration } from './limit-checks.ts'
import { checkLeaving, checkLoad } from './load-checks.ts'
import { checkOpenAIPath } from './openai-check.ts'
import type { KnownSubject, Subject } from './subject.ts'
import { checkScores } from './vector-checks.ts'

export interface CheckRun {
  readonly values: ContractValues
  /** Longest time to wait for `/ping` before the checks, in milliseconds. */
  readonly waitMs: number
  /** Checks that are left out. */
  readonly skip: ReadonlySet<CheckName>
  /** Gets each result when it is known. */
  readonly report: (result: CheckResult) => Promise<void>
}

type Find = () => Promise<Finding> | Finding

/**
 * Runs all checks, one after the other.
 *
 * @returns the format of the container.
 * @throws {SagemakerError} `aborted`
 */
export async function runChecks(subject: Subject, { values, waitMs, skip, report }: CheckRun): Promise<FoundContract> {
  const check = async (name: CheckName, find: Find): Promise<boolean> => {
    const result = await runCheck(name, skip.has(name) ? () => skipped('Left out.') : find)
    await report(result)
    return result.verdict !== 'fail'
  }
  const { containerUrl, signal } = subject
  if (containerUrl !== undefined) await waitForPing(containerUrl, waitMs, signal)
  await check('ping', () =>
    containerUrl === undefined
      ? skipped('SageMaker calls /ping itself; with --url it is checked.')
      : checkPing(containerUrl, signal),
  )
  let contract: FoundContract = { finding: skipped(''), canStream: false }
  await check('contract', async () => {
    contract = await findContract(subject, values)
    return contract.finding
  })
  const { suggestion } = contract
  const known: KnownSubject | undefined = suggestion && { ...subject, suggestion, canStream: contract.canStream }
  if (known === undefined) return contract
  if (suggestion?.kind === 'language') await checkLanguageModel(known, check)
  else await checkOtherModel(known, check)
  return contract
}

type Check = (name: CheckName, find: Find) => Promise<boolean>

async function checkLanguageModel(subject: KnownSubject, check: Check): Promise<void> {
  let whole: RecordedAnswer | undefined
  let streamed: RecordedAnswer | undefined
  const answers = await check('answer', async () => {
    whole = await askModel(subject)
    return judgeAnswer(whole)
  })
  await check('stream', async () => {
    streamed = await askModel(subject, { stream: true })
    return judgeStream(streamed, subject.canStream)
  })
  const withAnswer =
    (find: (answer: RecordedAnswer) => Promise<Finding> | Finding): Find =>
    () =>
      whole === undefined ? skipped('There is no answer.') : find(whole)
  await check('cuts', () => (streamed === undefined ? skipped('There is no stream.') : judgeCuts(streamed, subject)))
  await check(
    'usage',
    withAnswer((answer) => judgeUsage(answer, subject.canStream ? streamed : undefined)),
  )
  await check(
    'stop',
    withAnswer((answer) => checkStop(subject, answer)),
  )
  await check(
    'tools',
    withAnswer(() => checkTools(subject)),
  )
  await check(
    'json',
    withAnswer(() => checkJson(subject)),
  )
  await check('openai', () => checkOpenAIPath(subject))
  await check('errors', () => checkErrors(subject))
  const short = (): Promise<RecordedAnswer> => askModel(subject, { maxNewTokens: 4 })
  await check('payload', async () => {
    if (!answers) return skipped('There is no answer.')
    await short()
    return checkPayload(subject)
  })
  await check('duration', withAnswer(judgeDuration))
  await check(
    'load',
    withAnswer(() => checkLoad(subject, short)),
  )
  await check('leave', () =>
    !subject.canStream || streamed === undefined
      ? skipped('There is no stream to leave.')
      : checkLeaving(subject, short),
  )
}

async function checkOtherModel(subject: KnownSubject, check: Check): Promise<void> {
  const score = (): Promise<Finding> => checkScores(subject)
  const answers = await check('answer', score)
  for (const name of ['stream', 'cuts', 'usage', 'stop', 'tools', 'json', 'openai'] as const)
    await check(name, () => skipped('Only for language models.'))
  await check('errors', () => checkErrors(subject))
  await check('payload', async () => {
    if (!answers) return skipped('There is no answer.')
    await score()
    return checkPayload(subject)
  })
  await check('duration', () => skipped('Only for language models.'))
  await check('load', () => (answers ? checkLoad(subject, score) : skipped('There is no answer.')))
  await check('leave', () => skipped('Only for language models.'))
}
