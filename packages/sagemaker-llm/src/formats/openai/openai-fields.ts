import { SagemakerError } from '@x/sagemaker-endpoint'
import { isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'

/** The error for a member of a request that is missing or wrong. `path` is OpenAI's `param`. */
export function invalidParameter(path: string, problem: string): SagemakerError {
  return new SagemakerError('invalid-request', `${path}: ${problem}`, { path })
}

/**
 * Reads the members of an object of a request. A member that is `null` was not given. A member of the wrong type is an error that
 * names its path, such as `messages[2].content`.
 */
export class OpenAIFields {
  readonly #object: JsonObject
  readonly #path: string

  /** @param path - of the object within the body; empty for the body. */
  constructor(value: unknown, path = '') {
    if (!isJsonObject(value)) throw invalidParameter(path || 'body', 'must be an object')
    this.#object = value
    this.#path = path
  }

  /** The names of the members that were given. */
  get names(): readonly string[] {
    return Object.keys(this.#object).filter((name) => this.get(name) !== undefined)
  }

  /** Where a member stands within the body. */
  pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }

  get(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? (this.#object[name] ?? undefined) : undefined
  }

  string(name: string): string | undefined {
    return this.#typed(name, 'a string', isString)
  }

  requiredString(name: string): string {
    const value = this.string(name)
    if (value === undefined) throw invalidParameter(this.pathOf(name), 'is missing')
    return value
  }

  number(name: string): number | undefined {
    return this.#typed(name, 'a number', isFiniteNumber)
  }

  integer(name: string): number | undefined {
    return this.#typed(name, 'a whole number', isInteger)
  }

  boolean(name: string): boolean | undefined {
    return this.#typed(name, 'true or false', isBoolean)
  }

  array(name: string): readonly unknown[] | undefined {
    return this.#typed(name, 'an array', isArray)
  }

  object(name: string): OpenAIFields | undefined {
    const value = this.get(name)
    return value === undefined ? undefined : new OpenAIFields(value, this.pathOf(name))
  }

  /** The items of an array, each an object. */
  objects(name: string): readonly OpenAIFields[] | undefined {
    return this.array(name)?.map((item, index) => new OpenAIFields(item, `${this.pathOf(name)}[${index}]`))
  }

  /** A string, or several: always as an array. */
  strings(name: string): readonly string[] | undefined {
    const value = this.get(name)
    if (value === undefined) return undefined
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (!list.every((item) => typeof item === 'string')) {
      throw invalidParameter(this.pathOf(name), 'must be a string or an array of strings')
    }
    return list
  }

  /** Refuses a member that only works with the value that it has by default. */
  refuseOther(name: string, allowed: unknown, advice: string): void {
    const value = this.get(name)
    if (value !== undefined && value !== allowed) throw invalidParameter(this.pathOf(name), advice)
  }

  #typed<T>(name: string, type: string, isType: (value: unknown) => value is T): T | undefined {
    const value = this.get(name)
    if (value === undefined || isType(value)) return value
    throw invalidParameter(this.pathOf(name), `must be ${type}`)
  }
}

const isString = (value: unknown): value is string => typeof value === 'string'
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value)
const isInteger = (value: unknown): value is number => Number.isInteger(value)
const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value)
