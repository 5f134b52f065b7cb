import { demoLanguageModel } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { startGateway } from './test-support/gateway-fixture.ts'

test('/metrics counts requests, tokens and times by model', async () => {
  await using own = await startGateway({ tgi: demoLanguageModel() })
  const chat = { model: 'tgi', messages: [{ role: 'user', content: 'The sea' }], max_tokens: 3 }
  for (const stream of [true, false]) await (await own.post('/v1/chat/completions', { ...chat, stream })).text()
  await own.post('/v1/chat/completions', { ...chat, model: 'a"b\n' })
  await own.post('/any/path')
  const response = await own.post('/metrics')
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await response.text()).split('\n')
  const path = 'path="/v1/chat/completions"'
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE sagemaker_gateway_requests_total counter',
      `sagemaker_gateway_requests_total{model="tgi",${path},status="200",outcome="finished"} 2`,
      'sagemaker_gateway_requests_total{model="",path="",status="404",outcome="failed"} 2',
      'sagemaker_gateway_tokens_total{model="tgi",direction="output"} 6',
      'sagemaker_gateway_active_requests{model=""} 0',
      `sagemaker_gateway_request_duration_seconds_count{model="tgi",${path}} 2`,
      'sagemaker_gateway_first_token_seconds_bucket{model="tgi",le="+Inf"} 1',
      'sagemaker_gateway_first_token_seconds_count{model="tgi"} 1',
    ]),
  )
})
