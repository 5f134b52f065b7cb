import type { GoalResult, ResultRow, SuiteResult } from '../results/suite-result.ts'
import type { Worsening } from '../results/find-worsenings.ts'
import { formatFigure, formatSpread } from './format-figure.ts'

/** A suite as a heading, a table and its goals, in Markdown. */
export function suiteTable(suite: SuiteResult): string {
  const columns = columnsOf(suite)
  return [
    `### ${suite.name}`,
    '',
    `| ${columns.map(({ heading }) => heading).join(' | ')} |`,
    `| ${columns.map((_, index) => (index === 0 ? '---' : '--:')).join(' | ')} |`,
    ...suite.rows.map((row) => `| ${columns.map(({ cell }) => cell(row)).join(' | ')} |`),
    '',
    ...suite.goals.map((goal) => `- ${goalLine(goal)}`),
  ]
    .join('\n')
    .trimEnd()
}

/** What a goal asks, what was reached, and, where it is missed, why. */
export function goalLine(goal: GoalResult): string {
  const line = `${goal.subject}: **${formatFigure(goal.figure.median, goal.unit)}** (goal: ${boundOf(goal)}${goal.isReached ? '' : ', missed'})`
  return goal.reason === undefined ? line : `${line}. ${goal.reason}`
}

/** What has become worse, and from what to what. */
export function worseningLine({ suite, subject, before, now }: Worsening): string {
  const [was, is] = [before, now].map(({ figure, unit }) => formatSpread(figure, unit))
  return `worse: ${suite}: ${subject}: ${was} before, ${is} now`
}

export function boundOf({ atLeast, atMost, unit }: GoalResult): string {
  return atLeast === undefined
    ? `at most ${formatFigure(atMost ?? Number.NaN, unit)}`
    : `at least ${formatFigure(atLeast, unit)}`
}

interface Column {
  readonly heading: string
  readonly cell: (row: ResultRow) => string
}

function columnsOf({ rows, quantity, unit }: SuiteResult): readonly Column[] {
  const ratio = (value: number | undefined): string => (value === undefined ? '' : formatFigure(value))
  const columns: Column[] = [
    { heading: '', cell: ({ name, role }) => (role === 'floor' ? `_${name}_` : name) },
    { heading: quantity, cell: ({ figure }) => formatSpread(figure, unit) },
  ]
  for (const [index, { size }] of (rows[0]?.points ?? []).entries()) {
    columns.push({
      heading: size.toLocaleString('en'),
      cell: ({ points }) => formatFigure(points?.[index]?.figure.median ?? Number.NaN, 'nanoseconds'),
    })
  }
  if (rows.some(({ wall }) => wall !== undefined)) {
    columns.push({
      heading: 'on the clock',
      cell: ({ wall }) => (wall === undefined ? '' : formatFigure(wall.median, 'nanoseconds')),
    })
  }
  if (rows.some(({ timesOurs }) => timesOurs !== undefined)) {
    columns.push({ heading: 'times ours', cell: ({ timesOurs }) => ratio(timesOurs) })
  }
  if (rows.some(({ timesFloor }) => timesFloor !== undefined)) {
    columns.push({ heading: 'times the floor', cell: ({ timesFloor }) => ratio(timesFloor) })
  }
  return columns
}
