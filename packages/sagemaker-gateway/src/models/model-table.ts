import type { ContentTelemetryOptions } from '@x/sagemaker-llm'
import type { GatewayModel, GatewayModelKind } from '../contract/gateway-model.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { servedModel, type ServedModel } from './served-model.ts'

/** More names than this help nobody who has mistyped one. */
const maxListedNames = 50

/** The models of a gateway. Clients can reach these and no other endpoint. */
export class ModelTable {
  readonly #models: ReadonlyMap<string, ServedModel>
  readonly #aliases: ReadonlyMap<string, ServedModel>

  /** @throws {SagemakerError} `invalid-configuration` for a name that two models have. */
  constructor(models: Readonly<Record<string, GatewayModel>>, telemetry?: ContentTelemetryOptions) {
    this.#models = new Map(Object.entries(models).map(([name, model]) => [name, servedModel(name, model, telemetry)]))
    const aliases = new Map<string, ServedModel>()
    for (const [name, model] of this.#models) {
      for (const alias of models[name]?.aliases ?? []) {
        if (this.#models.has(alias) || aliases.has(alias)) {
          const path = `models.${name}.aliases`
          throw new SagemakerError('invalid-configuration', `${path}: another model is called ${alias}, too.`, { path })
        }
        aliases.set(alias, model)
      }
    }
    this.#aliases = aliases
    for (const model of this.#models.values()) this.#checkFallback(model)
  }

  /** The models, without their aliases. */
  get all(): readonly ServedModel[] {
    return [...this.#models.values()]
  }

  /**
   * The model with a name or an alias.
   *
   * @throws {GatewayError} `unknown-model` that lists the names there are.
   */
  named(name: string): ServedModel {
    const model = this.#models.get(name) ?? this.#aliases.get(name)
    if (model !== undefined) return model
    const names = [...this.#models.keys()]
    const listed = names.slice(0, maxListedNames).join(', ') + (names.length > maxListedNames ? ' and others' : '')
    const known = names.length === 0 ? 'There are no models.' : `There are ${listed}.`
    throw new GatewayError(
      'unknown-model',
      `The model ${JSON.stringify(name.slice(0, 200))} does not exist. ${known}`,
      {
        param: 'model',
      },
    )
  }

  /**
   * The model with a name, if it does what is wanted. A request without a name gets the only model that does.
   *
   * @throws {GatewayError} `unknown-model`, `wrong-kind`.
   */
  ofKind<K extends GatewayModelKind>(kind: K, name: string | undefined): ServedModel<K> {
    if (name === undefined || name === '') return this.#onlyOne(kind)
    const model = this.named(name)
    if (!isOfKind(model, kind)) {
      const message = `The model ${model.name} is of kind ${model.kind}; this path is for kind ${kind}.`
      throw new GatewayError('wrong-kind', message, { param: 'model' })
    }
    return model
  }

  /** A model, and those that are asked one after the other if it fails. */
  candidates<K extends GatewayModelKind>(model: ServedModel<K>): readonly ServedModel<K>[] {
    if (model.fallback.length === 0) return [model]
    const others = model.fallback.map((name) => this.#models.get(name))
    return [
      model,
      ...others.filter((other): other is ServedModel<K> => other !== undefined && isOfKind(other, model.kind)),
    ]
  }

  /**
   * Loads the formats of all models.
   *
   * @throws {SagemakerError} `invalid-configuration` for the first model with a wrong option.
   */
  async open(): Promise<void> {
    for (const model of this.#models.values()) await model.open()
  }

  /** Ends all calls and closes the connections. */
  close(): void {
    for (const model of this.#models.values()) model.close()
  }

  #checkFallback({ name, kind, fallback }: ServedModel): void {
    const path = `models.${name}.fallback`
    for (const other of fallback) {
      const model = this.#models.get(other)
      const problem =
        model === undefined
          ? `there is no model ${other}`
          : other === name
            ? 'a model is no fallback of itself'
            : model.kind === kind
              ? undefined
              : `${other} is of kind ${model.kind}, and ${name} of kind ${kind}`
      if (problem !== undefined) throw new SagemakerError('invalid-configuration', `${path}: ${problem}.`, { path })
    }
  }

  #onlyOne<K extends GatewayModelKind>(kind: K): ServedModel<K> {
    const [only, ...others] = this.all.filter((model): model is ServedModel<K> => isOfKind(model, kind))
    if (only !== undefined && others.length === 0) return only
    throw new SagemakerError('invalid-request', 'model: is missing', { path: 'model' })
  }
}

function isOfKind<K extends GatewayModelKind>(model: ServedModel, kind: K): model is ServedModel<K> {
  return model.kind === kind
}
