import { printable } from './printable.ts'
import { quote } from './quote.ts'
import { SagemakerError } from './sagemaker-error.ts'

/** Levels of causes, and parts of an `AggregateError`, that are copied. */
const maxDepth = 5

interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  readonly stack?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
}

/**
 * A copy of an error that was not made here, as a `cause` that is safe to log: its name, code, message, stack and
 * causes, without the text of the request and without credentials. Errors of sockets and HTTP parsers carry what was
 * sent or received in extra members (`rawPacket`, `data`, `$response`), and any logger that walks a cause would
 * print it.
 */
export function foreignCause(thrown: unknown, request: string | Uint8Array | undefined, depth: number = 0): unknown {
  if (thrown === undefined || SagemakerError.is(thrown)) return thrown
  if (typeof thrown !== 'object' || thrown === null)
    return quote(typeof thrown === 'string' ? thrown : typeof thrown, request)
  const { name, message, code, stack, cause, errors }: Thrown = thrown
  const clean = quote(typeof message === 'string' ? message : '', request)
  const copy = new Error(clean)
  const hide = (key: string, value: unknown): void => {
    Object.defineProperty(copy, key, { value, enumerable: false, configurable: true, writable: true })
  }
  const copiedName = typeof name === 'string' ? printable(name).slice(0, 100) : 'Error'
  hide('name', copiedName)
  hide('stack', [`${copiedName}: ${clean}`, ...framesOf(stack, message)].join('\n'))
  if (typeof code === 'string' || typeof code === 'number')
    Object.assign(copy, { code: typeof code === 'string' ? printable(code).slice(0, 100) : code })
  if (depth < maxDepth) {
    if (cause !== undefined) hide('cause', foreignCause(cause, request, depth + 1))
    if (Array.isArray(errors)) {
      hide(
        'errors',
        errors.slice(0, maxDepth).map((error: unknown) => foreignCause(error, request, depth + 1)),
      )
    }
  }
  return copy
}

/** The calls of a stack, without the message before them. */
function framesOf(stack: unknown, message: unknown): readonly string[] {
  if (typeof stack !== 'string') return []
  const at = typeof message === 'string' ? stack.indexOf(message) : -1
  const calls = at < 0 ? '' : stack.slice(at + (message as string).length)
  return calls
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 20)
}
