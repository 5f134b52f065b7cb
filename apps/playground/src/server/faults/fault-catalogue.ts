import type { FaultDescription } from '../../protocol/setup.ts'
import type { CataloguedFault } from './catalogued-fault.ts'
import { cuts } from './cuts.ts'
import { delays } from './delays.ts'
import { endings } from './endings.ts'
import { refusals } from './refusals.ts'

/** Everything that the fault lab can make go wrong. */
export const faultCatalogue: readonly CataloguedFault[] = [...cuts, ...delays, ...endings, ...refusals]

/** What the page shows of it. */
export const faultDescriptions: readonly FaultDescription[] = faultCatalogue.map(
  ({ id, group, title, summary, expected, fields }) => ({ id, group, title, summary, expected, fields }),
)

/**
 * The custom attributes that switch a fault on for one request.
 *
 * @param values - Of the fault's fields; a value beyond its limits counts as the limit.
 * @returns `undefined` for a fault that is not in the catalogue.
 */
export function faultAttributes(id: string, values: Readonly<Record<string, number>>): string | undefined {
  const fault = faultCatalogue.find((candidate) => candidate.id === id)
  if (fault === undefined) return undefined
  const chosen = fault.fields.map(({ key, min, max, initial }) => {
    return [key, Math.min(max, Math.max(min, values[key] ?? initial))] as const
  })
  const members = new Map([...Object.entries(fault.members), ...chosen])
  return `local-faults=${Array.from(members, ([name, value]) => `${name}:${value}`).join('+')}`
}
