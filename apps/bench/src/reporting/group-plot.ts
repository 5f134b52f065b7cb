import type { GroupResult } from '../results/group-result.ts'
import { barPlot } from './bar-plot.ts'
import { growthPlot } from './growth-plot.ts'
import { svg } from './svg.ts'

/** The suites of a group as one image. */
export function groupPlot({ title, suites }: GroupResult): string {
  return svg(
    title,
    suites.map((suite) => (suite.unit === 'power' ? growthPlot(suite) : barPlot(suite))),
  )
}
