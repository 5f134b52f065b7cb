import { UsageError } from '../../command-line.ts'
import { doctorOptions } from '../options/command-options.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { openConnection, openEndpoint } from '../open-endpoint.ts'
import { parseOptions } from '../options/option-table.ts'
import { reportError } from '../report-error.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { describeFindings, identityRows, printableRows } from './describe-diagnosis.ts'
import { allEndpoints } from './discover.ts'
import { connectionWords, examineEndpoint } from './examine-endpoint.ts'
import { findIdentity } from './identity.ts'

type DoctorValues = ReturnType<typeof parseOptions<typeof doctorOptions>>['values']

/** `playground doctor`: identifies what runs in an endpoint and how to call it. Lists endpoints if none is given. */
export async function runDoctor(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, doctorOptions)
  if (positionals.length > 0) throw new UsageError('The endpoint is given with --endpoint. See --help.')
  try {
    return await (values.endpoint === undefined ? list(values, context) : examine(values, context))
  } catch (error) {
    return await reportError(error, context, values)
  }
}

async function list(values: DoctorValues, context: TerminalContext): Promise<ExitCode> {
  const { interruption, notes, output } = context
  await using opened = await openConnection(values, context)
  const identity = await findIdentity(opened.connection, interruption.signal)
  if (identity !== undefined)
    for (const [name, sentence] of printableRows(identityRows(identity)))
      await notes.line(`${notes.style('bold', name.padEnd(10))}  ${sentence}`)
  const endpoints = await allEndpoints(opened.connection, interruption.signal)
  if (values.json === true) {
    for (const endpoint of endpoints) await output.json(endpoint)
    return exitCodes.success
  }
  const width = Math.max(...endpoints.map(({ name }) => name.length), 0)
  for (const { name, status } of endpoints) await output.line(output.foreign(`${name.padEnd(width)}  ${status}`))
  const [first] = endpoints
  const next = ['npx', '@x/playground', 'doctor', ...connectionWords(values, first?.name ?? 'NAME')].join(' ')
  await notes.line(
    first === undefined ? 'There are no endpoints in this account and region.' : `\nThen: ${notes.foreign(next)}`,
  )
  return exitCodes.success
}

async function examine(values: DoctorValues, context: TerminalContext): Promise<ExitCode> {
  const { output } = context
  // Doctor makes exactly one call.
  await using opened = await openEndpoint(values, 'demo-llm', context, { retry: { maxAttempts: 1 } })
  const { code, ...findings } = await examineEndpoint(opened, values, context.interruption.signal)
  const { diagnosis, description, problem } = findings
  if (values.json === true) {
    const discovery = description === undefined ? { problem } : { description }
    await output.json({
      ...diagnosis,
      identity: findings.identity,
      ...discovery,
      commandLines: findings.commandLines,
      code,
    })
  } else {
    for (const [name, sentence] of describeFindings(findings))
      await output.line(`${output.style('bold', name.padEnd(10))}  ${output.foreign(sentence)}`)
    for (const program of code) await output.write(`\n${output.foreign(program)}`)
  }
  return code.length > 0 ? exitCodes.success : exitCodes.failure
}
