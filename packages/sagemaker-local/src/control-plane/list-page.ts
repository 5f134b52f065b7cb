import type { JsonObject } from '../answers/json-fields.ts'
import { ControlPlaneError, validationError } from './control-plane-error.ts'

/** Members that lists are filtered and sorted by. */
export interface Listed {
  readonly name: string
  readonly status: string
  /** In seconds since 1970. */
  readonly createdAt: number
  readonly lastModifiedAt: number
}

/** A page of a list. */
export interface ListPage<T> {
  readonly items: readonly T[]
  readonly nextToken?: string
}

const defaultMaxResults = 10
const maxMaxResults = 100

/**
 * Returns a page of a list with the common parameters of SageMaker's lists: filters by name, status and time, sorting (newest
 * first by default), `MaxResults` and `NextToken`.
 *
 * @throws {ControlPlaneError} `ValidationException`
 */
export function listPage<T extends Listed>(request: JsonObject, all: readonly T[]): ListPage<T> {
  const maxResults = maxResultsOf(request)
  const wanted = all.filter((item) => isWanted(request, item)).sort(order(request))
  const start = startOf(request)
  const items = wanted.slice(start, start + maxResults)
  const end = start + items.length
  return { items, ...(end < wanted.length && { nextToken: tokenFor(end) }) }
}

function maxResultsOf({ MaxResults: value = defaultMaxResults }: JsonObject): number {
  if (typeof value !== 'number' || value < 1)
    throw validationError('maxResults', value, 'Member must have value greater than or equal to 1')
  if (value > maxMaxResults)
    throw validationError('maxResults', value, `Member must have value less than or equal to ${maxMaxResults}`)
  return Math.floor(value)
}

function isWanted(request: JsonObject, { name, status, createdAt, lastModifiedAt }: Listed): boolean {
  const { NameContains, StatusEquals } = request
  const within = (time: number, member: string): boolean => {
    const after = request[`${member}After`]
    const before = request[`${member}Before`]
    return (typeof after !== 'number' || time > after) && (typeof before !== 'number' || time < before)
  }
  return (
    (typeof NameContains !== 'string' || name.toLowerCase().includes(NameContains.toLowerCase())) &&
    (typeof StatusEquals !== 'string' || status === StatusEquals) &&
    within(createdAt, 'CreationTime') &&
    within(lastModifiedAt, 'LastModifiedTime')
  )
}

function order({ SortBy = 'CreationTime', SortOrder = 'Descending' }: JsonObject): (a: Listed, b: Listed) => number {
  const sign = member('sortOrder', SortOrder, ['Ascending', 'Descending']) === 'Ascending' ? 1 : -1
  const byName = (a: Listed, b: Listed): number => Number(a.name > b.name) - Number(a.name < b.name)
  switch (member('sortBy', SortBy, ['Name', 'CreationTime', 'Status'])) {
    case 'Name':
      return (a, b) => sign * byName(a, b)
    case 'Status':
      return (a, b) => sign * (Number(a.status > b.status) - Number(a.status < b.status) || byName(a, b))
    case 'CreationTime':
      return (a, b) => sign * (a.createdAt - b.createdAt || byName(a, b))
  }
}

function member<Value extends string>(name: string, value: unknown, values: readonly Value[]): Value {
  const found = values.find((one) => one === value)
  if (found === undefined)
    throw validationError(name, value, `Member must satisfy enum value set: [${values.join(', ')}]`)
  return found
}

const tokenPrefix = 'position '

function tokenFor(position: number): string {
  return Buffer.from(`${tokenPrefix}${position}`).toString('base64')
}

function startOf({ NextToken: token }: JsonObject): number {
  if (token === undefined || token === null) return 0
  const text = typeof token === 'string' ? Buffer.from(token, 'base64').toString() : ''
  const position = Number(text.slice(tokenPrefix.length))
  if (text.startsWith(tokenPrefix) && Number.isInteger(position)) return position
  throw new ControlPlaneError('ValidationException', 'Invalid pagination token.')
}
