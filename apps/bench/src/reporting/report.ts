import type { GroupResult } from '../results/group-result.ts'
import type { GoalResult } from '../results/suite-result.ts'
import { formatSpread } from './format-figure.ts'
import { groupPlot } from './group-plot.ts'
import { boundOf, suiteTable } from './suite-table.ts'

const introduction = `# Benchmarks

How fast the packages are, next to what else does the same work. \`npm run bench\` in a clone of the repository measures all of it
and writes this page, its plots and [results.json](benchmarks/results.json); no figure is typed in.

- The contenders of a table run in turn, round after round, in one process, so that whatever else the machine does hits them alike.
  Compare within a table: the figures of two machines differ, the ratios hardly do.
- A figure is the median over the rounds, with the quartiles in brackets. A ratio is the median of the ratios within the rounds.
- Time is CPU time of the process, garbage collection included, unless a heading says otherwise; "on the clock" is how long it took.
  Servers are separate processes, and do not count.
- Contenders that do all of the work have to arrive at the same checksum. The input is the same in every run: what containers send,
  cut at random places with a fixed seed.
- _A floor_ is what cannot be avoided, such as \`JSON.parse\` alone: it does only a part of the work.`

/** The page of all results, and its plots, by their paths below the folder of the page. */
export function renderReport(groups: readonly GroupResult[]): ReadonlyMap<string, string> {
  const page = [
    introduction,
    '## Goals',
    goalTable(groups),
    ...groups.map((group) =>
      [
        `## ${group.title}`,
        group.about,
        `![${group.title}](${plotPath(group)})`,
        ...group.suites.map((suite) => suiteTable(suite)),
        `<sub>\`npm run bench -- ${group.name}\`, ${group.measuredOn}: ${group.machine}.</sub>`,
      ].join('\n\n'),
    ),
  ].join('\n\n')
  return new Map([
    ['benchmarks.md', `${page}\n`],
    ...groups.map((group): [string, string] => [plotPath(group), groupPlot(group)]),
  ])
}

function plotPath({ name }: GroupResult): string {
  return `benchmarks/${name}.svg`
}

function goalTable(groups: readonly GroupResult[]): string {
  const rows = groups.flatMap(({ suites }) =>
    suites.flatMap(({ name, goals }) => goals.map((goal) => `| ${name} | ${goalCells(goal)} |`)),
  )
  return ['| suite | measured | reached | goal | |', '| --- | --- | --: | --: | --- |', ...rows].join('\n')
}

function goalCells(goal: GoalResult): string {
  const { subject, figure, unit, isReached } = goal
  return [subject, formatSpread(figure, unit), boundOf(goal), isReached ? '' : '**missed**'].join(' | ')
}
