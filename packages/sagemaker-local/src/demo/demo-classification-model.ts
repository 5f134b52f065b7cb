import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { classificationDeployment } from './deployments/scoring-deployments.ts'
import { classificationFormats, type ClassificationFormat } from './classification-formats/classification-formats.ts'
import type { ClassificationSettings } from './classification-formats/classifier.ts'

/** Options of {@link demoClassificationModel}. */
export interface DemoClassificationModelOptions {
  /**
   * Whose requests it takes and whose answers it gives.
   * @defaultValue `tei`
   */
  readonly format?: ClassificationFormat | undefined
  /**
   * Labels in the order of the model's outputs, each with words that speak for it.
   * @defaultValue `negative`, `neutral` and `positive`
   */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /**
   * Name of the model in answers, and the only one that a request may ask for where the container checks it.
   * @defaultValue `demo`
   */
  readonly modelName?: string | undefined
  /**
   * Longest text, in tokens; longer ones are refused, as the container does.
   * @defaultValue 512
   */
  readonly maxTokens?: number | undefined
}

const sentiments = {
  negative:
    'bad worse worst terrible awful horrible hate hated sad angry poor broken boring ugly disappointed disappointing slow rude never again',
  neutral: 'okay average ordinary usual normal fine standard some the a of and it is was',
  positive:
    'good better best great wonderful excellent amazing beautiful love loved happy nice perfect fantastic delicious fast friendly recommend',
}

/**
 * A small classifier: it scores a label by the share of the text's character n-grams that occur in the words for the label. It knows nothing
 * about meaning. Format `huggingface` also takes `candidate_labels`, as zero-shot models do.
 */
export function demoClassificationModel(options: DemoClassificationModelOptions = {}): LocalEndpoint {
  const { format = 'tei' } = options
  const settings: ClassificationSettings = {
    modelName: options.modelName ?? 'demo',
    maxTokens: options.maxTokens ?? 512,
    labels: options.labels ?? sentiments,
  }
  const { answer, server, example } = classificationFormats[format]
  return {
    description: `Demo classifier in the format of ${server} (${format})`,
    exampleBody: example && JSON.stringify(example),
    deployment: classificationDeployment(format, settings.modelName),
    answer: (request) => answer(request, settings),
  }
}
