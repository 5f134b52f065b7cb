import { terminalLine } from '@x/loopback-guard'
import { UsageError } from '../../command-line.ts'
import { handlerNames } from '../../protocol/handler-names.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { checkOptions } from '../options/command-options.ts'
import { parseOptions } from '../options/option-table.ts'
import { readChoice, readHandlerName, readNumber } from '../options/read-value.ts'
import { reportError } from '../report-error.ts'
import type { TerminalContext } from '../terminal-context.ts'
import type { TextOutput } from '../text-output.ts'
import type { FoundContract } from './find-contract.ts'
import { optionalCheckNames, type CheckResult, type Finding } from './finding.ts'
import { openSubject } from './open-subject.ts'
import { runChecks } from './run-checks.ts'

const styles = { pass: 'green', warn: 'yellow', fail: 'red', skipped: 'dim' } as const

/** `playground check`: checks a container or an endpoint, and prints how to call it. */
export async function runCheck(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, checkOptions)
  if (positionals.length > 0)
    throw new UsageError('The container is given with --url, an endpoint with --endpoint. See --help.')
  const kind = readChoice('--kind', values.kind, ['language', 'embedding', 'rerank', 'classification'])
  const handler = readHandlerName(values.handler, handlerNames[kind ?? 'language'])
  const timeoutMs = 1000 * (readNumber('--timeout', values.timeout, { from: 0.1 }) ?? 60)
  const waitMs = 1000 * (readNumber('--wait', values.wait, { from: 0 }) ?? 0)
  const skip = (values.skip ?? []).flatMap((name) => readChoice('--skip', name, optionalCheckNames) ?? [])
  const { output } = context
  try {
    await using opened = await openSubject(values, { modelName: values.model, timeoutMs }, context)
    const results: CheckResult[] = []
    const contract = await runChecks(opened.subject, {
      values: { ...values, kind, handler },
      waitMs,
      skip: new Set(skip),
      report: async (result) => {
        results.push(result)
        if (values.json !== true) await output.line(resultLine(result, output))
      },
    })
    const number = (verdict: Finding['verdict']): number => results.filter((one) => one.verdict === verdict).length
    const isGood = number('fail') === 0 && (values.strict !== true || number('warn') === 0)
    if (values.json === true) await output.json(jsonReport(results, contract, isGood))
    else await printEnd(contract, results, output)
    return isGood ? exitCodes.success : exitCodes.failure
  } catch (error) {
    return await reportError(error, context, values)
  }
}

function resultLine({ check, detail, verdict }: CheckResult, output: TextOutput): string {
  const word = output.style(styles[verdict], verdict.padEnd(7))
  return `${word}  ${check.padEnd(8)}  ${terminalLine(detail)}`
}

async function printEnd(
  { commandLine, suggestion }: FoundContract,
  results: readonly CheckResult[],
  output: TextOutput,
): Promise<void> {
  const counts = (['pass', 'warn', 'fail', 'skipped'] as const).flatMap((verdict) => {
    const number = results.filter((result) => result.verdict === verdict).length
    return number === 0 ? [] : [`${number} ${words[verdict]}`]
  })
  await output.line(`\n${counts.join(', ')}`)
  if (suggestion === undefined) return
  if (commandLine !== undefined) await output.line(`\n${terminalLine(commandLine)}`)
  await output.write(`\n${output.foreign(suggestion.code)}`)
}

const words = { pass: 'passed', warn: 'with a warning', fail: 'failed', skipped: 'skipped' } as const

function jsonReport(checks: readonly CheckResult[], { commandLine, suggestion }: FoundContract, ok: boolean): object {
  if (suggestion === undefined) return { ok, checks }
  const { call, code, handler, handlerOptions, kind, options } = suggestion
  return { ok, checks, kind, call, handler, handlerOptions, options, commandLine, code }
}
