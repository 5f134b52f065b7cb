import type { ModelTable } from '../models/model-table.ts'
import type { ServedModel } from '../models/served-model.ts'

/**
 * `GET /v1/models`
 *
 * Source: openai/openai-openapi, `ListModelsResponse`.
 */
export function listModels(models: ModelTable): object {
  return { object: 'list', data: models.all.map((model) => openaiModel(model, model.name)) }
}

/**
 * `GET /v1/models/{model}`
 *
 * @throws {GatewayError} `unknown-model`
 */
export function retrieveModel(models: ModelTable, name: string): object {
  return openaiModel(models.named(name), name)
}

function openaiModel({ created }: ServedModel, id: string): object {
  return { id, object: 'model', created, owned_by: 'sagemaker' }
}
