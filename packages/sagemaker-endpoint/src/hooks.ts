/** A user-supplied function that observes calls: a callback, a method of an observer, an option such as `onRetry`. */
export type Hook<E> = (event: E) => unknown

/** The names of the hooks that have failed, by owner. */
const failedHooks = new WeakMap<object, Set<string>>()

/**
 * Calls a hook, synchronous or asynchronous, and does not wait for it. A hook that throws or rejects affects neither the call nor
 * the process: its first failure emits a process warning named `SagemakerHookWarning`, later failures are ignored.
 *
 * @param owner - the object that the hook belongs to, such as the callbacks of a model; the `this` of the hook.
 * @param name - name of the hook, for the warning.
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

/** The hooks of one object, such as the callbacks of a model, each called by `runHook`. */
export class HookSet<Hooks extends object> {
  readonly #hooks: Hooks

  constructor(hooks: Hooks) {
    this.#hooks = hooks
  }

  /** Calls the hook of this name, if there is one. */
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

/** Class and place of the error. The message may quote a prompt, so it is only in the `cause` of the warning. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown
  const place = /^ {4}at .*$/m.exec(thrown.stack ?? '')?.[0].trim()
  return place === undefined ? thrown.name : `${thrown.name} ${place}`
}
