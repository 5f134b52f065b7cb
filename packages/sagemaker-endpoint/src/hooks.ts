/** A function of the caller that looks on: a callback, an observer's method, an option such as `onRetry`. */
export type Hook<E> = (event: E) => unknown

/** The names of the hooks that have failed, by the object that they belong to. */
const failedHooks = new WeakMap<object, Set<string>>()

/**
 * Runs a hook, synchronous or asynchronous, without waiting for it. Nothing that it does reaches the call or ends the program:
 * the first time that a hook throws or rejects, the process gets a warning of type `SagemakerHookWarning`; later failures of
 * the same hook are silent.
 *
 * @param owner - what the hook belongs to for as long as its calls last, such as an object with callbacks; `this` of the hook.
 * @param name - what the caller named the hook, for the warning.
 */
export function runHook<E>(owner: object, name: string, hook: Hook<E> | undefined, event: E): void {
  if (hook === undefined) return
  try {
    const result = hook.call(owner, event)
    if (isThenable(result)) result.then(undefined, (thrown: unknown) => warnOnce(owner, name, thrown))
  } catch (thrown) {
    warnOnce(owner, name, thrown)
  }
}

type HookName<Hooks> = keyof Hooks & string
type EventOf<Member> = NonNullable<Member> extends (event: infer E) => unknown ? E : never

/** The hooks of one object, such as its callbacks, run as `runHook` runs them. */
export class HookSet<Hooks extends object> {
  readonly #hooks: Hooks

  constructor(hooks: Hooks) {
    this.#hooks = hooks
  }

  /** Runs the hook of this name, if there is one. */
  run<Name extends HookName<Hooks>>(name: Name, event: EventOf<Hooks[Name]>): void {
    runHook(this.#hooks, name, this.#hooks[name] as Hook<EventOf<Hooks[Name]>> | undefined, event)
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof Reflect.get(value, 'then') === 'function'
}

function warnOnce(owner: object, name: string, thrown: unknown): void {
  const failed = failedHooks.get(owner) ?? new Set<string>()
  failedHooks.set(owner, failed)
  if (failed.has(name)) return
  failed.add(name)
  const text = `The hook ${name} failed: ${describe(thrown)}. The call goes on; later failures of this hook are not reported.`
  const warning = new Error(text, { cause: thrown })
  warning.name = 'SagemakerHookWarning'
  process.emitWarning(warning)
}

/** Class and place of what was thrown. Its message may quote an event, and so a prompt: the cause of the warning has it. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown
  const place = /^ {4}at .*$/m.exec(thrown.stack ?? '')?.[0].trim()
  return place === undefined ? thrown.name : `${thrown.name} ${place}`
}
