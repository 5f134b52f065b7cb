import type { RoutingOptions } from '../options/endpoint-options.ts'

/** Name of a routing option that is given and not among the available ones. */
export function unavailableRouting(
  routing: RoutingOptions,
  available: readonly (keyof RoutingOptions)[],
): string | undefined {
  const given = Object.entries(routing).filter(([, value]) => value !== undefined)
  return given.find(([name]) => !(available as readonly string[]).includes(name))?.[0]
}
