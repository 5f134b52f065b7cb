import { SagemakerError } from '@x/sagemaker-endpoint'
import { jumpstartModelOfTags } from '../containers/jumpstart-model.ts'
import type { ControlPlane } from '../control-plane/control-plane.ts'
import { type Operation, actionOf } from '../control-plane/control-plane-error.ts'
import type {
  DescribedComponent,
  DescribedConfig,
  DescribedEndpoint,
  DescribedModel,
} from '../control-plane/operations.ts'

/** Responses of the control plane. They hold complete environments and must not leave this package. */
export interface EndpointFacts {
  readonly endpoint: DescribedEndpoint
  readonly config: DescribedConfig | undefined
  readonly models: ReadonlyMap<string, DescribedModel>
  readonly components: readonly DescribedComponent[]
  readonly deniedActions: readonly string[]
}

/** The control plane throttles at a few requests per second. */
const maxConcurrency = 4

/** Reads everything about an endpoint. Only the first call is required to succeed. */
export class EndpointReader {
  readonly #controlPlane: ControlPlane
  readonly #endpointName: string
  readonly #denied = new Set<string>()

  constructor(controlPlane: ControlPlane, endpointName: string) {
    this.#controlPlane = controlPlane
    this.#endpointName = endpointName
  }

  /**
   * @param maxComponents - Maximum number of inference components to describe.
   * @throws {SagemakerError}
   */
  async read(maxComponents: number): Promise<EndpointFacts> {
    const endpointName = this.#endpointName
    const endpoint = await this.#controlPlane.call('DescribeEndpoint', { EndpointName: endpointName }, endpointName)
    const config = await this.#readConfig(endpoint.EndpointConfigName)
    const variants = [...(config?.ProductionVariants ?? []), ...(config?.ShadowProductionVariants ?? [])]
    // Models belong to variants or to inference components, not to both.
    const hasComponents = variants.length === 0 || variants.some(({ ModelName }) => ModelName === undefined)
    const components = hasComponents ? await this.#readComponents(maxComponents) : []
    const modelNames = [...variants, ...components.map(({ Specification }) => Specification)].flatMap(
      (holder) => holder?.ModelName ?? [],
    )
    const models = await this.#readModels(new Set(modelNames))
    return { endpoint, config, models, components, deniedActions: this.deniedActions }
  }

  get deniedActions(): readonly string[] {
    return [...this.#denied]
  }

  /** Returns the JumpStart model ID from the endpoint's tags. */
  async readJumpstartModel(arn: string): Promise<string | undefined> {
    return this.#allowed('ListTags', async () => {
      const request = { ResourceArn: arn, MaxResults: 50 }
      for await (const { Tags = [] } of this.#controlPlane.pages('ListTags', request, this.#endpointName)) {
        const model = jumpstartModelOfTags(Tags)
        if (model !== undefined) return model
      }
      return undefined
    })
  }

  #readConfig(name: string | undefined): Promise<DescribedConfig | undefined> {
    if (name === undefined) return Promise.resolve(undefined)
    return this.#allowed('DescribeEndpointConfig', () =>
      this.#controlPlane.call('DescribeEndpointConfig', { EndpointConfigName: name }, this.#endpointName),
    )
  }

  async #readModels(names: ReadonlySet<string>): Promise<Map<string, DescribedModel>> {
    const models = await mapConcurrently([...names], async (name): Promise<readonly [string, DescribedModel][]> => {
      const model = await this.#allowed('DescribeModel', () =>
        this.#controlPlane.call('DescribeModel', { ModelName: name }, this.#endpointName),
      )
      return model === undefined ? [] : [[name, model]]
    })
    return new Map(models.flat())
  }

  async #readComponents(maxComponents: number): Promise<readonly DescribedComponent[]> {
    const listed: DescribedComponent[] = []
    await this.#allowed('ListInferenceComponents', async () => {
      const request = {
        EndpointNameEquals: this.#endpointName,
        MaxResults: 100,
        SortBy: 'Name',
        SortOrder: 'Ascending',
      }
      for await (const page of this.#controlPlane.pages('ListInferenceComponents', request, this.#endpointName)) {
        listed.push(...(page.InferenceComponents ?? []))
      }
    })
    const described = await mapConcurrently(listed.slice(0, maxComponents), async (component) => {
      const { InferenceComponentName = '' } = component
      const more = await this.#allowed('DescribeInferenceComponent', () =>
        this.#controlPlane.call('DescribeInferenceComponent', { InferenceComponentName }, this.#endpointName),
      )
      return { ...component, ...more }
    })
    return [...described, ...listed.slice(maxComponents)]
  }

  /**
   * Returns `undefined` if the operation is denied or the resource does not exist: a configuration can be deleted while its
   * endpoint is in use. A denied operation is not attempted again.
   */
  async #allowed<T>(operation: Operation, call: () => Promise<T>): Promise<T | undefined> {
    if (this.#denied.has(actionOf(operation))) return undefined
    try {
      return await call()
    } catch (error) {
      if (!SagemakerError.is(error)) throw error
      if (error.code === 'access-denied') this.#denied.add(actionOf(operation))
      else if (error.code !== 'endpoint-not-found') throw error
      return undefined
    }
  }
}

/** Maps items with limited concurrency. Results keep the order of the items. */
async function mapConcurrently<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const entries = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: Math.min(maxConcurrency, items.length) }, work))
  return results
}
